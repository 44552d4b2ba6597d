package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizeCommandTest {
    @TempDir
    private Path folder;

    @Test
    void printsIdsOnALine() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "Hello world");

        assertThat(Run.of("tokenize", file.toString()).done()).isEqualTo("13225 2375\n");
        assertThat(Run.of("tokenize", "--text", "Hello world").done()).isEqualTo("13225 2375\n");
        assertThat(Run.withInput("Hello world", "tokenize").done()).isEqualTo("13225 2375\n");
        assertThat(Run.withInput("Hello world", "tokenize", "-").done()).isEqualTo("13225 2375\n");
    }

    @Test
    void printsJson() {
        assertThat(Run.of("tokenize", "--to", "json", "--text", "Größe \"日本\"\n😀")
                        .done())
                .isEqualTo("{\"tokens\":[3193,52715,392,9048,1092,84083],\"text\":\"Größe \\\"日本\\\"\\n😀\"}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "none             # 27 91 5236 91 3784 91 419 91 29",
                "all              # 200006 200007",
                "<|end|>          # 27 91 5236 91 29 200007",
                "<|end|>,<|start|> # 200006 200007",
            })
    void recognisesTheSpecialTokensAskedFor(String special, String ids) {
        assertThat(Run.of("tokenize", "--text", "<|start|><|end|>", "--special", special)
                        .done())
                .isEqualTo(ids + "\n");
    }

    @Test
    void longTextIsTokenizedInBlocks() {
        String text = "A line of text.\n\n  With another, indented.\nÜber 1000 more.\n".repeat(3_000);

        assertThat(Run.withInput(text, "tokenize").done())
                .isEqualTo(Arrays.stream(Tokenizer.o200kHarmony().encode(text))
                                .mapToObj(Integer::toString)
                                .collect(Collectors.joining(" "))
                        + "\n");
    }

    @Test
    void emptyTextHasNoTokens() {
        assertThat(Run.of("tokenize").done()).isEqualTo("\n");
        assertThat(Run.of("tokenize", "--text", "").done()).isEqualTo("\n");
        assertThat(Run.of("tokenize", "--to", "json").done()).isEqualTo("{\"tokens\":[],\"text\":\"\"}\n");
        assertThat(Run.of("tokenize", "--to", "colors").done()).isEqualTo("\n0 tokens\n");
    }

    @Test
    void colorsShowEachTokenOnItsOwnBackground() {
        assertThat(Run.of("tokenize", "--to", "colors", "--text", "Hello world").done())
                .isEqualTo("\u001B[30;48;5;153mHello\u001B[0m\u001B[30;48;5;157m world\u001B[0m\n2 tokens\n");
    }

    @Test
    void colorsShowTokensThatShareACharacterAsOne() {
        assertThat(Run.of("tokenize", "--to", "colors", "--text", "\uD808\uDC00")
                        .done())
                .isEqualTo("\u001B[30;48;5;153m\uD808\uDC00\u001B[0m\n4 tokens\n");
    }
}
