package io.harmony4j.engine;

import static java.util.Objects.requireNonNull;

import io.harmony4j.engine.storage.GgufMetadata;
import io.harmony4j.engine.storage.GgufWriter;
import io.harmony4j.engine.storage.NewTensor;
import io.harmony4j.engine.storage.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * A model as a GGUF that llama.cpp runs, whatever layout it was loaded from, with a vocabulary.
 *
 * <pre>{@code
 * try (Model model = Model.load(Path.of("gpt-oss-20b"))) {
 *     new GgufExport(model, vocabulary).write(Path.of("gpt-oss-20b.gguf"), bytes -> {});
 * }
 * }</pre>
 *
 * <p>No weight is rounded: matrices keep their formats, vectors and the routers become F32, as llama.cpp wants them. Immutable; the
 * model must be open.
 */
public final class GgufExport {
    private final Model model;
    private final GgufVocabulary vocabulary;

    /**
     * Describes the file; nothing is written yet.
     *
     * @throws IllegalArgumentException if the model has what a GGUF of gpt-oss cannot say, or not enough ids for the vocabulary
     */
    public GgufExport(Model model, GgufVocabulary vocabulary) {
        this.model = requireNonNull(model, "model");
        this.vocabulary = requireNonNull(vocabulary, "vocabulary");
        GgufMetadata.requireFit(vocabulary, model.config());
        GgufConfig.requireExpressible(model.config());
    }

    /** Returns the bytes of all tensors: what the file has, but for some kilobytes and the vocabulary. */
    public long bytes() {
        return tensors().stream().mapToLong(NewTensor::bytes).sum();
    }

    /**
     * Writes the file, over what is there.
     *
     * @param progress is called repeatedly with the number of bytes written so far
     * @throws IOException if it cannot be written, or is one that the model is read from; what has been written stays
     */
    public void write(Path path, LongConsumer progress) throws IOException {
        requireNonNull(path, "path");
        requireNonNull(progress, "progress");
        for (Path source : model.files()) {
            if (Files.exists(path) && Files.isSameFile(path, source)) {
                throw new IOException("expected another file than " + path + ", which the model is read from");
            }
        }
        String name = String.valueOf(model.path().getFileName());
        GgufWriter.write(path, GgufMetadata.of(model.config(), name, vocabulary), tensors(), progress);
    }

    private List<NewTensor> tensors() {
        ModelConfig c = model.config();
        Weights weights = model.weights();
        Layout.Names names = Layout.GGUF.names();
        List<NewTensor> tensors = new ArrayList<>();
        tensors.add(matrix(names.embedding(), weights.embedding(), 0, c.vocabularySize()));
        for (int l = 0; l < c.layers(); l++) {
            addLayer(
                    tensors, names, names.layer().formatted(l), weights.layers().get(l), c);
        }
        tensors.add(vector(names.norm(), weights.norm()));
        tensors.add(matrix(names.unembedding(), weights.unembedding().all(), 0, c.vocabularySize()));
        return tensors;
    }

    private static void addLayer(
            List<NewTensor> tensors, Layout.Names names, String layer, Weights.Layer weights, ModelConfig c) {
        tensors.add(vector(layer + names.attentionNorm(), weights.attentionNorm()));
        addLinear(tensors, layer + "attn_q", weights.qkv(), 0, c.querySize());
        addLinear(tensors, layer + "attn_k", weights.qkv(), c.querySize(), c.keyValueSize());
        addLinear(tensors, layer + "attn_v", weights.qkv(), c.querySize() + c.keyValueSize(), c.keyValueSize());
        tensors.add(vector(layer + names.sinks(), weights.sinks()));
        addLinear(tensors, layer + names.attentionOut(), weights.attentionOut(), 0, c.hiddenSize());
        tensors.add(vector(layer + names.mlpNorm(), weights.mlpNorm()));
        tensors.add(router(layer + names.router() + ".weight", weights.router(), c));
        tensors.add(vector(layer + names.router() + ".bias", weights.router().bias()));
        addExperts(tensors, layer + "ffn_gate_exps", weights.experts(), e -> half(e, 0));
        addExperts(tensors, layer + "ffn_up_exps", weights.experts(), e -> half(e, 1));
        addExperts(tensors, layer + "ffn_down_exps", weights.experts(), e -> GgufRows.Part.of(e.down()));
    }

    /** Returns the rows of the gates, 0, or of the linear parts, 1. */
    private static GgufRows.Part half(Weights.Expert expert, int which) {
        Linear both = expert.gateUp();
        int count = both.rows() / 2;
        return expert.interleaved()
                ? new GgufRows.Part(both, which, count, 2)
                : new GgufRows.Part(both, which * count, count, 1);
    }

    private static void addLinear(List<NewTensor> tensors, String name, Linear linear, int first, int count) {
        tensors.add(matrix(name + ".weight", linear, first, count));
        float[] bias = new float[count];
        System.arraycopy(linear.bias(), first, bias, 0, count);
        tensors.add(vector(name + ".bias", bias));
    }

    private static NewTensor matrix(String name, Linear linear, int first, int count) {
        GgufRows rows = new GgufRows(List.of(new GgufRows.Part(linear, first, count, 1)));
        return new NewTensor(name, rows.type(), List.of((long) count, (long) linear.columns()), rows);
    }

    private static NewTensor router(String name, Linear router, ModelConfig c) {
        float[] all = new float[c.experts() * c.hiddenSize()];
        for (int expert = 0; expert < c.experts(); expert++) {
            router.readRow(expert, all, expert * c.hiddenSize());
        }
        return floats(name, List.of((long) c.experts(), (long) c.hiddenSize()), all);
    }

    private static void addExperts(
            List<NewTensor> tensors,
            String name,
            List<Weights.Expert> experts,
            Function<Weights.Expert, GgufRows.Part> choice) {
        List<GgufRows.Part> parts = experts.stream().map(choice).toList();
        GgufRows rows = new GgufRows(parts);
        int count = parts.get(0).count();
        long columns = parts.get(0).linear().columns();
        tensors.add(new NewTensor(
                name + ".weight", rows.type(), List.of((long) experts.size(), (long) count, columns), rows));
        float[] biases = new float[experts.size() * count];
        for (int e = 0; e < experts.size(); e++) {
            GgufRows.Part part = parts.get(e);
            for (int row = 0; row < count; row++) {
                biases[e * count + row] = part.linear().bias()[part.first() + row * part.step()];
            }
        }
        tensors.add(floats(name + ".bias", List.of((long) experts.size(), (long) count), biases));
    }

    private static NewTensor vector(String name, float[] values) {
        return floats(name, List.of((long) values.length), values);
    }

    private static NewTensor floats(String name, List<Long> shape, float[] values) {
        int[] next = new int[1];
        return new NewTensor(name, TensorType.F32, shape, (ByteBuffer buffer) -> {
            while (buffer.remaining() >= Float.BYTES && next[0] < values.length) {
                buffer.putFloat(values[next[0]++]);
            }
        });
    }
}
