package io.harmony4j.engine;

import java.util.ArrayList;
import java.util.List;

/** What one forward pass reads: tokens of one or several sequences, each a row. */
final class Batch {
    private final List<Sequence> sequences = new ArrayList<>(); // of each row
    private final List<Integer> tokens = new ArrayList<>();
    private final List<Integer> positions = new ArrayList<>();
    private final List<Integer> wanted = new ArrayList<>(); // rows whose logits are wanted

    /** Adds a token of a sequence, at a position after those that the sequence has. */
    void add(Sequence sequence, int token, int position, boolean logitsWanted) {
        if (logitsWanted) {
            wanted.add(tokens.size());
        }
        sequences.add(sequence);
        tokens.add(token);
        positions.add(position);
    }

    /** Returns the number of rows. */
    int size() {
        return tokens.size();
    }

    Sequence sequence(int row) {
        return sequences.get(row);
    }

    int token(int row) {
        return tokens.get(row);
    }

    int position(int row) {
        return positions.get(row);
    }

    /**
     * Returns where tiles of rows begin, and where the last one ends: a tile has tokens that follow each other in one sequence.
     *
     * @param most the most rows of a tile
     */
    int[] tiles(int most) {
        List<Integer> begins = new ArrayList<>();
        for (int row = 0; row < size(); row++) {
            int begin = begins.isEmpty() ? row : begins.get(begins.size() - 1);
            if (row == begin || row - begin == most || sequence(row) != sequence(begin)) {
                begins.add(row);
            }
        }
        begins.add(size());
        return begins.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Returns the rows whose logits are wanted, in ascending order. */
    List<Integer> wanted() {
        return wanted;
    }
}
