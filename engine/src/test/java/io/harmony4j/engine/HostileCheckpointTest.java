package io.harmony4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.engine.storage.TensorType;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers, names and sizes of strangers: each is refused by name, at once, or the model computes with it. */
@Timeout(120)
class HostileCheckpointTest {
    private static final GivenCase GIVEN = GivenCase.read("a_l2_e4_k2");

    /** What a number may be replaced by, as JSON. */
    private static final List<String> VALUES = List.of(
            "0",
            "-1",
            "1",
            "1.5",
            "1e-999",
            "1e999",
            "-1e999",
            "100000",
            "2147483647",
            "2147483648",
            "9223372036854775807",
            "18446744073709551616",
            "1" + "0".repeat(900),
            "\"2\"",
            "\"NaN\"",
            "true",
            "[1,2]",
            "{}",
            "{\"factor\":2}");

    private static final List<Integer> BITS = List.of(
            0,
            1,
            2,
            -1,
            Integer.MAX_VALUE,
            Integer.MIN_VALUE,
            100_000,
            Float.floatToIntBits(Float.NaN),
            Float.floatToIntBits(Float.POSITIVE_INFINITY),
            Float.floatToIntBits(Float.NEGATIVE_INFINITY),
            Float.floatToIntBits(1e-30f),
            Float.floatToIntBits(3e38f),
            Float.floatToIntBits(1.5f),
            Float.floatToIntBits(-1f));

    @TempDir
    private Path folder;

    /** The configuration as it was. */
    private JsonObject given = JsonObject.EMPTY;

    // config.json

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "num_hidden_layers | 2147483647 | an integer from 1 to 512",
                "num_hidden_layers | 0 | an integer from 1 to 512",
                "hidden_size | 99999999999 | an integer from 1 to 131072",
                "intermediate_size | -64 | an integer from 1 to 131072",
                "vocab_size | 2147483647 | an integer from 1 to 16777216",
                "num_attention_heads | 1000000 | an integer from 1 to 4096",
                "num_key_value_heads | 0 | an integer from 1 to 4096",
                "head_dim | 2147483646 | an integer from 2 to 4096",
                "num_experts | 2147483647 | an integer from 1 to 1024",
                "experts_per_token | 2147483647 | an integer from 1 to 1024",
                "sliding_window | 2147483647 | an integer from 1 to 1048576",
                "sliding_window | 8.5 | an integer",
                "initial_context_length | 0 | an integer from 1 to 134217728",
                "max_position_embeddings | 1e999 | an integer",
                "max_position_embeddings | 2147483648 | an integer from 1 to 134217728",
                "rope_theta | 1e999 | a number from 1.01 to 10000000000",
                "rope_theta | -150000 | a number from 1.01 to 10000000000",
                "rope_theta | true | a number",
                "rope_scaling_factor | 1e300 | a number from 1 to 1000000",
                "rope_ntk_alpha | 0 | a number from 0.000001 to 1000000",
                "rope_ntk_beta | 1e999 | a number from 0.000001 to 1000000",
                "swiglu_limit | 1e39 | a number from 0.001 to 1000000",
                "swiglu_alpha | 0 | a number from 0.001 to 1000",
                "rms_norm_eps | 0 | a number from 0.000000000001 to 1",
            })
    void aNumberOutOfRangeIsRefusedByItsKey(String key, String value, String expected) throws IOException {
        copy("original");
        writeConfig(config -> config.put(key, value));
        assertRefused("config.json: key " + key + ": expected " + expected + " but found ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "num_key_value_heads=3 | keys num_attention_heads and num_key_value_heads: expected attention heads divisible by",
                "head_dim=7 | key head_dim: expected an even head size but found 7",
                "experts_per_token=5 | keys experts_per_token and num_experts: expected at most 4 experts per token",
                "rope_ntk_alpha=32 | keys rope_ntk_alpha and rope_ntk_beta: expected beta_slow < beta_fast but found 32.0 and 32.0",
                "rope_scaling_factor=1000000 | keys initial_context_length and rope_scaling_factor: expected a product",
                "head_dim=4096;num_attention_heads=4096 | keys num_attention_heads and num_key_value_heads and head_dim: expected at most 262144",
                "intermediate_size=131072;experts_per_token=4 | keys experts_per_token and hidden_size and intermediate_size: expected at most",
                "num_hidden_layers=512;num_experts=1024;intermediate_size=8192 | keys num_hidden_layers and num_experts and",
                "num_hidden_layers=500 | expected tensor block.2.attn.norm.scale but there is none among 33; key num_hidden_layers says 500",
            })
    void numbersThatDoNotFitEachOtherAreRefusedByTheirKeys(String changes, String problem) throws IOException {
        copy("original");
        writeConfig(config -> {
            for (String change : changes.split(";", -1)) {
                config.put(change.substring(0, change.indexOf('=')), change.substring(change.indexOf('=') + 1));
            }
        });
        assertRefused(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rope_scaling | 5 | key rope_scaling: expected an object but found 5",
                "rope_parameters | [] | key rope_parameters: expected an object but found a list",
                "layer_types | \"sliding_attention\" | key layer_types: expected a list but found",
                "layer_types | [\"full_attention\"] | key layer_types: expected a kind of attention for each of 2 layers but found 1",
                "rope_scaling | {\"rope_type\":\"yarn\",\"factor\":-1} | key factor: expected a number from 1 to 1000000 but found -1",
                "rope_scaling | {\"truncate\":1} | key truncate: expected true or false but found 1",
                "rope_scaling | {\"attention_factor\":1e999} | key attention_factor: expected a number from 0.001 to 1000",
                "rope_scaling | {\"beta_fast\":1,\"beta_slow\":1} | keys beta_slow and beta_fast: expected",
                "num_local_experts | \"x\" | key num_local_experts: expected an integer but found \"x\"",
            })
    void otherValuesAreRefusedByTheirKeys(String key, String value, String problem) throws IOException {
        copy("hf");
        writeConfig(config -> config.put(key, value));
        assertRefused(problem);
    }

    /** Every key that is in a file, with every value: what is not refused computes numbers. */
    @ParameterizedTest
    @ValueSource(strings = {"original", "hf"})
    void everyKeyWithEveryValueIsRefusedOrComputes(String layout) throws IOException {
        copy(layout);
        JsonObject config =
                (JsonObject) Json.parse(Files.readString(GIVEN.path(layout).resolve("config.json")));
        List<String> keys = new ArrayList<>(config.members().keySet());
        keys.addAll(
                List.of("swiglu_alpha", "rms_norm_eps", "max_position_embeddings", "rope_parameters", "rope_theta"));
        for (String value : VALUES) {
            for (String key : keys) {
                writeConfig(members -> members.put(key, value));
                openAndCompute(folder, true, key + " = " + value);
            }
            for (String key : config.get("rope_scaling").members().keySet()) {
                Map<String, String> scaling = texts((JsonObject) config.get("rope_scaling"));
                scaling.put(key, value);
                writeConfig(members -> members.put("rope_scaling", object(scaling)));
                openAndCompute(folder, true, "rope_scaling." + key + " = " + value);
            }
        }
    }

    @Test
    void aConfigurationOfAnyLengthOrKindIsNotRead() throws IOException {
        copy("original");
        try (FileChannel channel = FileChannel.open(folder.resolve("config.json"), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), 20_000_000_000L);
        }
        assertRefused("config.json: expected a file of at most 16777216 bytes but found 20000000001");
        Files.delete(folder.resolve("config.json"));
        Files.createDirectory(folder.resolve("config.json"));
        assertRefused("config.json: expected a file but found a folder");
    }

    // Shards

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc",
                "/",
                "..",
                ".",
                "",
                " ",
                "a/b",
                "a/../b",
                "../model.safetensors",
                "a\\b",
                "C:model",
                "model\u0000",
                "a\nb",
                "\ud800"
            })
    void aShardThatIsNoFileOfTheFolderIsRefused(String name) throws IOException {
        copy("hf");
        JsonObject map = JsonObject.of("norm", JsonValue.of(name));
        // an unpaired surrogate can be written as an escape only
        String json = "{\"weight_map\":" + (name.equals("\ud800") ? "{\"norm\":\"\\ud800\"}" : Json.write(map)) + "}";
        Files.writeString(folder.resolve("model.safetensors.index.json"), json);
        assertRefused(
                "model.safetensors.index.json: key weight_map: expected names of files in this folder but found \"");
    }

    @Test
    void aShardWhoseNameIsLongIsRefusedInAShortText() throws IOException {
        copy("hf");
        JsonObject map = JsonObject.of("n".repeat(40_000), JsonValue.of("x".repeat(100_000)));
        Files.writeString(folder.resolve("model.safetensors.index.json"), Json.write(JsonObject.of("weight_map", map)));
        assertRefused("key weight_map: expected names of files in this folder")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(2000));
    }

    // Tensors

    @Test
    void tensorsThatHaveBytesInCommonAreRefused() throws IOException {
        copy("original");
        Path file = folder.resolve("model.safetensors");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) bytes.getLong(0);
        JsonObject header = (JsonObject) Json.parse(new String(bytes.array(), 8, length, StandardCharsets.UTF_8));
        JsonValue place = header.get("block.1.attn.norm.scale");
        JsonObject changed =
                header.toBuilder().put("block.0.attn.norm.scale", place).build();
        byte[] json = Json.write(changed).getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, length);
        Arrays.fill(padded, json.length, length, (byte) ' ');
        Files.write(file, bytes.put(8, padded).array());
        assertRefused("expected bytes of its own but found them in tensor block.");
    }

    @Test
    void rowsOverAGibibyteAreRefused() throws IOException {
        MappedFile file = MappedFile.open(Files.write(folder.resolve("any"), new byte[8]));
        Tensor tensor = new Tensor("wide", TensorType.F32, List.of(1L, 1L << 29), file, 0);
        assertThatThrownBy(tensor::matrices)
                .isInstanceOf(CheckpointException.class)
                .hasMessageEndingWith("tensor wide: expected at most 1073741824 bytes a row but found 2147483648");
    }

    @Test
    void aFileThatIsTooLargeToBeMappedIsRefused() {
        assertThatThrownBy(() -> MappedFile.requireSize(folder, Long.MAX_VALUE, 1L << 42))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(folder + ": expected a file of at most 4398046511104 bytes but found 9223372036854775807");
    }

    // GGUF

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gpt-oss.block_count | 4 | 2147483647 | expected an integer from 1 to 512 but found 2147483647",
                "gpt-oss.block_count | 4 | -1 | expected an integer from 1 to 512 but found 4294967295",
                "gpt-oss.context_length | 4 | 0 | expected an integer from 1 to 134217728 but found 0",
                "gpt-oss.attention.sliding_window | 4 | 2147483647 | expected an integer from 1 to 1048576 but found 2147483647",
                "gpt-oss.attention.head_count | 6 | 0 | expected an integer from 1 to 4096 but found 0.0",
                "gpt-oss.rope.freq_base | 6 | 2143289344 | expected a number from 1.01 to 10000000000 but found NaN",
                "gpt-oss.rope.freq_base | 6 | 2139095040 | expected a number from 1.01 to 10000000000 but found Infinity",
                "gpt-oss.rope.scaling.factor | 5 | -5 | expected a number from 1 to 1000000 but found -5",
                "gpt-oss.attention.layer_norm_rms_epsilon | 6 | 0 | expected a number from 0.000000000001 to 1 but found 0.0",
            })
    void aNumberOfAGgufOutOfRangeIsRefusedByItsKey(String key, int type, int bits, String problem) throws IOException {
        byte[] bytes = Files.readAllBytes(GIVEN.path("gguf/f32.gguf"));
        Path file = folder.resolve("a.gguf");
        Files.write(file, with(bytes, key, type, bits));
        assertRefused(file, "key " + key + ": " + problem);
    }

    /** Every number of four bytes that is in a file, with every value of each type of four bytes. */
    @Test
    void everyKeyOfAGgufWithEveryValueIsRefusedOrComputes() throws IOException {
        byte[] bytes = Files.readAllBytes(GIVEN.path("gguf/mxfp4.gguf"));
        Path file = folder.resolve("a.gguf");
        int changed = 0;
        for (String key :
                GgufFile.read(GIVEN.path("gguf/mxfp4.gguf")).metadata().keySet()) {
            int type = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(end(bytes, key));
            if (type >= 4 && type <= 6) {
                for (int bits : BITS) {
                    for (int other = 4; other <= 6; other++) {
                        Files.write(file, with(bytes, key, other, bits));
                        openAndCompute(file, true, key + " = " + bits + " of type " + other);
                        changed++;
                    }
                }
            }
        }
        assertThat(changed).isGreaterThan(300);
    }

    /** Random bytes of the header, several at once. */
    @Test
    void aDamagedHeaderIsRefusedOrComputes() throws IOException {
        byte[] whole = Files.readAllBytes(GIVEN.path("gguf/mxfp4.gguf"));
        Path file = folder.resolve("a.gguf");
        Random random = new Random(17);
        for (int round = 0; round < 500; round++) {
            byte[] bytes = whole.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                bytes[random.nextInt(2500)] = (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(16));
            }
            Files.write(file, bytes);
            openAndCompute(file, false, "round " + round);
        }
    }

    @Test
    void textsHaveATotalLimit() throws IOException {
        ByteBuffer header = gguf(0, 18);
        for (int i = 0; i < 18; i++) {
            string(header, "general.text" + i).putInt(8);
            string(header, "x".repeat(1_000_000));
        }
        assertGgufRefused(
                header, "key general.text16: expected at most 16777216 bytes of keys, names and texts together");
    }

    @Test
    void arraysAreNotWalkedWithoutEnd() throws IOException {
        // 20 million empty lists in a list
        ByteBuffer header = gguf(0, 1);
        string(header, "a").putInt(9).putInt(9).putLong(20_000_000);
        assertSparseRefused(
                header, 400_000_000_000L, "key a: expected at most 16777216 texts and arrays in all arrays together");
        // hundreds of gigabytes of bytes, which are passed over at once, and a key without a name
        header = gguf(0, 2);
        string(header, "a").putInt(9).putInt(0).putLong(300_000_000_000L);
        assertSparseRefused(header, 400_000_000_000L, "key general.architecture: expected \"gpt-oss\" but found none");
        header = gguf(0, 1);
        string(header, "a").putInt(9).putInt(12).putLong(300_000_000_000L);
        assertSparseRefused(header, 400_000_000_000L, "the file ends at byte 400000000000, within its header");
        header = gguf(0, 1);
        string(header, "a").putInt(9);
        for (int i = 0; i < 9; i++) {
            header.putInt(9).putLong(1);
        }
        assertGgufRefused(header, "key a: expected arrays at most 8 deep");
        header = gguf(0, 1);
        string(header, "a").putInt(9).putInt(13).putLong(0);
        assertGgufRefused(header, "key a: expected elements of type 0 to 12 but found type 13");
    }

    @Test
    void countsAndAlignmentsHaveLimits() throws IOException {
        assertGgufRefused(gguf(1L << 40, 0), "expected at most 65536 tensors but found 1099511627776");
        assertGgufRefused(gguf(0, -1), "expected at most 65536 keys but found 18446744073709551615");
        ByteBuffer header = gguf(0, 1);
        string(header, "general.alignment").putInt(10).putLong(1L << 62);
        assertGgufRefused(
                header, "key general.alignment: expected a power of two up to 1048576 but found 4611686018427387904");
        header = gguf(0, 1);
        string(header, "general.alignment").putInt(8);
        string(header, "32");
        assertGgufRefused(header, "key general.alignment: expected a power of two up to 1048576 but found 32");
        header = gguf(0, 1);
        string(header, "split.count").putInt(2).putShort((short) 2);
        assertGgufRefused(header, "key split.count: expected the whole model in one file but found one of 2 parts");
        header = gguf(0, 2);
        for (int i = 0; i < 2; i++) {
            string(header, "general.architecture").putInt(8);
            string(header, "gpt-oss");
        }
        assertGgufRefused(header, "key general.architecture: expected it once but found it again");
        header = gguf(0, 1);
        string(header, "general.architecture").putInt(8);
        string(header, "y".repeat(100_000));
        assertGgufRefused(header, "key general.architecture: expected \"gpt-oss\" but found \"yyyy")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(2000));
    }

    @Test
    void aTensorOfAGgufIsWithinTheFileAndThereOnce() throws IOException {
        ByteBuffer header = gguf(1, 0);
        string(header, "t")
                .putInt(2)
                .putLong(1L << 40)
                .putLong(1L << 40)
                .putInt(0)
                .putLong(0);
        assertGgufRefused(header, "tensor t: expected a shape of less than 2^57 elements but found [1099511627776, 10");
        header = gguf(1, 0);
        string(header, "t").putInt(1).putLong(-1).putInt(0).putLong(0);
        assertGgufRefused(
                header, "tensor t: expected a shape of less than 2^57 elements but found [18446744073709551615]");
        header = gguf(1, 0);
        string(header, "t").putInt(1).putLong(4).putInt(0).putLong(Long.MAX_VALUE);
        assertGgufRefused(header, "tensor t: expected 16 bytes of F32 [4] from byte 9223372036854775807 of the data");
        header = gguf(1, 0);
        string(header, "t").putInt(1).putLong(4).putInt(-1).putLong(0);
        assertGgufRefused(header, "MXFP4 (39) but found ggml type 4294967295");
        header = gguf(2, 0);
        string(header, "t").putInt(1).putLong(4).putInt(0).putLong(0);
        string(header, "t").putInt(1).putLong(4).putInt(0).putLong(32);
        assertGgufRefused(header, "tensor t: expected it once but found it again");
    }

    /** A header's beginning; what follows is appended. */
    private static ByteBuffer gguf(long tensors, long keys) {
        return ByteBuffer.allocate(20_000_000)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("GGUF".getBytes(StandardCharsets.US_ASCII))
                .putInt(3)
                .putLong(tensors)
                .putLong(keys);
    }

    private static ByteBuffer string(ByteBuffer to, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return to.putLong(utf8.length).put(utf8);
    }

    /** Returns what was written, and some zeros. */
    private static byte[] bytes(ByteBuffer written, int zeros) {
        byte[] bytes = new byte[written.position() + zeros];
        written.get(0, bytes, 0, written.position());
        return bytes;
    }

    private AbstractThrowableAssert<?, ?> assertGgufRefused(ByteBuffer header, String problem) throws IOException {
        Path file = folder.resolve("made.gguf");
        Files.write(file, bytes(header, 128));
        return assertRefused(file, problem);
    }

    private void assertSparseRefused(ByteBuffer header, long size, String problem) throws IOException {
        Path file = folder.resolve("sparse.gguf");
        Files.write(file, bytes(header, 0));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), size - 1);
        }
        assertRefused(file, problem);
        Files.delete(file);
    }

    /** Returns the file with another value of four bytes for a key that has one of four bytes. */
    private static byte[] with(byte[] gguf, String key, int type, int bits) {
        byte[] changed = gguf.clone();
        ByteBuffer.wrap(changed)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(end(gguf, key), type)
                .putInt(end(gguf, key) + 4, bits);
        return changed;
    }

    /** Returns where a key ends, and the type of its value begins. */
    private static int end(byte[] gguf, String key) {
        ByteBuffer named = ByteBuffer.allocate(8 + key.length()).order(ByteOrder.LITTLE_ENDIAN);
        string(named, key);
        byte[] wanted = named.array();
        for (int at = 0; at < gguf.length - wanted.length; at++) {
            if (Arrays.equals(gguf, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at + wanted.length;
            }
        }
        throw new AssertionError("no key " + key);
    }

    /** Opens a checkpoint, and if it is not refused, computes with it: nothing else may happen. */
    private static void openAndCompute(Path path, boolean weightsStay, String what) {
        try (Model model = Model.load(path, ModelOptions.DEFAULT.withThreads(1))) {
            int[] tokens = {1, 2, 3};
            tokens = Arrays.copyOf(tokens, Math.min(3, model.config().contextLength()));
            float[] logits = model.append(model.newSequence(), tokens);
            assertThat(!weightsStay || Float.isFinite(logits[Sampler.argMax(logits)]))
                    .as(what)
                    .isTrue();
        } catch (CheckpointException e) {
            assertThat(e.getMessage()).as(what).startsWith(path.toString());
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what, e);
        }
    }

    private AbstractThrowableAssert<?, ?> assertRefused(String problem) {
        return assertRefused(folder, problem);
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(Path path, String problem) {
        return assertThatThrownBy(() -> Checkpoint.open(path))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(path.toString())
                .hasMessageContaining(problem);
    }

    private void copy(String layout) throws IOException {
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(GIVEN.path(layout).resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        given = (JsonObject) Json.parse(Files.readString(folder.resolve("config.json")));
    }

    /** Writes the configuration as it was, changed; members are JSON texts, because not all that is tried can be a value. */
    private void writeConfig(Consumer<Map<String, String>> change) throws IOException {
        Map<String, String> members = texts(given);
        change.accept(members);
        Files.writeString(folder.resolve("config.json"), object(members));
    }

    private static Map<String, String> texts(JsonObject object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.members().forEach((name, value) -> texts.put(name, Json.write(value)));
        return texts;
    }

    private static String object(Map<String, String> members) {
        List<String> texts = new ArrayList<>();
        members.forEach((name, value) -> texts.add('"' + name + "\":" + value));
        return "{" + String.join(",", texts) + "}";
    }
}
