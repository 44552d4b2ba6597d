package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.engine.Model;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that need a model, with a tiny random one of the engine's tests. */
class ModelCommandTest {
    private static final Path CASE = Path.of("../engine/src/test/resources/cases/a_l2_e4_k2");
    private static final String MODEL = CASE.resolve("original").toString();
    private static final String TOKENS = CASE.resolve("tokens.json").toString();

    @TempDir
    private Path folder;

    @Test
    void infoShowsTheShapeAndTheKernels() {
        Run run = Run.of("model", "info", "--model", MODEL, "--kernels", "plain");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("layout                   OpenAI")
                .contains("attention                sf")
                .contains("kernels                  plain Java");
        JsonValue json = Json.parse(Run.of(
                        "model",
                        "info",
                        "--json",
                        "--model",
                        CASE.resolve("gguf/mxfp4.gguf").toString())
                .out());
        assertThat(json.get("layout").text()).isEqualTo("GGUF");
        assertThat(json.get("experts_per_token").intValue()).isEqualTo(2);
    }

    @Test
    void logitsAreThoseGiven() throws IOException {
        Path out = folder.resolve("logits.f32");
        Run run = Run.of("model", "logits", "--model", MODEL, "--tokens", TOKENS, "--out", out.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("kernels: plain Java");
        ByteBuffer found = floats(out);
        byte[] npy = Files.readAllBytes(CASE.resolve("expected.npy"));
        ByteBuffer given = ByteBuffer.wrap(npy, 128, npy.length - 128).slice().order(ByteOrder.LITTLE_ENDIAN);
        assertThat(found.remaining()).isEqualTo(given.remaining()).isEqualTo(24 * 256 * 4);
        while (found.hasRemaining()) {
            assertThat(Math.abs(found.getFloat() - given.getFloat())).isLessThan(2e-3f);
        }
    }

    @Test
    void theLastRowsAreTheSameAlone() throws IOException {
        Path all = folder.resolve("all.f32");
        Path last = folder.resolve("last.f32");
        Run.of("model", "logits", "--model", MODEL, "--tokens", TOKENS, "--out", all.toString());
        Run.of("model", "logits", "--model", MODEL, "--tokens", TOKENS, "--out", last.toString(), "--last", "3");
        assertThat(floats(last)).isEqualTo(floats(all).position(21 * 256 * 4).slice());
    }

    @Test
    void badInputIsExplained() throws IOException {
        Path ids = Files.writeString(folder.resolve("ids.json"), "[1, 256]");
        String out = folder.resolve("out").toString();
        Run unknown = Run.of("model", "logits", "--model", MODEL, "--tokens", ids.toString(), "--out", out);
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("harmony: expected token ids from 0 to 255 but found 256 at index 1");

        Files.writeString(ids, "[1, \"a\"]");
        Run text = Run.of("model", "logits", "--model", MODEL, "--tokens", ids.toString(), "--out", out);
        assertThat(text.err()).contains("ids.json: expected token ids but found \"a\" at index 1");

        Run last = Run.of("model", "logits", "--model", MODEL, "--tokens", TOKENS, "--out", out, "--last", "25");
        assertThat(last.exitCode()).isEqualTo(2);
        assertThat(last.err()).contains("expected --last from 1 to 24, the number of tokens, but found 25");

        Run none = Run.of("model", "info", "--model", folder.toString());
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("expected config.json in this folder but there is none");

        Run int8 = Run.of("model", "info", "--model", MODEL, "--activations", "int8", "--kernels", "plain");
        assertThat(int8.exitCode()).isEqualTo(1);
        assertThat(int8.err()).contains("expected vector kernels for INT8 activations but plain ones were chosen");
    }

    @Test
    void anExportedModelIsTheSameWithAVocabulary() throws IOException {
        Path out = folder.resolve("tiny.gguf");
        Run run = Run.of("model", "export", "--model", "tiny", "--format", "gguf", "--out", out.toString());

        assertThat(run.done()).startsWith(out + ": 0.10 of 0.10 GB");
        int[] prompt = Tokenizer.o200kHarmony().encode("<|start|>user<|message|>Hi", AllowedSpecial.ALL);
        try (Model tiny = Model.tiny();
                Model exported = Model.load(out)) {
            assertThat(exported.layout()).isEqualTo("GGUF");
            assertThat(exported.append(exported.newSequence(), prompt))
                    .isEqualTo(tiny.append(tiny.newSequence(), prompt));
        }
        // 199,742 merges, and a name for each of the ids
        String text = new String(Files.readAllBytes(out), StandardCharsets.UTF_8);
        assertThat(text).contains("<|reserved_200004|>", "<|reserved_201087|>").doesNotContain("201088|>");
        assertThat(text).contains("Ġ Ġ", "h er", "å¼ Ģ");
    }

    @Test
    void anExportIsRefusedWhereItMakesNoSense() throws IOException {
        String out = folder.resolve("out.gguf").toString();
        Run small = Run.of("model", "export", "--model", MODEL, "--out", out);
        assertThat(small.badInput())
                .startsWith("expected a model of at least 200003 token ids")
                .endsWith("found 256");

        Run nowhere = Run.of(
                "model", "export", "--out", folder.resolve("none/out.gguf").toString());
        assertThat(nowhere.badInput())
                .isEqualTo("expected a folder to write out.gguf into but found none at " + folder.resolve("none"));

        Files.writeString(folder.resolve("out.gguf"), "mine");
        Run there = Run.of("model", "export", "--out", out);
        assertThat(there.exitCode()).isEqualTo(Run.WRONG_USAGE);
        assertThat(there.err()).contains("expected nothing at " + out + " but it is there; --force writes over it");
        assertThat(folder.resolve("out.gguf")).hasContent("mine");
    }

    @Test
    void aRandomGgufHasTheVocabularyUnlessAnotherIsAskedFor() throws IOException {
        Path usual = folder.resolve("usual.gguf");
        Path other = folder.resolve("other.gguf");
        String[] shape = {
            "model",
            "synth",
            "--format",
            "gguf",
            "--layers",
            "1",
            "--experts",
            "4",
            "--hidden-size",
            "32",
            "--intermediate-size",
            "32"
        };
        Run.of(Stream.concat(Stream.of(shape), Stream.of("--out", usual.toString()))
                        .toArray(String[]::new))
                .done();
        Run.of(Stream.concat(Stream.of(shape), Stream.of("--out", other.toString(), "--vocabulary-size", "300"))
                        .toArray(String[]::new))
                .done();

        assertThat(text(usual)).contains("tokenizer.ggml.merges").doesNotContain("no_vocab");
        assertThat(text(other)).contains("no_vocab").doesNotContain("tokenizer.ggml.merges");
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    @Test
    void generateSaysThatAVocabularyIsTooSmall() throws IOException {
        Path conversation =
                Files.writeString(folder.resolve("c.json"), "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        Run run = Run.of("generate", "--model", MODEL, conversation.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("expected token ids from 0 to 255 but found 200006 at index 0");
    }

    @Test
    void benchEngineShowsSpeedsBesideTheMemory() throws IOException {
        Path json = folder.resolve("speeds.json");
        Run run = Run.of(
                "bench",
                "engine",
                "--model",
                MODEL,
                "--prompt",
                "5",
                "--tokens",
                "3",
                "--rounds",
                "1",
                "--json",
                json.toString(),
                "--peer",
                "none=no-such-program");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("kernels: plain Java")
                .contains("Memory read: ")
                .contains("| Harmony4J |")
                .contains("Without none: ");
        JsonValue contender =
                Json.parse(Files.readString(json)).get("contenders").elements().get(0);
        assertThat(contender.get("tokens_per_s").elements().get(0).doubleValue())
                .isPositive();
    }

    @Test
    void benchEngineSaysHowToMakeACheckpointWhereThereIsNone() {
        Path missing = folder.resolve("missing.gguf");
        Run run = Run.of("bench", "engine", "--model", missing.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(missing + ": no such file or folder; harmony model synth --layers 6");
    }

    private static ByteBuffer floats(Path file) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
