package io.harmony4j.engine;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The tokens that a model has read, with the keys and values of each, so that the model need not read them again for what comes next. Made
 * by {@link Model#newSequence()}; belongs to that model. Not safe for use by several threads at once.
 *
 * <p>Layers with full attention keep {@code 8 keyValueHeads headSize} bytes a token; layers with a sliding window need a fixed space.
 */
public final class Sequence {
    private static final int MAX_MARKS = 4;

    private final Model model;
    private final ModelConfig config;
    private final List<LayerCache> layers = new ArrayList<>();
    private final Deque<Mark> marks = new ArrayDeque<>(); // longest first
    private int[] tokens = new int[64];
    private int length;

    Sequence(Model model) {
        this.model = model;
        this.config = model.config();
        for (AttentionKind kind : config.attention()) {
            layers.add(
                    kind == AttentionKind.FULL ? LayerCache.full(config) : LayerCache.sliding(config, model.batch()));
        }
    }

    /** Returns how many tokens the model has read. */
    public int length() {
        return length;
    }

    /** Returns the tokens that the model has read. */
    public int[] tokens() {
        return Arrays.copyOf(tokens, length);
    }

    /** Returns how many tokens the beginnings of this sequence and of the given one have in common. */
    public int commonPrefix(int[] others) {
        requireNonNull(others, "others");
        int mismatch = Arrays.mismatch(tokens, 0, length, others, 0, others.length);
        return mismatch < 0 ? length : mismatch;
    }

    /**
     * Marks the present length, so that {@link #truncate} can return to it however long the sequence becomes. The last
     * {@value #MAX_MARKS} marks are kept; each needs the space of a sliding window.
     */
    public void mark() {
        if (!marks.isEmpty() && marks.getFirst().length == length) {
            return;
        }
        List<LayerCache.Saved> saved = new ArrayList<>();
        for (int l = 0; l < layers.size(); l++) {
            if (sliding(l)) {
                saved.add(layers.get(l).save(windowStart(), length));
            }
        }
        marks.addFirst(new Mark(length, saved));
        if (marks.size() > MAX_MARKS) {
            marks.removeLast();
        }
    }

    /**
     * Removes tokens from the end, so that at most {@code wanted} are left. What sliding windows have overwritten cannot be restored:
     * in that case the sequence is cut to the longest mark that is not longer than wanted, or emptied.
     *
     * @return how many tokens are left
     */
    public int truncate(int wanted) {
        if (wanted < 0) {
            throw new IllegalArgumentException("expected a length of at least 0 but found " + wanted);
        }
        if (wanted >= length) {
            return length;
        }
        marks.removeIf(mark -> mark.length > wanted);
        length = wanted;
        if (!windowsAreThere()) {
            Iterator<Mark> longest = marks.iterator();
            if (longest.hasNext()) {
                restore(longest.next());
            } else {
                length = 0;
                clearWindows();
            }
        }
        return length;
    }

    private void restore(Mark mark) {
        length = mark.length;
        Iterator<LayerCache.Saved> saved = mark.windows.iterator();
        for (int l = 0; l < layers.size(); l++) {
            if (sliding(l)) {
                layers.get(l).restore(saved.next());
            }
        }
    }

    private boolean windowsAreThere() {
        for (int l = 0; l < layers.size(); l++) {
            if (sliding(l) && layers.get(l).oldest() > windowStart()) {
                return false;
            }
        }
        return true;
    }

    private void clearWindows() {
        for (int l = 0; l < layers.size(); l++) {
            if (sliding(l)) {
                layers.get(l).restore(new LayerCache.Saved(0, List.of()));
            }
        }
    }

    /** Returns the first position that the next token sees through a sliding window. */
    private int windowStart() {
        return Math.max(0, length + 1 - config.slidingWindow());
    }

    private boolean sliding(int layer) {
        return config.attention().get(layer) == AttentionKind.SLIDING;
    }

    /** Returns whether a model made this. */
    boolean isOf(Model other) {
        return model == other;
    }

    LayerCache layer(int layer) {
        return layers.get(layer);
    }

    /** Adds tokens whose keys and values the forward pass has written. */
    void add(int[] added, int from, int to) {
        if (length + to - from > tokens.length) {
            tokens = Arrays.copyOf(tokens, Math.max(length + to - from, 2 * tokens.length));
        }
        System.arraycopy(added, from, tokens, length, to - from);
        length += to - from;
    }

    private record Mark(int length, List<LayerCache.Saved> windows) {}
}
