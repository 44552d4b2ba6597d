package io.harmony4j.engine;

import io.harmony4j.engine.spi.Kernels;
import io.harmony4j.engine.spi.Vectors;
import java.util.List;

/**
 * The forward pass of gpt-oss: from tokens to logits. Sizes are written as in the literature:
 *
 * <pre>
 * n  tokens of this pass        H  query heads       E  experts                  V  vocabulary
 * d  hidden size                K  key-value heads   k  experts of a token
 * m  intermediate size          h  head size
 * </pre>
 *
 * <p>Source: <a href="https://github.com/openai/gpt-oss/blob/main/gpt_oss/torch/model.py">OpenAI's model.py</a>, with floats of 32 bits
 * in place of its 16. One thread at a time; the workers' threads share each step.
 */
final class Forward {
    /** How many rows of logits are computed at once. */
    private static final int LOGIT_ROWS = 8;

    /** Elements below which the experts' activation is not worth waking another thread. */
    private static final int SMALL_ACTIVATION = 4096;

    private final ModelConfig config;
    private final Weights weights;
    private final Kernels kernels;
    private final Workers workers;
    private final Rope rope;
    private final Attention attention;
    private State s = new State();

    Forward(ModelConfig config, Weights weights, Kernels kernels, Workers workers) {
        this.config = config;
        this.weights = weights;
        this.kernels = kernels;
        this.workers = workers;
        this.rope = new Rope(config.rope(), config.headSize());
        this.attention = new Attention(config, kernels, workers);
    }

    /** Reads the batch's tokens, and passes on the wanted rows' logits. The tokens' keys and values go to the caches of their sequences. */
    void run(Batch batch, Logits.Sink logits) {
        int n = batch.size();
        s.reserve(config, n);
        for (int i = 0; i < n; i++) {
            weights.embedding().readRow(batch.token(i), s.x, i * config.hiddenSize());
            rope.factors(batch.position(i), s.rope, i * config.headSize());
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            attention(batch, layer);
            experts(n, weights.layers().get(layer));
        }
        logits(batch, logits);
    }

    /** x += Wout attention(rope(Wqkv norm(x) + bqkv)) + bout */
    private void attention(Batch batch, int layer) {
        int n = batch.size();
        Weights.Layer w = weights.layers().get(layer);
        Vectors t = vectors(s.t, config.hiddenSize(), n);
        Vectors qkv = vectors(s.qkv, w.qkv().rows(), n);
        Vectors o = vectors(s.o, config.querySize(), n);
        norm(n, w.attentionNorm());
        multiply(w.qkv(), t, qkv);
        for (int i = 0; i < n; i++) {
            rotateAndStore(batch, layer, i, qkv.start(i));
        }
        attention.run(batch, layer, qkv, w.sinks(), o);
        multiply(w.attentionOut(), o, t);
        for (int i = 0; i < n * config.hiddenSize(); i++) {
            s.x[i] += s.t[i];
        }
    }

    private void rotateAndStore(Batch batch, int layer, int i, int qkv) {
        int keys = qkv + config.querySize();
        for (int head = 0; head < config.heads() + config.keyValueHeads(); head++) { // v is not rotated
            rope.rotate(s.qkv, qkv + head * config.headSize(), s.rope, i * config.headSize());
        }
        batch.sequence(i).layer(layer).write(batch.position(i), s.qkv, keys, keys + config.keyValueSize());
    }

    /** x += sum of w_e expert_e(norm(x)) over the k experts of a token that the router scores highest, w = softmax of their scores */
    private void experts(int n, Weights.Layer w) {
        int d = config.hiddenSize();
        int m = config.intermediateSize();
        int k = config.expertsPerToken();
        norm(n, w.mlpNorm());
        multiply(w.router(), vectors(s.t, d, n), vectors(s.router, config.experts(), n));
        s.routing.choose(s.router, n, config.experts(), k);

        // Each expert's tokens are made neighbours, so that it reads its weights once for all of them.
        for (int slot = 0; slot < n * k; slot++) {
            System.arraycopy(s.t, s.routing.token(slot) * d, s.expertIn, slot * d, d);
        }
        Vectors in = vectors(s.expertIn, d, n * k);
        Vectors gateUp = vectors(s.gateUp, 2 * m, n * k);
        Vectors activated = vectors(s.activated, m, n * k);
        Vectors out = vectors(s.expertOut, d, n * k);
        Products products = new Products(kernels);
        for (int e = 0; e < config.experts(); e++) {
            if (s.routing.count(e) > 0) {
                w.experts().get(e).gateUp().multiply(products, tokensOf(e, in), tokensOf(e, gateUp));
            }
        }
        products.run(workers);
        int grain = n * k * m < SMALL_ACTIVATION ? config.experts() : 1;
        workers.run(config.experts(), grain, (worker, from, to) -> {
            for (int e = from; e < to; e++) {
                Weights.Expert expert = w.experts().get(e);
                expert.gateUp().addBias(tokensOf(e, gateUp));
                kernels.swiglu(
                        tokensOf(e, gateUp),
                        expert.interleaved(),
                        tokensOf(e, activated),
                        m,
                        config.swigluAlpha(),
                        config.swigluLimit());
            }
        });
        products = new Products(kernels);
        for (int e = 0; e < config.experts(); e++) {
            if (s.routing.count(e) > 0) {
                w.experts().get(e).down().multiply(products, tokensOf(e, activated), tokensOf(e, out));
            }
        }
        products.run(workers);
        for (int e = 0; e < config.experts(); e++) {
            w.experts().get(e).down().addBias(tokensOf(e, out));
        }
        for (int i = 0; i < n; i++) {
            for (int choice = 0; choice < k; choice++) {
                addScaled(s.routing.weight(i, choice), s.expertOut, s.routing.slot(i, choice) * d, d, s.x, i * d);
            }
        }
    }

    private Vectors tokensOf(int expert, Vectors all) {
        return all.range(s.routing.start(expert), s.routing.count(expert));
    }

    /** logits = Wunembed norm(x), for the rows that want them */
    private void logits(Batch batch, Logits.Sink sink) {
        int d = config.hiddenSize();
        Linear known = weights.unembedding().known();
        List<Integer> wanted = batch.wanted();
        for (int first = 0; first < wanted.size(); first += LOGIT_ROWS) {
            int count = Math.min(LOGIT_ROWS, wanted.size() - first);
            s.reserveLogits(count * known.rows());
            for (int i = 0; i < count; i++) {
                norm(s.x, wanted.get(first + i) * d, weights.norm(), s.t, i * d);
            }
            multiply(known, vectors(s.t, d, count), vectors(s.logits, known.rows(), count));
            for (int i = 0; i < count; i++) {
                sink.accept(wanted.get(first + i), weights.unembedding().logits(s.logits, i * known.rows()));
            }
        }
    }

    private void multiply(Linear layer, Vectors x, Vectors y) {
        Products products = new Products(kernels);
        layer.multiply(products, x, y);
        products.run(workers);
        layer.addBias(y);
    }

    /** t = x / sqrt(mean(x^2) + epsilon) * scale, for each token */
    private void norm(int n, float[] scale) {
        int d = config.hiddenSize();
        for (int i = 0; i < n; i++) {
            norm(s.x, i * d, scale, s.t, i * d);
        }
    }

    private void norm(float[] x, int from, float[] scale, float[] t, int to) {
        double squares = 0;
        for (int i = 0; i < scale.length; i++) {
            squares += (double) x[from + i] * x[from + i];
        }
        float inverse = (float) (1 / Math.sqrt(squares / scale.length + config.rmsNormEpsilon()));
        for (int i = 0; i < scale.length; i++) {
            t[to + i] = x[from + i] * inverse * scale[i];
        }
    }

    private static void addScaled(float scale, float[] from, int fromOffset, int length, float[] to, int toOffset) {
        for (int i = 0; i < length; i++) {
            to[toOffset + i] += scale * from[fromOffset + i];
        }
    }

    private static Vectors vectors(float[] values, int length, int count) {
        return new Vectors(values, 0, length, count);
    }

    /** What a pass computes before its logits; the arrays are used again by the next pass, and enlarged for more tokens. */
    private static final class State {
        private float[] x = {}; // [n, d] the residual stream
        private float[] t = {}; // [n, d] what a norm gives
        private float[] rope = {}; // [n, h] cosines and sines of the positions
        private float[] qkv = {}; // [n, (H + 2 K) h]
        private float[] o = {}; // [n, H h]
        private float[] router = {}; // [n, E] scores
        private final ExpertRouting routing = new ExpertRouting();
        private float[] expertIn = {}; // [n k, d]
        private float[] gateUp = {}; // [n k, 2 m]
        private float[] activated = {}; // [n k, m]
        private float[] expertOut = {}; // [n k, d]
        private float[] logits = {}; // [rows, known tokens]
        private int tokens;

        void reserve(ModelConfig config, int n) {
            if (n <= tokens) {
                return;
            }
            tokens = n;
            int slots = n * config.expertsPerToken();
            x = new float[n * config.hiddenSize()];
            t = new float[Math.max(n, LOGIT_ROWS) * config.hiddenSize()];
            rope = new float[n * config.headSize()];
            qkv = new float[n * (config.querySize() + 2 * config.keyValueSize())];
            o = new float[n * config.querySize()];
            router = new float[n * config.experts()];
            expertIn = new float[slots * config.hiddenSize()];
            gateUp = new float[slots * 2 * config.intermediateSize()];
            activated = new float[slots * config.intermediateSize()];
            expertOut = new float[slots * config.hiddenSize()];
        }

        void reserveLogits(int size) {
            if (logits.length < size) {
                logits = new float[size];
            }
        }
    }
}
