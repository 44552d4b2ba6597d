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

    /** Returns the rows whose logits are wanted, in ascending order. */
    List<Integer> wanted() {
        return wanted;
    }
}
