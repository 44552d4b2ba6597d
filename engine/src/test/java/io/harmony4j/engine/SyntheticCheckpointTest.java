package io.harmony4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.engine.synthetic.PublishedShape;
import io.harmony4j.engine.synthetic.SyntheticCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyntheticCheckpointTest {
    private static final int WIDTH = 96;
    private static final int INNER = 160;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenLoadsWithTheSameShapeAndRuns(SyntheticCheckpoint.Format format) throws IOException {
        SyntheticCheckpoint checkpoint = new SyntheticCheckpoint(shape(WIDTH, INNER), format, 1);
        AtomicLong written = new AtomicLong();
        Path path = folder.resolve("made");
        checkpoint.write(path, written::set);

        assertThat(written.get()).isCloseTo(checkpoint.bytes(), Percentage.withPercentage(5));
        Checkpoint read = Checkpoint.open(path);
        assertThat(read.config()).isEqualTo(shape(WIDTH, INNER));
        try (Model model = Model.load(path)) {
            float[] logits = model.append(model.newSequence(), 1, 2, 3, 4);
            assertThat(rootMeanSquare(logits)).isBetween(0.2, 5.0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSeedDecidesTheBytes(SyntheticCheckpoint.Format format) throws IOException {
        byte[] first = bytes(format, 7, "first");
        assertThat(bytes(format, 7, "again")).isEqualTo(first);
        assertThat(bytes(format, 8, "other")).isNotEqualTo(first);
    }

    private byte[] bytes(SyntheticCheckpoint.Format format, long seed, String name) throws IOException {
        Path path = folder.resolve(name);
        new SyntheticCheckpoint(shape(64, 64), format, seed).write(path, bytes -> {});
        return Files.readAllBytes(Files.isDirectory(path) ? path.resolve("model.safetensors") : path);
    }

    @ParameterizedTest
    @EnumSource
    void matricesNeitherShrinkNorBlowUp(SyntheticCheckpoint.Format format) throws IOException {
        Path path = folder.resolve("made");
        new SyntheticCheckpoint(shape(WIDTH, INNER), format, 3).write(path, bytes -> {});
        Weights weights = Checkpoint.open(path).weights();
        assertThat(rootMeanSquare(weights.norm())).isBetween(1.0, 1.1);
        for (Weights.Layer layer : weights.layers()) {
            for (Linear linear : List.of(
                    layer.qkv(),
                    layer.attentionOut(),
                    layer.router(),
                    layer.experts().get(1).down())) {
                int inputs = (int) (linear.size() / linear.rows());
                float[] row = new float[inputs];
                double sum = 0;
                for (int r = 0; r < linear.rows(); r++) {
                    linear.readRow(r, row, 0);
                    sum += rootMeanSquare(row) * Math.sqrt(inputs) / linear.rows();
                }
                assertThat(sum).isBetween(0.5, 2.0);
            }
        }
    }

    @Test
    void thePublishedShapesHaveTheirSizes() {
        ModelConfig small = PublishedShape.GPT_OSS_20B.config();
        assertThat(new SyntheticCheckpoint(small, SyntheticCheckpoint.Format.ORIGINAL, 1).bytes())
                .isCloseTo(13_760_000_000L, Percentage.withPercentage(0.1));
        assertThat(new SyntheticCheckpoint(small, SyntheticCheckpoint.Format.GGUF, 1).bytes())
                .isCloseTo(12_100_000_000L, Percentage.withPercentage(1));
        ModelConfig large = PublishedShape.GPT_OSS_120B.config();
        assertThat(new SyntheticCheckpoint(large, SyntheticCheckpoint.Format.ORIGINAL, 1).bytes())
                .isCloseTo(65_000_000_000L, Percentage.withPercentage(1));
    }

    @Test
    void widthsThatAreNotWholeBlocksAreRefused() {
        assertThatThrownBy(() -> new SyntheticCheckpoint(shape(80, 64), SyntheticCheckpoint.Format.GGUF, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a multiple of 32 as hidden size but found 80");
    }

    private static ModelConfig shape(int hiddenSize, int intermediateSize) {
        return new ModelConfig(
                3,
                hiddenSize,
                intermediateSize,
                200,
                6,
                2,
                32,
                5,
                2,
                List.of(AttentionKind.SLIDING, AttentionKind.FULL, AttentionKind.SLIDING),
                8,
                PublishedShape.GPT_OSS_20B.config().rope(),
                131_072,
                7.0f,
                1.702f,
                1e-5f);
    }

    private static double rootMeanSquare(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum / values.length);
    }
}
