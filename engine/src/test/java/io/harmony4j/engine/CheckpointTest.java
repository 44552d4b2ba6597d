package io.harmony4j.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What opens, and what is said of what does not. */
class CheckpointTest {
    private static final GivenCase GIVEN = GivenCase.read("a_l2_e4_k2");

    @TempDir
    private Path folder;

    @Test
    void allLayoutsHaveTheSameShape() {
        ModelConfig original = Checkpoint.open(GIVEN.path("original")).config();
        for (String layout : List.of("hf", "hf_bf16", "gguf/f32.gguf", "gguf/mxfp4.gguf")) {
            ModelConfig config = Checkpoint.open(GIVEN.path(layout)).config();
            assertThat(config)
                    .usingRecursiveComparison()
                    .withEqualsForType((a, b) -> Math.abs(a - b) < 1e-9, Float.class)
                    .isEqualTo(original);
        }
        assertThat(original.contextLength()).isEqualTo(131072);
        assertThat(original.rope().attentionFactor()).isBetween(1.3465, 1.3466);
    }

    @Test
    void readsThetaAndScalingFromRopeParameters() throws IOException {
        copy("hf");
        editConfig(config -> {
            JsonObject scaling = (JsonObject) requireNonNull(config.remove("rope_scaling"));
            JsonValue theta = requireNonNull(config.remove("rope_theta"));
            config.put(
                    "rope_parameters",
                    scaling.toBuilder().put("rope_theta", theta).build());
        });
        assertThat(Checkpoint.open(folder).config())
                .isEqualTo(Checkpoint.open(GIVEN.path("hf")).config());
    }

    @Test
    void readsNewerAndOlderNames() throws IOException {
        copy("hf");
        editConfig(config -> {
            config.remove("experts_per_token");
            config.remove("layer_types");
            config.remove("rms_norm_eps");
        });
        assertThat(Checkpoint.open(folder).config())
                .isEqualTo(Checkpoint.open(GIVEN.path("hf")).config());
    }

    @Test
    void withoutScalingItIsPlainRope() throws IOException {
        copy("hf");
        editConfig(config -> config.put("rope_scaling", JsonValue.ofNull()));
        assertThat(Checkpoint.open(folder).config().rope().factor()).isEqualTo(1);
        assertThat(Checkpoint.open(folder).config().rope().attentionFactor()).isEqualTo(1);
        JsonObject rope = JsonObject.builder()
                .put("rope_type", "default")
                .put("rope_theta", 10000)
                .build();
        editConfig(config -> config.put("rope_parameters", rope));
        assertThat(Checkpoint.open(folder).config().rope().theta()).isEqualTo(10000);
    }

    @Test
    void saysWhichKeyIsMissingOrWrong() throws IOException {
        copy("hf");
        editConfig(config -> config.remove("num_local_experts"));
        assertProblem("expected key num_experts or num_local_experts but there is none");
        copy("hf");
        editConfig(config -> {
            config.put("num_experts_per_tok", JsonValue.of(9));
            config.remove("experts_per_token");
        });
        assertProblem("expected at most 4 experts per token but found 9");
        copy("hf");
        editConfig(config -> config.put("hidden_size", JsonValue.of("big")));
        assertProblem("key hidden_size: expected an integer but found \"big\"");
        copy("hf");
        editConfig(config -> config.put("model_type", JsonValue.of("llama")));
        assertProblem("key model_type: expected \"gpt_oss\" but found \"llama\"; this engine runs gpt-oss models only");
        copy("hf");
        editConfig(config -> config.put("rope_scaling", JsonObject.of("type", JsonValue.of("linear"))));
        assertProblem("key rope_type: expected \"yarn\" or \"default\" but found \"linear\"");
        copy("hf");
        editConfig(config -> config.put("layer_types", JsonArray.ofTexts(List.of("full_attention", "none"))));
        assertProblem(
                "key layer_types: expected \"sliding_attention\" or \"full_attention\" but found \"none\" (line 1,");
        copy("hf");
        Files.writeString(folder.resolve("config.json"), "[1]");
        assertProblem("config.json: expected a JSON object but found a list (line 1, column 1)");
        Files.writeString(folder.resolve("config.json"), "{\"a\":");
        assertProblem("expected JSON but found something else: Unexpected end-of-input");
    }

    @Test
    void saysWhichTensorIsMissingOrWrong() throws IOException {
        copy("original");
        editHeader(header -> header.remove("block.1.attn.sinks"));
        assertProblem("expected tensor block.1.attn.sinks but there is none among");
        copy("original");
        editConfig(config -> config.put("hidden_size", JsonValue.of(32)));
        assertProblem("tensor block.0.attn.norm.scale: expected shape [32] but found [64]");
        copy("original");
        editHeader(header -> editEntry(header, "block.0.mlp.mlp1_weight.scales", "dtype", JsonValue.of("I8")));
        assertProblem("tensor block.0.mlp.mlp1_weight.scales: expected dtype F32, F16, BF16 or U8 but found \"I8\"");
        copy("original");
        editHeader(header -> editEntry(header, "norm.scale", "shape", JsonArray.ofIntegers(65)));
        assertProblem("tensor norm.scale: expected the bytes of BF16 [65] but found 128");
        copy("original");
        JsonArray offsets = JsonArray.of(List.of(JsonValue.of(0), JsonValue.of(1L << 40)));
        editHeader(header -> editEntry(header, "norm.scale", "data_offsets", offsets));
        assertProblem("tensor norm.scale: expected its data within the");
        copy("original");
        editHeader(header -> header.put("norm.scale", JsonObject.of("dtype", JsonValue.of("F32"))));
        assertProblem("tensor norm.scale: expected dtype, shape and data_offsets but found {\"dtype\":\"F32\"}");
    }

    @Test
    void saysWhatIsMissingOfAShardedCheckpoint() throws IOException {
        copy("hf");
        Files.move(folder.resolve("model.safetensors"), folder.resolve("model-00001-of-00001.safetensors"));
        Map<String, Tensor> tensors = SafetensorsFile.read(folder.resolve("model-00001-of-00001.safetensors"));
        JsonObject.Builder map = JsonObject.builder();
        tensors.keySet().forEach(name -> map.put(name, "model-00001-of-00001.safetensors"));
        writeIndex(map);
        assertThat(Checkpoint.open(folder).layout()).isEqualTo(Layout.HUGGING_FACE);

        writeIndex(map.put("another", "model-00001-of-00001.safetensors"));
        assertProblem("expected tensor another, which model.safetensors.index.json says is here, but there is none");
        writeIndex(map.put("another", "model-00002-of-00002.safetensors"));
        assertProblem("model-00002-of-00002.safetensors: no such file");
        writeIndex(map.put("another", "../secret.safetensors"));
        assertProblem("expected names of files in this folder but found \"../secret.safetensors\"");
        writeIndex(map.put("another", 7));
        assertProblem("expected names of files in this folder but found 7");
    }

    private void writeIndex(JsonObject.Builder map) throws IOException {
        Files.writeString(
                folder.resolve("model.safetensors.index.json"), Json.write(JsonObject.of("weight_map", map.build())));
    }

    @Test
    void saysWhatIsNoCheckpoint() throws IOException {
        assertProblem("expected config.json in this folder but there is none");
        Path file = Files.writeString(folder.resolve("model.gguf"), "GGML and more");
        assertThatThrownBy(() -> Checkpoint.open(file)).hasMessageContaining("expected \"GGUF\" in the first 4 bytes");
        assertThatThrownBy(() -> Checkpoint.open(folder.resolve("none")))
                .hasMessageContaining("no such file or folder");
        copy("hf");
        Files.delete(folder.resolve("model.safetensors"));
        assertProblem("expected *.safetensors files in this folder but there are none");
    }

    /** The format's own limit. */
    @Test
    void readsAHeaderOfUpToAHundredMillionBytes() throws IOException {
        Path file = folder.resolve("large.safetensors");
        StringBuilder header = new StringBuilder("{\"__metadata__\":{\"note\":\"" + "x".repeat(30_000_000) + "\"}");
        for (int i = 0; i < 100_000; i++) {
            header.append(",\"model.layers.").append(i).append(".weight\":");
            header.append("{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}");
        }
        header.append('}').append(" ".repeat(100_000_000 - header.length()));

        writeSafetensors(file, header.toString());
        assertThat(SafetensorsFile.read(file)).hasSize(100_000);

        writeSafetensors(file, header + " ");
        assertThatThrownBy(() -> SafetensorsFile.read(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("expected a header of 2 to 100000000 bytes but its length says 100000001");
    }

    /** Writes a header and a byte of data. */
    private static void writeSafetensors(Path file, String header) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 1).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, bytes.putLong(json.length).put(json).array());
    }

    @Test
    void saysWhatIsWrongWithASafetensorsHeader() throws IOException {
        Path file = folder.resolve("model.safetensors");
        writeSafetensors(file, "{\"a\":}");
        assertThatThrownBy(() -> SafetensorsFile.read(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(
                        file + ": header: expected JSON but found something else: Unexpected character");
        writeSafetensors(file, "[]");
        assertThatThrownBy(() -> SafetensorsFile.read(file))
                .hasMessage(file + ": header: expected a JSON object but found a list (line 1, column 1)");
        writeSafetensors(file, "{\"a\":{\"shape\":[1],\"data_offsets\":[0,1]}}");
        assertThatThrownBy(() -> SafetensorsFile.read(file))
                .hasMessage(file + ": tensor a: expected dtype F32, F16, BF16 or U8 but found null");
    }

    /** A file that ends anywhere is refused, by name; nothing else is thrown. */
    @Test
    void refusesEveryTruncatedFile() throws IOException {
        byte[] gguf = Files.readAllBytes(GIVEN.path("gguf/mxfp4.gguf"));
        Path cut = folder.resolve("cut.gguf");
        for (int length : lengths(gguf.length)) {
            Files.write(cut, Arrays.copyOf(gguf, length));
            assertThatThrownBy(() -> Checkpoint.open(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageStartingWith(cut.toString());
        }
        copy("original");
        byte[] safetensors = Files.readAllBytes(folder.resolve("model.safetensors"));
        for (int length : lengths(safetensors.length)) {
            Files.write(folder.resolve("model.safetensors"), Arrays.copyOf(safetensors, length));
            assertThatThrownBy(() -> Checkpoint.open(folder))
                    .as("%d bytes", length)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageStartingWith(folder.toString());
        }
    }

    /** A file with any byte changed opens or is refused; nothing else is thrown. */
    @Test
    void refusesOrOpensEveryDamagedHeader() throws IOException {
        byte[] gguf = Files.readAllBytes(GIVEN.path("gguf/mxfp4.gguf"));
        Path damaged = folder.resolve("damaged.gguf");
        int refused = 0;
        for (int at = 0; at < 2500; at += 3) {
            byte[] bytes = gguf.clone();
            bytes[at] ^= (byte) (1 << (at % 8));
            Files.write(damaged, bytes);
            try {
                Checkpoint.open(damaged);
            } catch (CheckpointException e) {
                assertThat(e.file()).isEqualTo(damaged);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    private static List<Integer> lengths(int whole) {
        List<Integer> lengths = new ArrayList<>();
        for (int length = 0; length < whole; length += length < 6000 ? 97 : 20_011) {
            lengths.add(length);
        }
        lengths.add(whole - 1);
        return lengths;
    }

    private void assertProblem(String problem) {
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(folder.toString())
                .hasMessageContaining(problem);
    }

    private void copy(String layout) throws IOException {
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(GIVEN.path(layout).resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void editConfig(Consumer<Map<String, JsonValue>> edit) throws IOException {
        Path file = folder.resolve("config.json");
        Files.writeString(file, edited(Files.readString(file), edit));
    }

    /** Changes a safetensors header; it stays as long as it was, so that the data stay where they are. */
    private void editHeader(Consumer<Map<String, JsonValue>> edit) throws IOException {
        Path file = folder.resolve("model.safetensors");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) bytes.getLong(0);
        String header = new String(bytes.array(), 8, length, StandardCharsets.UTF_8);
        byte[] edited = edited(header, edit).getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(edited, Math.max(length, edited.length));
        Arrays.fill(padded, edited.length, padded.length, (byte) ' ');
        ByteBuffer result =
                ByteBuffer.allocate(bytes.capacity() - length + padded.length).order(ByteOrder.LITTLE_ENDIAN);
        result.putLong(padded.length).put(padded).put(bytes.array(), 8 + length, bytes.capacity() - 8 - length);
        Files.write(file, result.array());
    }

    private static void editEntry(Map<String, JsonValue> header, String tensor, String key, JsonValue value) {
        JsonObject entry = (JsonObject) requireNonNull(header.get(tensor));
        header.put(tensor, entry.toBuilder().put(key, value).build());
    }

    private static String edited(String json, Consumer<Map<String, JsonValue>> edit) {
        Map<String, JsonValue> members = new LinkedHashMap<>(Json.parse(json).members());
        edit.accept(members);
        JsonObject.Builder result = JsonObject.builder();
        members.forEach(result::put);
        return Json.write(result.build());
    }
}
