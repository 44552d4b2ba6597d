package io.harmony4j.engine;

import io.harmony4j.engine.spi.Kernels;
import io.harmony4j.engine.spi.Vectors;
import java.util.Arrays;

/**
 * Attention of a layer: {@code o = softmax([q . k / sqrt(h), sink]) v} for each query head of each token, where the sink takes part in the sum
 * but has no value. Sizes are written as in {@link Forward}.
 *
 * <p>Its time is that of reading keys and values. Therefore the query heads that share a key-value head read these together, a page of the
 * cache at a time, and so do some tokens that follow each other. The order of additions does not depend on it. One thread at a time; the
 * workers' threads share the work.
 */
final class Attention {
    /** How many tokens read keys and values together. */
    private static final int TOKENS = 4;

    /** Multiplications below which it is not worth waking another thread. */
    private static final long SMALL = 1 << 16;

    private final ModelConfig config;
    private final Kernels kernels;
    private final Workers workers;
    private final int h; // head size
    private final int heads; // that share a key-value head
    private final float[][] scratch; // [workers] the scores of a tile
    private final float[][] page; // [workers][PAGE h] keys or values of a page that are not kept as floats

    Attention(ModelConfig config, Kernels kernels, Workers workers) {
        this.config = config;
        this.kernels = kernels;
        this.workers = workers;
        this.h = config.headSize();
        this.heads = config.heads() / config.keyValueHeads();
        this.scratch = new float[workers.count()][0];
        this.page = new float[workers.count()][LayerCache.PAGE * h];
    }

    /**
     * Computes the attention of all tokens of a batch, whose keys and values are in the caches.
     *
     * @param queries {@code [n][H h]}
     * @param sinks {@code [H]}
     * @param o {@code [n][H h]}, which is overwritten
     */
    void run(Batch batch, int layer, Vectors queries, float[] sinks, Vectors o) {
        int[] tiles = batch.tiles(TOKENS);
        int count = tiles.length - 1;
        int items = config.keyValueHeads() * count;
        int last = batch.position(batch.size() - 1);
        long work = (long) batch.size() * config.querySize() * (last + 1 - firstVisible(layer, last));
        workers.run(items, work < SMALL ? items : 1, (worker, from, to) -> {
            for (int item = from; item < to; item++) {
                int tile = item % count;
                int group = item / count;
                new Tile(batch, layer, tiles[tile], tiles[tile + 1] - tiles[tile], group, queries, o)
                        .run(worker, sinks);
            }
        });
    }

    /** Returns the first position that a layer sees from a position. */
    private int firstVisible(int layer, int position) {
        boolean sliding = config.attention().get(layer) == AttentionKind.SLIDING;
        return sliding ? Math.max(0, position - config.slidingWindow() + 1) : 0;
    }

    /** The query heads of some tokens of a sequence that share a key-value head. */
    private final class Tile {
        private final Batch batch;
        private final int layer;
        private final int row; // the first token's
        private final int n; // tokens
        private final int group; // the key-value head
        private final Vectors queries;
        private final Vectors o;
        private final LayerCache cache;
        private final int first; // position that a token sees
        private final int last;
        private final int from; // whole lines of the cache: scores that no token sees are computed but not used
        private final int to;

        Tile(Batch batch, int layer, int row, int n, int group, Vectors queries, Vectors o) {
            this.batch = batch;
            this.layer = layer;
            this.row = row;
            this.n = n;
            this.group = group;
            this.queries = queries;
            this.o = o;
            this.cache = batch.sequence(row).layer(layer);
            this.first = firstVisible(layer, batch.position(row));
            this.last = batch.position(row + n - 1);
            this.from = first / LayerCache.LINE * LayerCache.LINE;
            this.to = (last / LayerCache.LINE + 1) * LayerCache.LINE;
        }

        void run(int worker, float[] sinks) {
            int size = n * heads * (to - from);
            if (scratch[worker].length < size) {
                scratch[worker] = new float[size * 5 / 4];
            }
            float[] p = scratch[worker]; // [n, heads, to - from]
            Arrays.fill(p, 0, size, 0);
            scores(p, page[worker]);
            for (int t = 0; t < n; t++) {
                int begin = firstVisible(layer, position(t));
                for (int head = 0; head < heads; head++) {
                    int start = weights(p, t, begin).start(head);
                    float sink = sinks[group * heads + head];
                    kernels.softmax(p, start, position(t) + 1 - begin, (float) (1 / Math.sqrt(h)), sink);
                }
            }
            weightedValues(p, page[worker]);
        }

        private void scores(float[] p, float[] page) {
            for (int j = from, run; j < to; j += run) {
                run = run(j, to);
                Vectors keys = cache.keys(kernels, j, group, page);
                for (int t = 0; t < n; t++) {
                    kernels.addWeighted(ofGroup(queries, t), keys, run, weights(p, t, j));
                }
            }
        }

        private void weightedValues(float[] p, float[] page) {
            for (int t = 0; t < n; t++) {
                int start = ofGroup(o, t).start(0);
                Arrays.fill(o.values(), start, start + heads * h, 0);
            }
            for (int j = first, run; j <= last; j += run) {
                run = run(j, last + 1);
                Vectors values = cache.values(kernels, j, group, run, page);
                for (int t = 0; t < n; t++) {
                    int begin = Math.max(j, firstVisible(layer, position(t)));
                    int end = Math.min(j + run, position(t) + 1);
                    if (begin < end) {
                        Vectors visible = values.range(begin - j, end - begin);
                        kernels.addWeighted(weights(p, t, begin), visible, h, ofGroup(o, t));
                    }
                }
            }
        }

        private int position(int t) {
            return batch.position(row + t);
        }

        /** Returns a token's scores, or what has become of them, from a position on. */
        private Vectors weights(float[] p, int t, int position) {
            return new Vectors(p, t * heads * (to - from) + position - from, to - from, heads);
        }

        /** Returns a token's vectors of the group's query heads. */
        private Vectors ofGroup(Vectors all, int t) {
            return new Vectors(all.values(), all.start(row + t) + group * heads * h, h, heads);
        }

        /** Returns how many positions from {@code begin} to {@code end} (exclusive) are in one page of the cache. */
        private static int run(int begin, int end) {
            return Math.min(LayerCache.PAGE - begin % LayerCache.PAGE, end - begin);
        }
    }
}
