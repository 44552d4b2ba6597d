package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeCommandTest {
    @TempDir
    private Path folder;

    @Test
    void idsComeFromArgumentsOrAFileOrStandardInput() throws IOException {
        Path file = Files.writeString(folder.resolve("ids.txt"), "13225\n2375\n");

        assertThat(Run.of("decode", "13225", "2375").done()).isEqualTo("Hello world\n");
        assertThat(Run.of("decode", "--file", file.toString()).done()).isEqualTo("Hello world\n");
        assertThat(Run.withInput("13225 2375", "decode").done()).isEqualTo("Hello world\n");
        assertThat(Run.withInput("13225 2375", "decode", "--file", "-").done()).isEqualTo("Hello world\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"13225,2375", "[13225, 2375]", "\t13225\r\n2375", "[13225]\n[2375]\n"})
    void idsMayBeWrittenAsListsAre(String ids) {
        assertThat(Run.withInput(ids, "decode").done()).isEqualTo("Hello world\n");
    }

    @Test
    void specialTokensAreTheirNames() {
        assertThat(Run.of("decode", "200006", "200007").done()).isEqualTo("<|start|><|end|>\n");
    }

    @Test
    void whatIsNotUtf8IsReplacedOrRefused() {
        assertThat(Run.of("decode", "9552").done()).isEqualTo(" \uFFFD\n");
        assertThat(Run.of("decode", "--strict", "9552").badInput())
                .isEqualTo("expected UTF-8 but found byte F0 at byte offset 1 of 3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "1 201089     # expected a token id from 0 to 201088 but found 201089 at index 1",
                "-1           # expected a token id from 0 to 201088 but found -1 at index 0",
                "1 2 99999999999 # expected a token id but found \"99999999999\" at index 2",
                "Hello        # expected a token id but found \"Hello\" at index 0",
                "1.5          # expected a token id but found \"1.5\" at index 0",
            })
    void whatIsNoIdIsBadInput(String ids, String expected) {
        assertThat(Run.of(("decode " + ids).split(" ")).badInput()).isEqualTo(expected);
        assertThat(Run.withInput(ids, "decode").badInput()).isEqualTo("standard input: " + expected);
    }

    @Test
    void noIdsAreNoText() {
        assertThat(Run.withInput("", "decode").done()).isEqualTo("\n");
    }
}
