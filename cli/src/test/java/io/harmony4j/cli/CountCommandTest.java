package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountCommandTest {
    @TempDir
    private Path folder;

    @Test
    void readsStandardInputUnlessFilesAreGiven() throws IOException {
        String file = file("one.txt", "Hello world");

        assertThat(Run.withInput("Hello", "count").done()).isEqualTo("1\n");
        assertThat(Run.withInput("Hello", "count", "-").done()).isEqualTo("1\n");
        assertThat(Run.withInput("Hello", "count", file).done()).isEqualTo("2\t" + file + "\n");
    }

    @Test
    void severalFilesHaveATotal() throws IOException {
        String one = file("one.txt", "Hello world");
        String two = file("two.txt", "");

        assertThat(Run.withInput("Hello", "count", one, "-", two, "-").done())
                .isEqualTo("2\t%s\n1\n0\t%s\n0\n3\ttotal\n".formatted(one, two));
    }

    @Test
    void emptyInputHasNoTokens() {
        assertThat(Run.of("count").done()).isEqualTo("0\n");
        assertThat(Run.of("count", "--jsonl").done()).isEqualTo("0\n");
    }

    @Test
    void specialTokensInATextAreText() {
        assertThat(Run.withInput("<|start|>", "count").done()).isEqualTo("5\n");
    }

    @Test
    void longTextIsCountedInBlocks() {
        String text = "A line of text.\n\n  With another, indented.\nÜber 1000 more.\n".repeat(3_000);

        assertThat(Run.withInput(text, "count").done())
                .isEqualTo(Tokenizer.o200kHarmony().count(text) + "\n");
    }

    @Test
    void eachLineIsADocument() throws IOException {
        String file = file("corpus.jsonl", """
                "Hello world"
                {"id":1,"text":"Hello"}

                {"text":"Hello\\nworld"}\r
                {"text":""}""");

        assertThat(Run.of("count", "--jsonl", "--field", "text", file).done()).isEqualTo("6\t" + file + "\n");
        assertThat(Run.of("count", "--jsonl", "--field", "text", "--lines", file)
                        .done())
                .isEqualTo("2\t%1$s:1\n1\t%1$s:2\n3\t%1$s:4\n0\t%1$s:5\n6\t%1$s\n".formatted(file));
    }

    @Test
    void aConversationHasTheTokensOfItsPrompt() {
        String conversation = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}\n";
        String prompt = Run.withInput(conversation, "render", "-").done();

        assertThat(Run.withInput(conversation + conversation, "count", "--jsonl")
                        .done())
                .isEqualTo(2 * prompt.split(" ").length + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{         # expected JSON",
                "{'a':1}   # expected a string or a conversation but found {'a':1}; --field names a text's field",
                "[1]       # expected a string or a conversation but found [1]",
                "{'messages':[{'role':'robot','content':''}]} # expected a role",
                "{'messages':[{'role':'tool','content':''}]} # expected a tool's name",
            })
    void badDocumentIsRefusedWithItsLine(String line, String expected) {
        String input = "\"Hello\"\n\n" + line.replace('\'', '"') + "\n";

        assertThat(Run.withInput(input, "count", "--jsonl").badInput().replace('"', '\''))
                .startsWith("standard input: line 3: " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'a':1}      # expected a string in the field 'text' but found no such field",
                "{'text':[1]} # expected a string in the field 'text' but found [1]",
            })
    void theFieldMustHoldAString(String line, String expected) {
        assertThat(Run.withInput(line.replace('\'', '"'), "count", "--jsonl", "--field", "text")
                        .badInput()
                        .replace('"', '\''))
                .isEqualTo("standard input: line 1: " + expected);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
