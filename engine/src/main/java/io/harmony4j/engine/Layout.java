package io.harmony4j.engine;

import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.storage.TensorType;
import java.util.ArrayList;
import java.util.List;

/** How a checkpoint names and arranges a model's tensors. */
enum Layout {
    /** OpenAI's original: queries, keys and values in one tensor, gates and linear parts row by row in turn. */
    OPENAI("OpenAI") {
        @Override
        Linear qkv(Tensors tensors, String layer, ModelConfig c) {
            return tensors.linear(layer + "attn.qkv", c.querySize() + 2 * c.keyValueSize(), c.hiddenSize());
        }

        @Override
        List<Weights.Expert> experts(Tensors tensors, String layer, ModelConfig c) {
            String mlp = layer + "mlp.";
            return pairs(
                    mxfp4(tensors, mlp + "mlp1_weight.", c.experts(), 2 * c.intermediateSize(), c.hiddenSize()),
                    tensors.rows(mlp + "mlp1_bias", c.experts(), 2 * c.intermediateSize()),
                    mxfp4(tensors, mlp + "mlp2_weight.", c.experts(), c.hiddenSize(), c.intermediateSize()),
                    tensors.rows(mlp + "mlp2_bias", c.experts(), c.hiddenSize()));
        }

        @Override
        Names names() {
            return new Names(
                    "embedding.weight",
                    "block.%d.",
                    "attn.norm.scale",
                    "attn.sinks",
                    "attn.out",
                    "mlp.norm.scale",
                    "mlp.gate",
                    "norm.scale",
                    "unembedding.weight");
        }
    },

    /** Hugging Face's: experts in MXFP4, or after fine-tuning in BF16 with inputs before outputs. */
    HUGGING_FACE("Hugging Face") {
        @Override
        Linear qkv(Tensors tensors, String layer, ModelConfig c) {
            return separateQkv(tensors, layer + "self_attn.%s_proj", c);
        }

        @Override
        List<Weights.Expert> experts(Tensors tensors, String layer, ModelConfig c) {
            String experts = layer + "mlp.experts.";
            List<Matrix> gateUp;
            List<Matrix> down;
            if (tensors.has(experts + "gate_up_proj")) {
                gateUp = tensors.get(experts + "gate_up_proj")
                        .expectShape(c.experts(), c.hiddenSize(), 2L * c.intermediateSize())
                        .experts(true);
                down = tensors.get(experts + "down_proj")
                        .expectShape(c.experts(), c.intermediateSize(), c.hiddenSize())
                        .experts(true);
            } else {
                gateUp = mxfp4(
                        tensors, experts + "gate_up_proj_", c.experts(), 2 * c.intermediateSize(), c.hiddenSize());
                down = mxfp4(tensors, experts + "down_proj_", c.experts(), c.hiddenSize(), c.intermediateSize());
            }
            return pairs(
                    gateUp,
                    tensors.rows(experts + "gate_up_proj_bias", c.experts(), 2 * c.intermediateSize()),
                    down,
                    tensors.rows(experts + "down_proj_bias", c.experts(), c.hiddenSize()));
        }

        @Override
        Names names() {
            return new Names(
                    "model.embed_tokens.weight",
                    "model.layers.%d.",
                    "input_layernorm.weight",
                    "self_attn.sinks",
                    "self_attn.o_proj",
                    "post_attention_layernorm.weight",
                    "mlp.router",
                    "model.norm.weight",
                    "lm_head.weight");
        }
    },

    /** GGUF's: gates and linear parts in tensors of their own. */
    GGUF("GGUF") {
        @Override
        Linear qkv(Tensors tensors, String layer, ModelConfig c) {
            return separateQkv(tensors, layer + "attn_%s", c);
        }

        @Override
        List<Weights.Expert> experts(Tensors tensors, String layer, ModelConfig c) {
            List<Matrix> gates =
                    expertMatrices(tensors, layer + "ffn_gate_exps", c.experts(), c.intermediateSize(), c.hiddenSize());
            float[][] gateBiases = tensors.rows(layer + "ffn_gate_exps.bias", c.experts(), c.intermediateSize());
            List<Matrix> ups =
                    expertMatrices(tensors, layer + "ffn_up_exps", c.experts(), c.intermediateSize(), c.hiddenSize());
            float[][] upBiases = tensors.rows(layer + "ffn_up_exps.bias", c.experts(), c.intermediateSize());
            List<Matrix> downs =
                    expertMatrices(tensors, layer + "ffn_down_exps", c.experts(), c.hiddenSize(), c.intermediateSize());
            float[][] downBiases = tensors.rows(layer + "ffn_down_exps.bias", c.experts(), c.hiddenSize());
            List<Weights.Expert> experts = new ArrayList<>();
            for (int e = 0; e < c.experts(); e++) {
                experts.add(new Weights.Expert(
                        Linear.stack(List.of(
                                new Linear(List.of(gates.get(e)), gateBiases[e]),
                                new Linear(List.of(ups.get(e)), upBiases[e]))),
                        false,
                        new Linear(List.of(downs.get(e)), downBiases[e])));
            }
            return experts;
        }

        @Override
        Names names() {
            return new Names(
                    "token_embd.weight",
                    "blk.%d.",
                    "attn_norm.weight",
                    "attn_sinks.weight",
                    "attn_output",
                    "post_attention_norm.weight",
                    "ffn_gate_inp",
                    "output_norm.weight",
                    "output.weight");
        }
    };

    private final String title;

    Layout(String title) {
        this.title = title;
    }

    /** Returns its human-readable name. */
    String title() {
        return title;
    }

    /** The names of the tensors that every layout has; those of a layer without their beginning. */
    record Names(
            String embedding,
            String layer,
            String attentionNorm,
            String sinks,
            String attentionOut,
            String mlpNorm,
            String router,
            String norm,
            String unembedding) {}

    /** Returns which layout the tensors have. */
    static Layout of(Tensors tensors) {
        for (Layout layout : values()) {
            if (tensors.has(layout.names().norm())) {
                return layout;
            }
        }
        throw new CheckpointException(
                tensors.source(),
                "expected tensor norm.scale (OpenAI), model.norm.weight (Hugging Face) or output_norm.weight (GGUF) but there is none"
                        + " among " + tensors.byName().size() + "; is it a gpt-oss checkpoint?");
    }

    /** Returns the model's weights, after checking every tensor's shape and type. */
    Weights read(Tensors tensors, ModelConfig c) {
        Names names = names();
        List<Weights.Layer> layers = new ArrayList<>();
        for (int l = 0; l < c.layers(); l++) {
            String layer = names.layer().formatted(l);
            if (!tensors.has(layer + names.attentionNorm())) {
                throw new CheckpointException(
                        tensors.source(),
                        "expected tensor " + layer + names.attentionNorm() + " but there is none among "
                                + tensors.byName().size() + "; key "
                                + (this == GGUF ? GgufConfig.LAYERS : JsonConfig.LAYERS)
                                + " says " + c.layers() + " layers");
            }
            layers.add(new Weights.Layer(
                    tensors.vector(layer + names.attentionNorm(), c.hiddenSize()),
                    qkv(tensors, layer, c),
                    tensors.vector(layer + names.sinks(), c.heads()),
                    tensors.linear(layer + names.attentionOut(), c.hiddenSize(), c.querySize()),
                    tensors.vector(layer + names.mlpNorm(), c.hiddenSize()),
                    tensors.linear(layer + names.router(), c.experts(), c.hiddenSize()),
                    experts(tensors, layer, c)));
        }
        return new Weights(
                matrix(tensors, names.embedding(), c),
                layers,
                tensors.vector(names.norm(), c.hiddenSize()),
                Unembedding.of(matrix(tensors, names.unembedding(), c)));
    }

    abstract Names names();

    abstract Linear qkv(Tensors tensors, String layer, ModelConfig c);

    abstract List<Weights.Expert> experts(Tensors tensors, String layer, ModelConfig c);

    private static Linear matrix(Tensors tensors, String name, ModelConfig c) {
        return new Linear(tensors.matrix(name, c.vocabularySize(), c.hiddenSize()), new float[0]);
    }

    /** Reads queries, keys and values from tensors of their own, in whose name the letter q, k or v stands. */
    private static Linear separateQkv(Tensors tensors, String name, ModelConfig c) {
        Linear q = tensors.linear(name.formatted("q"), c.querySize(), c.hiddenSize());
        Linear k = tensors.linear(name.formatted("k"), c.keyValueSize(), c.hiddenSize());
        Linear v = tensors.linear(name.formatted("v"), c.keyValueSize(), c.hiddenSize());
        return Linear.stack(List.of(q, k, v));
    }

    private static List<Matrix> mxfp4(Tensors tensors, String name, int experts, int rows, int columns) {
        Tensor blocks = tensors.get(name + "blocks").expectType(TensorType.U8);
        Tensor scales = tensors.get(name + "scales").expectType(TensorType.U8);
        if (columns % Matrix.BLOCK != 0) {
            throw blocks.problem(
                    "expected rows of whole blocks of " + Matrix.BLOCK + " but the model has " + columns + " columns");
        }
        return Tensor.experts(
                blocks.expectShape(experts, rows, columns / Matrix.BLOCK, Matrix.BLOCK / 2),
                scales.expectShape(experts, rows, columns / Matrix.BLOCK));
    }

    private static List<Matrix> expertMatrices(Tensors tensors, String name, int experts, int rows, int columns) {
        return tensors.get(name + ".weight").expectShape(experts, rows, columns).experts(false);
    }

    private static List<Weights.Expert> pairs(
            List<Matrix> gateUp, float[][] gateUpBias, List<Matrix> down, float[][] downBias) {
        List<Weights.Expert> experts = new ArrayList<>();
        for (int e = 0; e < gateUp.size(); e++) {
            experts.add(new Weights.Expert(
                    new Linear(List.of(gateUp.get(e)), gateUpBias[e]),
                    true,
                    new Linear(List.of(down.get(e)), downBias[e])));
        }
        return experts;
    }
}
