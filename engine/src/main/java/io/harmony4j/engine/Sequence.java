package io.harmony4j.engine;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that a model has read, with the keys and values of each, so that the model need not read them again for what comes next. Made
 * by {@link Model#newSequence()}; belongs to that model. Not safe for use by several threads at once.
 *
 * <p>Layers with full attention keep {@code 8 keyValueHeads headSize} bytes a token, or half of it with {@link KeyValues#F16}; layers with a sliding window need a fixed space.
 */
public final class Sequence {
    private static final int MAX_MARKS = 4;
    private static final int INITIAL_TOKENS = 64;

    private final Model model;
    private final ModelConfig config;
    private final List<LayerCache> layers = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>(); // longest first
    private int[] tokens = new int[INITIAL_TOKENS];
    private int length;

    Sequence(Model model) {
        this.model = model;
        this.config = model.config();
        for (AttentionKind kind : config.attention()) {
            layers.add(
                    kind == AttentionKind.FULL
                            ? LayerCache.full(config, model.keyValues())
                            : LayerCache.sliding(config, model.keyValues(), model.batch()));
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
     * Marks the present length, so that {@link #truncate} can return to it however long the sequence becomes. {@value #MAX_MARKS} marks
     * are kept, the last one and others that are spread over the length; each needs the space of a sliding window.
     */
    public void mark() {
        mark(length);
    }

    /** Marks a length, the present one or one that was passed by the newest tokens; ignored if it is not longer than the last mark. */
    void mark(int marked) {
        if (!marks.isEmpty() && marks.get(0).length >= marked) {
            return;
        }
        List<LayerCache.Saved> saved = new ArrayList<>();
        for (int l = 0; l < layers.size(); l++) {
            if (sliding(l)) {
                saved.add(layers.get(l).save(windowStart(marked), marked));
            }
        }
        marks.add(0, new Mark(marked, saved));
        if (marks.size() > MAX_MARKS) {
            marks.remove(mostDispensable());
        }
    }

    /** Returns the index of the mark without which the least has to be read again: whose neighbours are nearest to each other. */
    private int mostDispensable() {
        int best = 1;
        int least = Integer.MAX_VALUE;
        for (int i = 1; i < marks.size(); i++) {
            int shorter = i + 1 < marks.size() ? marks.get(i + 1).length : 0;
            int gap = marks.get(i - 1).length - shorter;
            if (gap <= least) {
                best = i;
                least = gap;
            }
        }
        return best;
    }

    /**
     * Removes tokens from the end, so that at most {@code wanted} are left. What sliding windows have overwritten cannot be restored:
     * in that case the sequence is cut to the longest mark that is not longer than wanted, or emptied.
     *
     * @return how many tokens are left
     */
    public int truncate(int wanted) {
        int left = reachable(wanted);
        if (left < length) {
            length = left;
            marks.removeIf(mark -> mark.length > left);
            for (int l = 0; l < layers.size(); l++) {
                if (!sliding(l)) {
                    layers.get(l).truncate(left);
                }
            }
            if (!windowsAreThere(left)) {
                restoreWindows(marks.isEmpty() ? null : marks.get(0));
            }
        }
        return length;
    }

    /** Returns how many tokens {@link #truncate} would leave. */
    int reachable(int wanted) {
        if (wanted < 0) {
            throw new IllegalArgumentException("expected a length of at least 0 but found " + wanted);
        }
        if (wanted >= length) {
            return length;
        }
        if (windowsAreThere(wanted)) {
            return wanted;
        }
        for (Mark mark : marks) {
            if (mark.length <= wanted) {
                return mark.length;
            }
        }
        return 0;
    }

    /** Returns a sequence of its own that has the tokens that {@link #truncate} would leave, and their marks. */
    Sequence copy(int wanted) {
        int left = reachable(wanted);
        Sequence copy = new Sequence(model);
        copy.add(tokens, 0, left);
        for (Mark mark : marks) {
            if (mark.length <= left) {
                copy.marks.add(mark);
            }
        }
        boolean windows = windowsAreThere(left);
        for (int l = 0; l < layers.size(); l++) {
            if (!sliding(l)) {
                copy.layers.get(l).copy(layers.get(l), 0, left);
            } else if (windows) {
                copy.layers.get(l).copy(layers.get(l), windowStart(left), left);
            }
        }
        if (!windows && !copy.marks.isEmpty()) {
            copy.restoreWindows(copy.marks.get(0));
        }
        return copy;
    }

    /** Returns how many bytes the keys and values have, those of the marks included, and the tokens. */
    long bytes() {
        long bytes = (long) Integer.BYTES * tokens.length;
        for (LayerCache layer : layers) {
            bytes += layer.bytes();
        }
        for (Mark mark : marks) {
            Iterator<LayerCache.Saved> saved = mark.windows.iterator();
            for (int l = 0; l < layers.size(); l++) {
                if (sliding(l)) {
                    bytes += layers.get(l).bytes(saved.next());
                }
            }
        }
        return bytes;
    }

    /** Puts the windows back as they were at a mark; none are left without one. */
    private void restoreWindows(@Nullable Mark mark) {
        Iterator<LayerCache.Saved> saved = mark == null ? Collections.emptyIterator() : mark.windows.iterator();
        for (int l = 0; l < layers.size(); l++) {
            if (sliding(l)) {
                layers.get(l).restore(mark == null ? LayerCache.Saved.NOTHING : saved.next());
            }
        }
    }

    /** Returns whether the next token after so many sees all that it should through each sliding window. */
    private boolean windowsAreThere(int tokenCount) {
        for (int l = 0; l < layers.size(); l++) {
            if (sliding(l) && layers.get(l).oldest() > windowStart(tokenCount)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the first position that the next token after so many sees through a sliding window. */
    private int windowStart(int tokenCount) {
        return Math.max(0, tokenCount + 1 - config.slidingWindow());
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
