package io.harmony4j.engine.synthetic;

import io.harmony4j.engine.ModelConfig;
import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.storage.NewTensor;
import io.harmony4j.engine.storage.TensorType;
import java.util.ArrayList;
import java.util.List;

/** The tensors of a {@link SyntheticCheckpoint}: names, types, shapes, and random elements, which can be had once. */
final class SyntheticTensors {
    private final ModelConfig config;
    private final RandomWeights random;
    private final List<NewTensor> tensors = new ArrayList<>();

    SyntheticTensors(ModelConfig config, long seed) {
        this.config = config;
        this.random = new RandomWeights(seed);
    }

    /** Returns the tensors of OpenAI's original layout. */
    List<NewTensor> original() {
        int d = config.hiddenSize();
        int m = config.intermediateSize();
        int experts = config.experts();
        add("embedding.weight", TensorType.BF16, 1, config.vocabularySize(), d);
        for (int l = 0; l < config.layers(); l++) {
            String layer = "block." + l + ".";
            addNorm(layer + "attn.norm.scale", TensorType.BF16);
            addLinear(
                    layer + "attn.qkv",
                    TensorType.BF16,
                    TensorType.BF16,
                    config.querySize() + 2 * config.keyValueSize(),
                    d);
            add(layer + "attn.sinks", TensorType.BF16, 1, config.heads());
            addLinear(layer + "attn.out", TensorType.BF16, TensorType.BF16, d, config.querySize());
            addNorm(layer + "mlp.norm.scale", TensorType.BF16);
            addLinear(layer + "mlp.gate", TensorType.BF16, TensorType.BF16, experts, d);
            addBlocks(layer + "mlp.mlp1_weight", experts, 2L * m, d);
            add(layer + "mlp.mlp1_bias", TensorType.BF16, d, experts, 2L * m);
            addBlocks(layer + "mlp.mlp2_weight", experts, d, m);
            add(layer + "mlp.mlp2_bias", TensorType.BF16, m, experts, d);
        }
        addNorm("norm.scale", TensorType.BF16);
        add("unembedding.weight", TensorType.BF16, d, config.vocabularySize(), d);
        return tensors;
    }

    /** Returns the tensors of a GGUF. */
    List<NewTensor> gguf() {
        int d = config.hiddenSize();
        int m = config.intermediateSize();
        int experts = config.experts();
        add("token_embd.weight", TensorType.Q8_0, 1, config.vocabularySize(), d);
        for (int l = 0; l < config.layers(); l++) {
            String layer = "blk." + l + ".";
            addNorm(layer + "attn_norm.weight", TensorType.F32);
            addLinear(layer + "attn_q", TensorType.Q8_0, TensorType.F32, config.querySize(), d);
            addLinear(layer + "attn_k", TensorType.Q8_0, TensorType.F32, config.keyValueSize(), d);
            addLinear(layer + "attn_v", TensorType.Q8_0, TensorType.F32, config.keyValueSize(), d);
            add(layer + "attn_sinks.weight", TensorType.F32, 1, config.heads());
            addLinear(layer + "attn_output", TensorType.Q8_0, TensorType.F32, d, config.querySize());
            addNorm(layer + "post_attention_norm.weight", TensorType.F32);
            addLinear(layer + "ffn_gate_inp", TensorType.F32, TensorType.F32, experts, d);
            for (String half : List.of("ffn_gate_exps", "ffn_up_exps")) {
                add(layer + half + ".weight", TensorType.MXFP4, d, experts, m, d);
                add(layer + half + ".bias", TensorType.F32, d, experts, m);
            }
            add(layer + "ffn_down_exps.weight", TensorType.MXFP4, m, experts, d, m);
            add(layer + "ffn_down_exps.bias", TensorType.F32, m, experts, d);
        }
        addNorm("output_norm.weight", TensorType.F32);
        add("output.weight", TensorType.Q8_0, d, config.vocabularySize(), d);
        return tensors;
    }

    private void addLinear(String name, TensorType weights, TensorType bias, int rows, int columns) {
        add(name + ".weight", weights, columns, rows, columns);
        add(name + ".bias", bias, columns, rows);
    }

    private void addNorm(String name, TensorType type) {
        tensors.add(new NewTensor(name, type, List.of((long) config.hiddenSize()), random.nearOne(type)));
    }

    /** @param inputs how many of the elements are summed up */
    private void add(String name, TensorType type, int inputs, long... shape) {
        List<Long> dimensions = new ArrayList<>();
        for (long dimension : shape) {
            dimensions.add(dimension);
        }
        tensors.add(new NewTensor(name, type, dimensions, random.of(type, inputs)));
    }

    private void addBlocks(String name, long experts, long rows, int columns) {
        long blocks = columns / Matrix.BLOCK;
        tensors.add(new NewTensor(
                name + ".blocks", TensorType.U8, List.of(experts, rows, blocks, Matrix.BLOCK / 2L), random.blocks()));
        tensors.add(
                new NewTensor(name + ".scales", TensorType.U8, List.of(experts, rows, blocks), random.scales(columns)));
    }
}
