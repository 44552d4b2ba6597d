package io.harmony4j.engine;

import io.harmony4j.engine.spi.Kernels;
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

    private final KeyValues type;
    private final int headSize;
    private final int pageSize; // numbers
    private final boolean ring;
    private CacheNumbers[] keys;
    private CacheNumbers[] values;

    /** The first position that has not been overwritten. */
    private int oldest;

    private LayerCache(ModelConfig config, KeyValues type, boolean ring, int pages) {
        this.type = type;
        this.headSize = config.headSize();
        this.pageSize = PAGE * config.keyValueSize();
        this.ring = ring;
        this.keys = new CacheNumbers[pages];
        this.values = new CacheNumbers[pages];
    }

    /** Returns an empty cache of a layer with full attention. */
    static LayerCache full(ModelConfig config, KeyValues type) {
        return new LayerCache(config, type, false, 0);
    }

    /**
     * Returns an empty cache of a layer with a sliding window.
     *
     * @param batch the most tokens that come at once, all of whose windows must be there
     */
    static LayerCache sliding(ModelConfig config, KeyValues type, int batch) {
        return new LayerCache(config, type, true, (config.slidingWindow() + batch + PAGE - 1) / PAGE + 1);
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
            keys[page] = CacheNumbers.of(type, pageSize);
            values[page] = CacheNumbers.of(type, pageSize);
        }
        if (ring) {
            oldest = Math.max(oldest, (position / PAGE - keys.length + 1) * PAGE);
        }
        int length = pageSize / PAGE;
        for (int head = 0; head * headSize < length; head++) {
            int key = head * headSize * PAGE + position % PAGE;
            keys[page].write(from, keysOffset + head * headSize, headSize, key, PAGE);
            int value = (head * PAGE + position % PAGE) * headSize;
            values[page].write(from, valuesOffset + head * headSize, headSize, value, 1);
        }
    }

    private void reserve(int page) {
        if (page >= keys.length) {
            keys = Arrays.copyOf(keys, Math.max(page + 1, 2 * keys.length));
            values = Arrays.copyOf(values, keys.length);
        }
    }

    /**
     * Returns the keys of a head from a position to the end of its page: for each of the {@code headSize} elements, those of all positions.
     *
     * @param scratch {@code [PAGE headSize]}
     */
    Vectors keys(Kernels kernels, int position, int head, float[] scratch) {
        return keys[page(position)]
                .read(kernels, head * headSize * PAGE, PAGE, headSize, scratch)
                .from(position % PAGE);
    }

    /**
     * Returns the values of a head at {@code count} positions of a page.
     *
     * @param scratch {@code [count headSize]}
     */
    Vectors values(Kernels kernels, int position, int head, int count, float[] scratch) {
        return values[page(position)].read(
                kernels, (head * PAGE + position % PAGE) * headSize, headSize, count, scratch);
    }

    /** Returns a copy of the pages from a position up to another (exclusive); a ring's, which will be overwritten. */
    Saved save(int from, int to) {
        List<Page> pages = new ArrayList<>();
        for (int position = from / PAGE * PAGE; position < to; position += PAGE) {
            pages.add(new Page(keys[page(position)].copy(), values[page(position)].copy()));
        }
        return new Saved(from / PAGE, pages);
    }

    /** Puts the pages back; what was before them is gone. */
    void restore(Saved saved) {
        oldest = saved.firstPage * PAGE;
        for (int i = 0; i < saved.pages.size(); i++) {
            int page = page((saved.firstPage + i) * PAGE);
            keys[page] = saved.pages.get(i).keys.copy();
            values[page] = saved.pages.get(i).values.copy();
        }
    }

    /** Copies another cache's pages from a position up to another (exclusive) to this one, which is empty. */
    void copy(LayerCache other, int from, int to) {
        oldest = from / PAGE * PAGE;
        for (int position = oldest; position < to; position += PAGE) {
            int page = page(position);
            reserve(page);
            keys[page] = other.keys[other.page(position)].copy();
            values[page] = other.values[other.page(position)].copy();
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
        return 2L * pageSize * type.bytes();
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
    record Page(CacheNumbers keys, CacheNumbers values) {}

    private int page(int position) {
        int page = position / PAGE;
        return ring ? page % keys.length : page;
    }
}
