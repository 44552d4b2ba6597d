package io.harmony4j.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.engine.Activations;
import io.harmony4j.engine.AttentionKind;
import io.harmony4j.engine.KeyValues;
import io.harmony4j.engine.Model;
import io.harmony4j.engine.ModelConfig;
import io.harmony4j.engine.ModelOptions;
import io.harmony4j.engine.ModelOptions.KernelChoice;
import io.harmony4j.engine.synthetic.PublishedShape;
import io.harmony4j.engine.synthetic.SyntheticCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole model of random weights whose rows are longer than the groups of weights that kernels take at once, and no multiple of them. */
class VectorModelTest {
    private static final int WIDTH = 288;
    private static final ModelOptions PLAIN = options(KernelChoice.PLAIN);
    private static final ModelOptions VECTOR = options(KernelChoice.VECTOR);
    private static final int[] TOKENS = new Random(1).ints(60, 0, 500).toArray();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void logitsAreThoseOfPlainKernels(SyntheticCheckpoint.Format format) throws IOException {
        Path path = made(format);
        float[][] plain = logits(path, PLAIN);
        assertThat(difference(plain, logits(path, VECTOR))).isLessThan(1e-4);
        assertThat(difference(plain, logits(path, VECTOR.withBatch(1)))).isLessThan(1e-4);
    }

    @ParameterizedTest
    @EnumSource
    void logitsOfInt8ActivationsAreNearThem(SyntheticCheckpoint.Format format) throws IOException {
        Path path = made(format);
        float[][] plain = logits(path, PLAIN);
        float[][] int8 = logits(path, VECTOR.withActivations(Activations.INT8));
        double least = Lanes.COUNT >= 16 ? 1e-4 : 0; // shorter vectors are multiplied as floats
        assertThat(rootMeanSquare(plain, int8)).isBetween(least, 0.1);
        long same = IntStream.range(0, plain.length)
                .filter(row -> argMax(plain[row]) == argMax(int8[row]))
                .count();
        assertThat(same)
                .as("rows with the same most likely token, of %d", plain.length)
                .isGreaterThanOrEqualTo(plain.length * 9L / 10);
    }

    /** What is rounded to 16 bits differs a little already. */
    @Test
    void logitsWithKeysAndValuesOf16BitsAreThoseOfPlainKernels() throws IOException {
        Path path = made(SyntheticCheckpoint.Format.GGUF);
        float[][] plain = logits(path, PLAIN.withKeyValues(KeyValues.F16));
        assertThat(difference(plain, logits(path, VECTOR.withKeyValues(KeyValues.F16))))
                .isLessThan(5e-3);
    }

    private static ModelOptions options(KernelChoice kernels) {
        return ModelOptions.DEFAULT.withKernels(kernels).withThreads(2);
    }

    private Path made(SyntheticCheckpoint.Format format) throws IOException {
        ModelConfig shape = new ModelConfig(
                2,
                WIDTH,
                WIDTH,
                500,
                6,
                2,
                48,
                5,
                2,
                List.of(AttentionKind.SLIDING, AttentionKind.FULL),
                16,
                PublishedShape.GPT_OSS_20B.config().rope(),
                131_072,
                7.0f,
                1.702f,
                1e-5f);
        Path path = folder.resolve("made");
        new SyntheticCheckpoint(shape, format, 5).write(path, bytes -> {});
        return path;
    }

    private static float[][] logits(Path path, ModelOptions options) {
        float[][] rows = new float[TOKENS.length][];
        try (Model model = Model.load(path, options)) {
            model.append(model.newSequence(), TOKENS, TOKENS.length, (index, row) -> rows[index] = row.clone());
        }
        return rows;
    }

    private static double difference(float[][] expected, float[][] found) {
        return IntStream.range(0, expected.length)
                .mapToDouble(row -> IntStream.range(0, expected[row].length)
                        .mapToDouble(id -> Math.abs(expected[row][id] - found[row][id]))
                        .max()
                        .orElseThrow())
                .max()
                .orElseThrow();
    }

    private static double rootMeanSquare(float[][] expected, float[][] found) {
        return Math.sqrt(IntStream.range(0, expected.length)
                .mapToDouble(row -> IntStream.range(0, expected[row].length)
                        .mapToDouble(id -> Math.pow(expected[row][id] - found[row][id], 2))
                        .average()
                        .orElseThrow())
                .average()
                .orElseThrow());
    }

    private static int argMax(float[] logits) {
        return IntStream.range(0, logits.length)
                .reduce((best, id) -> logits[id] > logits[best] ? id : best)
                .orElseThrow();
    }
}
