package io.harmony4j.tiny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TinyCheckpointTest {
    private static final int VOCABULARY = 201_088;

    @TempDir
    static Path cache;

    private static Path checkpoint;

    @BeforeAll
    static void unpack() throws IOException {
        checkpoint = TinyCheckpoint.cached(cache, "tiny");
    }

    @Test
    void theFileIsTheOneThatWasTrained() throws IOException, NoSuchAlgorithmException {
        byte[] file = Files.readAllBytes(checkpoint.resolve(TinyCheckpoint.TENSORS));

        byte[] hash = MessageDigest.getInstance("SHA-256").digest(file);
        assertThat(HexFormat.of().formatHex(hash)).isEqualTo(TinyCheckpoint.sha256());
    }

    @Test
    void isWrittenOnce() throws IOException {
        Object key = fileKey();

        assertThat(TinyCheckpoint.cached(cache, "tiny")).isEqualTo(checkpoint);
        assertThat(fileKey()).isEqualTo(key);
        try (Stream<Path> files = Files.list(cache)) {
            assertThat(files).containsExactly(checkpoint);
        }
    }

    @Test
    void processesThatStartTogetherGetTheSameDirectory(@TempDir Path empty) {
        List<Path> paths =
                IntStream.range(0, 8).parallel().mapToObj(i -> cached(empty)).toList();

        assertThat(Set.copyOf(paths)).containsExactly(empty.resolve("tiny"));
        assertThat(empty).isDirectoryNotContaining(path -> path.toString().contains("tiny."));
    }

    @Test
    void doesNotOverwrite() {
        assertThatThrownBy(() -> TinyCheckpoint.unpack(checkpoint)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void theConfigurationIsThatOfGptOssButForItsSizes() throws IOException {
        JsonValue config = Json.parse(Files.readString(checkpoint.resolve(TinyCheckpoint.CONFIG)));

        assertThat(config.get("vocab_size").intValue()).isEqualTo(VOCABULARY);
        assertThat(config.get("rope_theta").doubleValue()).isEqualTo(150_000);
        assertThat(config.get("swiglu_limit").doubleValue()).isEqualTo(7);
    }

    /** A token whose rows are zero can be neither read nor written. */
    @Test
    void theModelKnowsTheTokensOfTheTestQuestionsAndAllNumbers() throws IOException {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        HarmonyRenderer renderer = new HarmonyRenderer(tokenizer);
        Set<Integer> needed = new TreeSet<>();
        for (Skill skill : Skill.values()) {
            for (Dialogue dialogue : TinySkills.testDialogues(skill, TinySkills.QUESTIONS_PER_SKILL)) {
                for (Sample sample : Sample.of(dialogue.conversation(), 0, renderer)) {
                    IntStream.of(sample.ids()).forEach(needed::add);
                }
            }
        }
        for (int digits = 1; digits <= 3; digits++) {
            for (int number = 0; number < Math.pow(10, digits); number++) {
                int[] ids = tokenizer.encode(String.format("%0" + digits + "d", number));
                assertThat(ids).hasSize(1);
                needed.add(ids[0]);
            }
        }

        assertThat(knownTokens("embedding.weight")).containsAll(needed);
        assertThat(knownTokens("unembedding.weight")).containsAll(needed);
    }

    private static Object fileKey() throws IOException {
        return Files.readAttributes(checkpoint, BasicFileAttributes.class).fileKey();
    }

    private static Path cached(Path directory) {
        try {
            return TinyCheckpoint.cached(directory, "tiny");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The rows that are not zero of a BF16 matrix of the checkpoint. */
    private static Set<Integer> knownTokens(String tensor) throws IOException {
        try (FileChannel file = FileChannel.open(checkpoint.resolve(TinyCheckpoint.TENSORS))) {
            ByteBuffer all =
                    file.map(FileChannel.MapMode.READ_ONLY, 0, file.size()).order(ByteOrder.LITTLE_ENDIAN);
            byte[] header = new byte[(int) all.getLong()];
            all.get(header);
            JsonValue entry =
                    Json.parse(new String(header, StandardCharsets.UTF_8)).get(tensor);
            assertThat(entry.get("dtype").text()).isEqualTo("BF16");
            assertThat(entry.get("shape").elements().get(0).intValue()).isEqualTo(VOCABULARY);
            int width = entry.get("shape").elements().get(1).intValue();
            int start = Long.BYTES
                    + header.length
                    + entry.get("data_offsets").elements().get(0).intValue();
            Set<Integer> known = new HashSet<>();
            for (int token = 0; token < VOCABULARY; token++) {
                for (int i = 0; i < width; i++) {
                    if (all.getShort(start + 2 * (token * width + i)) != 0) {
                        known.add(token);
                        break;
                    }
                }
            }
            return known;
        }
    }
}
