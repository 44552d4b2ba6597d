package io.harmony4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tiny random checkpoint with the logits that follow its tokens, computed in double from the stored weights.
 *
 * @param tokens what the model reads
 * @param logits {@code [rows, vocabularySize]}: those that follow the last tokens
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity
public record GivenCase(String name, int[] tokens, float[][] logits) {
    private static final Path CASES = Path.of("../engine/src/test/resources/cases"); // from any module

    public static GivenCase read(String name) {
        try {
            Path folder = CASES.resolve(name);
            return new GivenCase(name, tokens(folder.resolve("tokens.json")), npy(folder.resolve("expected.npy")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All cases. */
    public static List<String> names() {
        return List.of("a_l2_e4_k2", "d_clamp", "e_long");
    }

    /** Each case with each layout that it is there in, as the arguments of a test. */
    public static List<String[]> inLayouts() {
        List<String[]> all = new ArrayList<>();
        for (String name : names()) {
            for (String layout : List.of("original", "hf", "hf_bf16")) {
                all.add(new String[] {name, layout});
            }
        }
        all.add(new String[] {"a_l2_e4_k2", "gguf/f32.gguf"});
        all.add(new String[] {"a_l2_e4_k2", "gguf/mxfp4.gguf"});
        return all;
    }

    /** Returns how far logits may be from those given: what float arithmetic loses. */
    private double tolerance() {
        return name.equals("e_long") ? 5e-3 : 2e-3;
    }

    public Path path(String layout) {
        return CASES.resolve(name).resolve(layout);
    }

    /** Computes the logits that follow the last tokens. */
    public float[][] logits(String layout, ModelOptions options) {
        return logits(path(layout), options);
    }

    /** Computes the same with a checkpoint anywhere. */
    float[][] logits(Path checkpoint, ModelOptions options) {
        int rows = logits.length;
        float[][] found = new float[rows][];
        try (Model model = Model.load(checkpoint, options)) {
            int first = tokens.length - rows;
            model.append(model.newSequence(), tokens, rows, (index, row) -> found[index - first] = row.clone());
        }
        return found;
    }

    /** Asserts that logits are those given, but for the tolerance, and that the same tokens are the most likely. */
    public void assertGiven(float[][] found) {
        assertThat(difference(logits, found)).isLessThan(tolerance());
        for (int row = 0; row < found.length; row++) {
            assertThat(Sampler.argMax(found[row])).as("row %d", row).isEqualTo(Sampler.argMax(logits[row]));
        }
    }

    /** The largest difference to the given logits. */
    private static double difference(float[][] expected, float[][] found) {
        double difference = 0;
        for (int row = 0; row < expected.length; row++) {
            for (int id = 0; id < expected[row].length; id++) {
                double d = Math.abs(expected[row][id] - found[row][id]);
                difference = d <= difference ? difference : d; // not a number counts
            }
        }
        return difference;
    }

    private static int[] tokens(Path file) throws IOException {
        JsonValue root = Json.parse(Files.readString(file));
        JsonValue array = root.isArray() ? root : root.get("tokens");
        return array.elements().stream().mapToInt(JsonValue::intValue).toArray();
    }

    /** Reads NumPy's format for a matrix of little-endian floats. */
    private static float[][] npy(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int headerLength = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
        String header = new String(bytes, 10, headerLength, StandardCharsets.ISO_8859_1);
        Matcher shape =
                Pattern.compile("'descr': '<f4'.*'shape': \\((\\d+), (\\d+)\\)").matcher(header);
        if (!shape.find()) {
            throw new IOException(file + ": expected a matrix of <f4 but found " + header);
        }
        float[][] rows = new float[Integer.parseInt(shape.group(1))][Integer.parseInt(shape.group(2))];
        ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(10 + headerLength);
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = data.getFloat();
            }
        }
        return rows;
    }
}
