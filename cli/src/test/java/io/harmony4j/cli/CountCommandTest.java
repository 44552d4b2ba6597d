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

    @Test
    void aRequestHasTheTokensOfItsPrompt() throws IOException {
        String request = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
        String response = "{\"input\":\"Hello\"}";
        int prompt =
                Run.withInput(request, "render", "-", "--from", "chat").done().split(" ").length;
        String file = file("requests.jsonl", request + "\n" + response + "\n\"Hello\"\n" + request + "\n");
        Run run = Run.of("count", "--jsonl", file);

        assertThat(run.exitCode()).isEqualTo(Run.DONE);
        assertThat(run.out()).isEqualTo(3 * prompt + 1 + "\t" + file + "\n");
        assertThat(run.err()).isEqualTo("""
                        harmony: note: %1$s: line 1: read as a Chat Completions request; --from overrides this
                        harmony: note: %1$s: line 2: read as a Responses request; --from overrides this
                        """.formatted(file));
        assertThat(Run.withInput(request + "\n" + request, "count", "--jsonl", "--from", "chat")
                        .done())
                .isEqualTo(2 * prompt + "\n");
        assertThat(Run.withInput(request.replace(",", ",\n"), "count", "--from", "chat")
                        .done())
                .isEqualTo(prompt + "\n");
        assertThat(Run.withInput(request, "count").done())
                .isEqualTo(Tokenizer.o200kHarmony().count(request) + "\n");
        assertThat(Run.withInput("\n{\"messages\":[]}", "count", "--jsonl", "--from", "chat")
                        .badInput())
                .isEqualTo(
                        "standard input: line 2: Invalid 'messages': empty array. Expected an array with minimum length 1,"
                                + " but got an empty array instead. (param messages, code empty_array)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{         # expected JSON",
                "{'a':1}   # expected a string or a conversation but found {'a':1}; --field names a text's field",
                "[1]       # expected a string or a conversation but found [1]",
                "[{'role':'user','content':''}] # expected a conversation as an object but found a list at $ (line 1,"
                        + " column 1); a list of messages goes into one, as in {'messages': [...]}",
                "{'role':'user','content':''} # expected a conversation but found an object at $ (line 1, column 1);"
                        + " a message goes into a list of messages, as in {'messages': [{...}]}",
                "{'messages':[{'role':'robot','content':''}]} # expected a role",
                "{'messages':[{'role':'tool','content':''}]} # expected a tool's name",
            })
    void badDocumentIsRefusedWithItsLine(String line, String expected) {
        String input = "\"Hello\"\n\n" + line.replace('\'', '"') + "\n";

        assertThat(Run.withInput(input, "count", "--jsonl").badInput().replace('"', '\''))
                .startsWith("standard input: line 3: " + expected);
    }

    @Test
    void aFileThatCannotBeCountedDoesNotKeepTheOthersFromIt() throws IOException {
        String good = file("good.txt", "Hello world");
        String missing = folder.resolve("missing.txt").toString();
        Path latin1 = Files.write(folder.resolve("latin1.txt"), new byte[] {'a', (byte) 0xFC});
        Run run = Run.of("count", good, missing, latin1.toString(), folder.toString(), good);

        assertThat(run.exitCode()).isEqualTo(Run.BAD_INPUT);
        assertThat(run.out()).isEqualTo("2\t%1$s\n2\t%1$s\n4\ttotal\n".formatted(good));
        assertThat(run.err().lines())
                .containsExactly(
                        "harmony: expected a file or folder but found none at " + missing,
                        "harmony: " + latin1 + ": expected UTF-8 but found byte FC at byte offset 1",
                        "harmony: expected a file but found a directory at " + folder);
    }

    @Test
    void aBadDocumentEndsItsFileOnly() throws IOException {
        String bad = file("bad.jsonl", "\"Hello\"\n{\n");
        String good = file("good.jsonl", "\"Hello\"\n");
        Run run = Run.of("count", "--jsonl", "--lines", bad, good);

        assertThat(run.exitCode()).isEqualTo(Run.BAD_INPUT);
        assertThat(run.out()).isEqualTo("1\t%1$s:1\n1\t%2$s:1\n1\t%2$s\n1\ttotal\n".formatted(bad, good));
        assertThat(run.err())
                .startsWith("harmony: " + bad + ": line 2: expected JSON")
                .containsOnlyOnce("\n");
    }

    @Test
    void fieldsThatTheFormatDoesNotHaveAreNamedWithTheirLineOrRefused() throws IOException {
        String odd = "{\"messages\":[],\"id\":1}\n";
        String sentence =
                ": line 2: expected only fields of a conversation but found \"id\" at $.id (line 1, column 21)\n";
        String file = file("odd.jsonl", "\"Hello\"\n" + odd);
        String good = file("good.jsonl", "\"Hello\"\n");
        Run lenient = Run.of("count", "--jsonl", file, good);
        Run strict = Run.of("count", "--jsonl", "--strict-json", file, good);

        assertThat(lenient.exitCode()).isEqualTo(Run.DONE);
        assertThat(lenient.out()).isEqualTo("3\t%s\n1\t%s\n4\ttotal\n".formatted(file, good));
        assertThat(lenient.err()).isEqualTo("harmony: warning: " + file + sentence);
        assertThat(strict.exitCode()).isEqualTo(Run.BAD_INPUT);
        assertThat(strict.out()).isEqualTo("1\t%s\n1\ttotal\n".formatted(good));
        assertThat(strict.err()).isEqualTo("harmony: " + file + sentence);
        assertThat(Run.withInput(odd, "count", "--jsonl", "--strict-json").out())
                .isEmpty();
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
