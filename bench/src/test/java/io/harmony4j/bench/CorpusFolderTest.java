package io.harmony4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.bench.CorpusFolder.ExpectedTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusFolderTest {
    @TempDir
    private Path folder;

    @Test
    void textsAreItsFiles() throws IOException {
        Files.writeString(folder.resolve("ja.txt"), "東京");
        Files.writeString(folder.resolve("README.md"), "no text");
        Files.writeString(folder.resolve("de.txt"), "Berlin\r\n");
        CorpusFolder corpora = new CorpusFolder(folder);

        assertThat(corpora.names()).containsExactly("de", "ja");
        assertThat(corpora.load("ja").documents()).containsExactly("東京");
        assertThat(corpora.load("de").text()).isEqualTo("Berlin\r\n");
    }

    @Test
    void noTextsAndNoUtf8AreRefused() throws IOException {
        CorpusFolder corpora = new CorpusFolder(folder);
        assertThatThrownBy(corpora::names)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected files *.txt in " + folder + " but found none");

        Path latin1 = Files.write(folder.resolve("de.txt"), new byte[] {(byte) 0xFC});
        assertThatThrownBy(() -> corpora.load("de"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(latin1 + ": expected UTF-8 but found other bytes");
    }

    @Test
    void expectedTokensAreThoseOfTheTable() throws IOException {
        CorpusFolder corpora = new CorpusFolder(folder);
        assertThat(corpora.expected()).isEmpty();

        Files.writeString(
                folder.resolve("expected.tsv"), "name\tbytes\ttokens\tfnv1a64\nen\t11\t2\tc8f551077f2910f9\n");
        ExpectedTokens expected = new ExpectedTokens(2, 0xc8f551077f2910f9L);
        assertThat(corpora.expected()).containsExactly(Map.entry("en", expected));
        assertThat(expected.are(new int[] {13225, 2375})).isTrue();
        assertThat(expected.are(new int[] {2375, 13225})).isFalse();

        Path file = Files.writeString(folder.resolve("expected.tsv"), "name\tbytes\ttokens\tfnv1a64\nen\t11\n");
        assertThatThrownBy(corpora::expected)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + ": expected name, bytes, tokens and hash but found \"en\t11\" in line 2");
    }
}
