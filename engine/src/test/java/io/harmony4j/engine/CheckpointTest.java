package io.harmony4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What opens, and what is said of what does not. */
class CheckpointTest {
    private static final GivenCase GIVEN = GivenCase.read("a_l2_e4_k2");
    private static final ObjectMapper JSON = new ObjectMapper();

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
            ObjectNode rope = config.putObject("rope_parameters");
            rope.setAll((ObjectNode) config.remove("rope_scaling"));
            rope.set("rope_theta", config.remove("rope_theta"));
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
        editConfig(config -> config.putNull("rope_scaling"));
        assertThat(Checkpoint.open(folder).config().rope().factor()).isEqualTo(1);
        assertThat(Checkpoint.open(folder).config().rope().attentionFactor()).isEqualTo(1);
        editConfig(config ->
                config.putObject("rope_parameters").put("rope_type", "default").put("rope_theta", 10000));
        assertThat(Checkpoint.open(folder).config().rope().theta()).isEqualTo(10000);
    }

    @Test
    void saysWhichKeyIsMissingOrWrong() throws IOException {
        copy("hf");
        editConfig(config -> config.remove("num_local_experts"));
        assertProblem("expected key num_experts or num_local_experts but there is none");
        copy("hf");
        editConfig(config -> config.put("num_experts_per_tok", 9).remove("experts_per_token"));
        assertProblem("expected at most 4 experts per token but found 9");
        copy("hf");
        editConfig(config -> config.put("hidden_size", "big"));
        assertProblem("key hidden_size: expected an integer but found \"big\"");
        copy("hf");
        editConfig(config -> config.put("model_type", "llama"));
        assertProblem("key model_type: expected \"gpt_oss\" but found \"llama\"; this engine runs gpt-oss models only");
        copy("hf");
        Files.writeString(folder.resolve("config.json"), "{\"a\":");
        assertProblem("expected JSON but found: Unexpected end-of-input");
    }

    @Test
    void saysWhichTensorIsMissingOrWrong() throws IOException {
        copy("original");
        editHeader(header -> header.remove("block.1.attn.sinks"));
        assertProblem("expected tensor block.1.attn.sinks but there is none among");
        copy("original");
        editConfig(config -> config.put("hidden_size", 32));
        assertProblem("tensor block.0.attn.norm.scale: expected shape [32] but found [64]");
        copy("original");
        editHeader(header -> ((ObjectNode) header.get("block.0.mlp.mlp1_weight.scales")).put("dtype", "I8"));
        assertProblem("tensor block.0.mlp.mlp1_weight.scales: expected dtype F32, F16, BF16 or U8 but found \"I8\"");
        copy("original");
        editHeader(header ->
                ((ObjectNode) header.get("norm.scale")).putArray("shape").add(65));
        assertProblem("tensor norm.scale: expected the bytes of BF16 [65] but found 128");
        copy("original");
        editHeader(header -> {
            ObjectNode entry = (ObjectNode) header.get("norm.scale");
            entry.putArray("data_offsets").add(0).add(1L << 40);
        });
        assertProblem("tensor norm.scale: expected its data within the");
    }

    @Test
    void saysWhatIsMissingOfAShardedCheckpoint() throws IOException {
        copy("hf");
        Files.move(folder.resolve("model.safetensors"), folder.resolve("model-00001-of-00001.safetensors"));
        ObjectNode index = JSON.createObjectNode();
        ObjectNode map = index.putObject("weight_map");
        Map<String, Tensor> tensors = SafetensorsFile.read(folder.resolve("model-00001-of-00001.safetensors"));
        tensors.keySet().forEach(name -> map.put(name, "model-00001-of-00001.safetensors"));
        Path file = folder.resolve("model.safetensors.index.json");
        JSON.writeValue(file.toFile(), index);
        assertThat(Checkpoint.open(folder).layout()).isEqualTo(Layout.HUGGING_FACE);

        map.put("another", "model-00001-of-00001.safetensors");
        JSON.writeValue(file.toFile(), index);
        assertProblem("expected tensor another, which model.safetensors.index.json says is here, but there is none");
        map.put("another", "model-00002-of-00002.safetensors");
        JSON.writeValue(file.toFile(), index);
        assertProblem("model-00002-of-00002.safetensors: no such file");
        map.put("another", "../secret.safetensors");
        JSON.writeValue(file.toFile(), index);
        assertProblem("expected names of files in this folder but found \"../secret.safetensors\"");
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

    private void editConfig(Consumer<ObjectNode> edit) throws IOException {
        Path file = folder.resolve("config.json");
        ObjectNode config = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
        edit.accept(config);
        JSON.writeValue(file.toFile(), config);
    }

    /** Changes a safetensors header; it stays as long as it was, so that the data stay where they are. */
    private void editHeader(Consumer<ObjectNode> edit) throws IOException {
        Path file = folder.resolve("model.safetensors");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) bytes.getLong(0);
        JsonNode header = JSON.readTree(new String(bytes.array(), 8, length, StandardCharsets.UTF_8));
        edit.accept((ObjectNode) header);
        byte[] edited = JSON.writeValueAsBytes(header);
        byte[] padded = Arrays.copyOf(edited, Math.max(length, edited.length));
        Arrays.fill(padded, edited.length, padded.length, (byte) ' ');
        ByteBuffer result =
                ByteBuffer.allocate(bytes.capacity() - length + padded.length).order(ByteOrder.LITTLE_ENDIAN);
        result.putLong(padded.length).put(padded).put(bytes.array(), 8 + length, bytes.capacity() - 8 - length);
        Files.write(file, result.array());
    }
}
