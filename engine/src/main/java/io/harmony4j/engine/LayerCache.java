package io.harmony4j.engine;

import io.harmony4j.engine.spi.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The keys and values of one layer for one sequence, in pages of {@link #PAGE} positions: keys {@code [keyValueHeads, headSize, PAGE]}, so
 * that the scores of neighbours are computed at once, and values {@code [keyValueHeads, PAGE, headSize]}. A layer with full attention keeps
 * all pages; one with a sliding window keeps as many as its window and a batch need, and uses them in turn.
 */
final class LayerCache {
    /** The positions of a page. */
    static final int PAGE = 128;

    /** The positions that scores are computed of at once: whole vectors of kernels. A page has whole lines. */
    static final int LINE = 32;

    private final int headSize;
    private final int pageSize; // floats
    private final boolean ring;
    private float[][] keys;
    private float[][] values;

    /** The first position that has not been overwritten. */
    private int oldest;

    private LayerCache(ModelConfig config, boolean ring, int pages) {
        this.headSize = config.headSize();
        this.pageSize = PAGE * config.keyValueSize();
        this.ring = ring;
        this.keys = new float[pages][];
        this.values = new float[pages][];
    }

    /** Returns an empty cache of a layer with full attention. */
    static LayerCache full(ModelConfig config) {
        return new LayerCache(config, false, 0);
    }

    /**
     * Returns an empty cache of a layer with a sliding window.
     *
     * @param batch the most tokens that come at once, all of whose windows must be there
     */
    static LayerCache sliding(ModelConfig config, int batch) {
        return new LayerCache(config, true, (config.slidingWindow() + batch + PAGE - 1) / PAGE + 1);
    }

    /** Returns the first position whose key and value are still there. */
    int oldest() {
        return oldest;
    }

    /** Copies a token's keys and values, {@code [keyValueHeads, headSize]} each. */
    void write(int position, float[] from, int keysOffset, int valuesOffset) {
        int page = page(position);
        reserve(page);
        if (keys[page] == null) {
            keys[page] = new float[pageSize];
            values[page] = new float[pageSize];
        }
        if (ring) {
            oldest = Math.max(oldest, (position / PAGE - keys.length + 1) * PAGE);
        }
        int length = pageSize / PAGE;
        for (int head = 0; head * headSize < length; head++) {
            int key = head * headSize * PAGE + position % PAGE;
            for (int i = 0; i < headSize; i++) {
                keys[page][key + i * PAGE] = from[keysOffset + head * headSize + i];
            }
            int value = (head * PAGE + position % PAGE) * headSize;
            System.arraycopy(from, valuesOffset + head * headSize, values[page], value, headSize);
        }
    }

    private void reserve(int page) {
        if (page >= keys.length) {
            keys = Arrays.copyOf(keys, Math.max(page + 1, 2 * keys.length));
            values = Arrays.copyOf(values, keys.length);
        }
    }

    /** Returns the keys of a head from a position to the end of its page: for each of the {@code headSize} elements, those of all positions. */
    Vectors keys(int position, int head) {
        return new Vectors(keys[page(position)], head * headSize * PAGE + position % PAGE, PAGE, headSize);
    }

    /** Returns the values of a head at {@code count} positions of a page. */
    Vectors values(int position, int head, int count) {
        return new Vectors(values[page(position)], (head * PAGE + position % PAGE) * headSize, headSize, count);
    }

    /** Returns a copy of the pages from a position up to another (exclusive); a ring's, which will be overwritten. */
    Saved save(int from, int to) {
        List<Page> pages = new ArrayList<>();
        for (int position = from / PAGE * PAGE; position < to; position += PAGE) {
            pages.add(new Page(keys[page(position)].clone(), values[page(position)].clone()));
        }
        return new Saved(from / PAGE, pages);
    }

    /** Puts the pages back; what was before them is gone. */
    void restore(Saved saved) {
        oldest = saved.firstPage * PAGE;
        for (int i = 0; i < saved.pages.size(); i++) {
            int page = page((saved.firstPage + i) * PAGE);
            keys[page] = saved.pages.get(i).keys.clone();
            values[page] = saved.pages.get(i).values.clone();
        }
    }

    /** Copies another cache's pages from a position up to another (exclusive) to this one, which is empty. */
    void copy(LayerCache other, int from, int to) {
        oldest = from / PAGE * PAGE;
        for (int position = oldest; position < to; position += PAGE) {
            int page = page(position);
            reserve(page);
            keys[page] = other.keys[other.page(position)].clone();
            values[page] = other.values[other.page(position)].clone();
        }
    }

    /** Frees the pages from a length on; of a layer with full attention. */
    void truncate(int length) {
        int first = (length + PAGE - 1) / PAGE;
        if (first < keys.length) {
            Arrays.fill(keys, first, keys.length, null);
            Arrays.fill(values, first, values.length, null);
        }
    }

    /** Returns how many bytes the pages have. */
    long bytes() {
        return Arrays.stream(keys).filter(Objects::nonNull).count() * pageBytes();
    }

    /** Returns how many bytes the keys and values of a page have. */
    private long pageBytes() {
        return 2L * pageSize * Float.BYTES;
    }

    /** Returns how many bytes saved pages have. */
    long bytes(Saved saved) {
        return saved.pages.size() * pageBytes();
    }

    /** Pages of a ring as they once were, from page {@code firstPage} on. */
    record Saved(int firstPage, List<Page> pages) {
        static final Saved NOTHING = new Saved(0, List.of());
    }

    /** The keys and values of a page. */
    @SuppressWarnings("ArrayRecordComponent") // compared by identity
    record Page(float[] keys, float[] values) {}

    private int page(int position) {
        int page = position / PAGE;
        return ring ? page % keys.length : page;
    }
}
