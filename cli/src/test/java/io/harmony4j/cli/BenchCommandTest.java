package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeTexts() throws IOException {
        Files.writeString(folder.resolve("en.txt"), "The quick brown fox jumps over 13 lazy dogs.\n".repeat(60));
        Files.writeString(folder.resolve("zh.txt"), "敏捷的棕色狐狸跳过了懒狗。\n".repeat(60));
    }

    @Test
    void textsAreMeasuredBesideJTokkit() {
        String out =
                tokenizer("--sections", "encode,whole,count,decode,threads").done();

        assertThat(out)
                .contains(
                        " processors",
                        "Tokens of 0 of 2 texts are as expected.tsv has them, of 2 JTokkit's are the same")
                .contains(
                        "\nEncode documents, the same again and again\n\n| MB/s ", " | Harmony4J | JTokkit | ratio |\n")
                .contains("\nDecode documents to String\n", "\n| en ", "\n| zh ", "\n| geometric mean, cpu, best ")
                .contains("| threads |", "\n| 2       | ");
    }

    @Test
    void allFiguresAreInTheJson() throws IOException {
        Path json = folder.resolve("speeds.json");
        tokenizer("--only", "zh", "--sections", "encode,load", "--json", json.toString())
                .done();
        JsonValue run =
                Json.parse(Files.readString(json)).get("runs").elements().get(0);
        List<JsonValue> results = run.get("results").elements();

        assertThat(run.get("tokens_right").booleanValue()).isTrue();
        assertThat(run.get("java").text()).contains(Runtime.version().toString());
        assertThat(results)
                .extracting(row -> row.get("section").text() + " "
                        + row.get("text").text() + " " + row.get("contender").text())
                .containsExactly("encode zh Harmony4J", "encode zh JTokkit", "load  Harmony4J", "load  JTokkit");
        assertThat(results.get(0).get("mb_per_s").members().keySet())
                .containsExactly("cpu_best", "cpu_median", "wall_best", "wall_median");
        assertThat(results.get(2).get("load_cpu_ms").doubleValue()).isPositive();
        assertThat(results.get(2).get("heap_mb").doubleValue()).isPositive();
    }

    @Test
    void wrongTokensAreBadInput() throws IOException {
        Files.writeString(folder.resolve("expected.tsv"), "name\tbytes\ttokens\tfnv1a64\nzh\t1\t1\tff\n");
        Run run = tokenizer("--sections", "encode");

        assertThat(run.exitCode()).isEqualTo(Run.BAD_INPUT);
        assertThat(run.out()).contains("\nTokens of zh are not as expected: found ");
    }

    @Test
    void unknownTextsAreNamed() {
        assertThat(tokenizer("--only", "zh,fr").badInput())
                .isEqualTo("expected one of the texts [en, zh] but found \"fr\"");
    }

    @Test
    void differentialComparesALittleText() {
        assertThat(Run.of("bench", "differential", "--megabytes", "0.02", "--seed", "3")
                        .done())
                .matches("0 differences in \\d+ documents, 0.\\d MB of text, Java .*\n");
    }

    @Test
    void serverIsPutUnderLoad() throws IOException {
        Path json = folder.resolve("load.json");
        String out = Run.of(
                        "bench",
                        "serve",
                        "--parts",
                        "streams",
                        "--streams",
                        "5",
                        "--words",
                        "3",
                        "--millis",
                        "1",
                        "--heap",
                        "128m",
                        "--json",
                        json.toString())
                .done();

        assertThat(out).contains("Streams at a time", "| streams | answered | lost | mixed |");
        assertThat(Files.readAllLines(json))
                .hasSize(3)
                .allSatisfy(line ->
                        assertThat(Json.parse(line).get("answered").intValue()).isEqualTo(10));
    }

    @Test
    void loadIsAtLeastOneStream() {
        Run run = Run.of("bench", "serve", "--streams", "0");

        assertThat(run.exitCode()).isEqualTo(Run.WRONG_USAGE);
        assertThat(run.err()).contains("expected --streams, --words, --millis and --seconds of at least 1 but found 0");
    }

    private Run tokenizer(String... options) {
        String[] args = {"bench", "tokenizer", "--corpora", folder.toString(), "--seconds", "0.01"};
        String[] all = new String[args.length + options.length];
        System.arraycopy(args, 0, all, 0, args.length);
        System.arraycopy(options, 0, all, args.length, options.length);
        return Run.of(all);
    }
}
