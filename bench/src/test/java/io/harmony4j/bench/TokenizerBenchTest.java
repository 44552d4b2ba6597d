package io.harmony4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerBenchTest {
    @TempDir
    private Path folder;

    private TokenizerBenchOptions options = TokenizerBenchOptions.of(new CorpusFolder(Path.of("none")));
    private final List<String> heard = new ArrayList<>();

    @BeforeEach
    void writeTexts() throws IOException {
        Files.writeString(folder.resolve("en.txt"), "The quick brown fox jumps over 13 lazy dogs.\n".repeat(60));
        Files.writeString(folder.resolve("zh.txt"), "敏捷的棕色狐狸跳过了懒狗。\n".repeat(60));
        options = TokenizerBenchOptions.of(new CorpusFolder(folder)).withSeconds(0.01);
    }

    @Test
    void eachSectionIsATable() throws IOException, InterruptedException {
        Set<Section> sections = EnumSet.complementOf(EnumSet.of(Section.HOSTILE, Section.UNSEEN, Section.LOAD));
        JsonObject result = run(options.withSections(sections));

        assertThat(heard.stream().filter(text -> text.startsWith("\n")))
                .zipSatisfy(
                        sections, (table, section) -> assertThat(table).startsWith("\n" + section.title() + "\n\n| "));
        assertThat(rows(result, "section"))
                .containsOnly("encode", "whole", "mixed", "mixed-unseen", "count", "decode", "threads");
        assertThat(result.get("seconds").doubleValue()).isEqualTo(0.01);
        assertThat(result.get("tokens_right").booleanValue()).isTrue();
        assertThat(result.get("notes").elements()).hasSize(2);
    }

    @Test
    void eachContenderHasItsFigures() throws IOException, InterruptedException {
        JsonObject result = run(options.withTexts(List.of("zh")).withSections(Set.of(Section.ENCODE, Section.LOAD)));

        assertThat(rows(result, "text")).containsExactly("zh", "zh", "", "");
        assertThat(rows(result, "contender")).containsExactly("Harmony4J", "JTokkit", "Harmony4J", "JTokkit");
        List<JsonValue> results = result.get("results").elements();
        assertThat(results.get(0).get("mb_per_s").members().keySet())
                .containsExactly("cpu_best", "cpu_median", "wall_best", "wall_median");
        assertThat(results.get(2).members().keySet())
                .containsExactly(
                        "section",
                        "text",
                        "contender",
                        "load_cpu_ms",
                        "load_wall_ms",
                        "first_encode_ms",
                        "heap_mb",
                        "peak_memory_mb");
        double ours = results.get(2).get("heap_mb").doubleValue();
        assertThat(ours).isPositive().isLessThan(results.get(3).get("heap_mb").doubleValue());
    }

    @Test
    void wrongTokensAreToldInTheResult() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("expected.tsv"), "name\tbytes\ttokens\tfnv1a64\nzh\t1\t1\tff\n");

        assertThat(run(options.withSections(Set.of())).get("tokens_right").booleanValue())
                .isFalse();
        assertThat(heard).anyMatch(note -> note.startsWith("Tokens of zh are not as expected: found "));
    }

    @Test
    void textsThatAreMissingAreNamed() {
        assertThatThrownBy(() -> run(options.withTexts(List.of("zh", "fr"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected one of the texts [en, zh] but found \"fr\"");
    }

    @Test
    void timeIsAboveZero() {
        assertThatThrownBy(() -> options.withSeconds(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected seconds above 0 but found NaN");
        assertThatThrownBy(() -> options.withSeconds(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private JsonObject run(TokenizerBenchOptions chosen) throws IOException, InterruptedException {
        return new TokenizerBench(chosen, new Notes(heard)).run();
    }

    private static List<String> rows(JsonObject result, String field) {
        return result.get("results").elements().stream()
                .map(row -> row.get(field).text())
                .toList();
    }
}
