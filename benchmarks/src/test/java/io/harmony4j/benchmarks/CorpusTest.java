package io.harmony4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CorpusTest {
    @ParameterizedTest
    @EnumSource
    void documentsAreTheTextCutAtLineEnds(MadeText made) {
        Corpus corpus = Corpus.load(made.toString());

        assertThat(String.join("", corpus.documents())).isEqualTo(made.text());
        assertThat(corpus.bytes()).isEqualTo(bytes(made.text())).isBetween(50_000L, 55_000L);
        assertThat(corpus.documents()).hasSizeGreaterThan(10).allSatisfy(document -> {
            assertThat(document).endsWith("\n");
            assertThat(bytes(document)).isGreaterThanOrEqualTo(Corpus.MIN_DOCUMENT_BYTES);
        });
    }

    @Test
    void restThatIsTooShortJoinsTheLastDocument() {
        String line = "é".repeat(500) + "\n"; // 1001 bytes

        assertThat(Corpus.of(line + line + "rest").documents()).containsExactly(line, line + "rest");
        assertThat(Corpus.of("short").documents()).containsExactly("short");
        assertThat(Corpus.of("").documents()).isEmpty();
    }

    @Test
    void folderHasTheTextsOfItsFiles(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("ja.txt"), "東京");
        Files.writeString(folder.resolve("README.md"), "no text");
        Files.writeString(folder.resolve("de.txt"), "Berlin");

        assertThat(Corpus.names(folder)).containsExactly("de", "ja");
        assertThat(Corpus.load(folder, "ja").documents()).containsExactly("東京");
    }

    @Test
    void missingTextsAreNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> Corpus.names(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected files *.txt in " + folder + " but found none");
        assertThatThrownBy(() -> Corpus.load("latin"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected one of [english, java, ")
                .hasMessageEndingWith("] but found \"latin\"");
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
