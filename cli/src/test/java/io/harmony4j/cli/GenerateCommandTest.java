package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.ReasoningEffort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the tiny model, which always says the same at temperature 0. */
class GenerateCommandTest {
    @TempDir
    private Path folder;

    private String conversation = "";

    @BeforeEach
    void writeConversation() throws IOException {
        Conversation hello = Conversation.of(
                Message.system(Content.System.DEFAULT.withReasoningEffort(ReasoningEffort.LOW)),
                Message.user("Hello!"));
        conversation = Files.writeString(folder.resolve("conversation.json"), hello.toJson())
                .toString();
    }

    @Test
    void messagesAreWhatTheModelSaysUpToItsEnd() {
        Run run = greedy();
        List<String> messages = run.out().lines().toList();

        assertThat(run.exitCode()).isZero();
        assertThat(messages.get(messages.size() - 1))
                .startsWith("{\"role\":\"assistant\",\"content\":\"Hello")
                .endsWith("\"channel\":\"final\"}");
        assertThat(run.err())
                .containsPattern("^kernels: .* threads\n")
                .containsPattern(
                        "prompt: \\d+ tokens, 0 of them read before, \\d+\\.\\d tokens/s; generated: \\d+ tokens, "
                                + "\\d+\\.\\d tokens/s; ended by: stop\n$");
    }

    @Test
    void fieldsThatTheFormatDoesNotHaveAreNamedOrRefused() throws IOException {
        Path odd = Files.writeString(
                folder.resolve("odd.json"),
                Files.readString(Path.of(conversation)).replaceFirst("}$", ",\"thinking\":1}"));
        String sentence = odd + ": expected only fields of a conversation but found \"thinking\" at $.thinking";

        assertThat(Run.of("generate", "--max-tokens", "1", odd.toString()).err())
                .startsWith("harmony: warning: " + sentence);
        Run strict = Run.of("generate", "--strict-json", odd.toString());
        assertThat(strict.badInput()).startsWith(sentence);
        assertThat(strict.out()).isEmpty();
    }

    /** Returns the file of a conversation in which each of two answers has its analysis. */
    static String answeredTwice(Path folder) throws IOException {
        Conversation longer = Conversation.of(
                Message.user("Hello!"),
                Message.analysis("A greeting."),
                Message.answer("Hello."),
                Message.user("Hello!"),
                Message.analysis("Again."),
                Message.answer("Hello."),
                Message.user("Hello!"));
        return Files.writeString(folder.resolve("longer.json"), longer.toJson()).toString();
    }

    @Test
    void thePromptOfTheTinyModelIsAsInItsTraining() throws IOException {
        String file = answeredTwice(folder);
        String counted =
                Run.of("count", "--jsonl", "--analysis", "reference", file).done();
        String count = counted.substring(0, counted.indexOf('\t'));

        assertThat(Run.of("generate", "--max-tokens", "1", file).err()).contains("prompt: " + count + " tokens");
    }

    @Test
    void aRequestSaysHowToGenerate() throws IOException {
        String request =
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}],\"temperature\":%s,"
                        + "\"reasoning_effort\":\"low\",\"max_tokens\":%d,\"seed\":3}";
        String greedy = file("greedy.json", request.formatted("0", 5));
        String drawn = file("drawn.json", request.formatted("1.5", 20));
        String[] asIds = {"generate", "--to", "ids", "--date", "2026-01-01"};
        Run five = Run.of(with(asIds, greedy));

        assertThat(five.exitCode()).isZero();
        assertThat(five.out().lines()).hasSize(5);
        assertThat(five.err())
                .startsWith("harmony: note: " + greedy + ": read as a Chat Completions request; ")
                .endsWith("ended by: length\n");
        assertThat(Run.of(with(asIds, "--max-tokens", "2", greedy)).out().lines())
                .hasSize(2);
        assertThat(Run.of(with(asIds, drawn)).out())
                .isEqualTo(Run.of(with(asIds, "--temperature", "1.5", "--seed", "3", "--max-tokens", "20", greedy))
                        .out());
        assertThat(Run.of(with(asIds, "--temperature", "0", "--max-tokens", "5", drawn))
                        .out())
                .isEqualTo(five.out());
    }

    @Test
    void idsAreParsedToTheSameMessages() {
        String ids = greedy("--to", "ids").out();

        assertThat(ids).endsWith("\n200002\n");
        assertThat(Run.withInput(ids, "parse", "--strict").done()).isEqualTo(greedy().out());
        assertThat(Run.withInput(ids, "parse", "--to", "transcript").done())
                .isEqualTo(greedy("--to", "transcript").out());
        assertThat(Run.withInput(ids, "parse", "--to", "events").done())
                .isEqualTo(greedy("--to", "events").out());
    }

    @Test
    void theLimitEndsIt() {
        Run run = greedy("--to", "ids", "--max-tokens", "3");

        assertThat(run.out().lines()).hasSize(3);
        assertThat(run.err()).contains("generated: 3 tokens").endsWith("ended by: length\n");
    }

    @Test
    void repairsAreNoEvents() {
        // the parser repairs a header that ends with the stream
        Run run = greedy("--to", "events", "--max-tokens", "1");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
    }

    @Test
    void theSameSeedDrawsTheSameTokens() {
        String[] args = {"generate", "--temperature", "1.5", "--seed", "3", "--to", "ids", "--max-tokens", "20"};

        assertThat(Run.of(with(args, conversation)).out())
                .isEqualTo(Run.of(with(args, conversation)).out());
        assertThat(Run.of(with(args, "--top-k", "1", conversation)).out())
                .isEqualTo(greedy("--to", "ids", "--max-tokens", "20").out());
        assertThat(Run.of(with(args, "--top-p", "1e-9", conversation)).out())
                .isEqualTo(greedy("--to", "ids", "--max-tokens", "20").out());
        assertThat(Run.of(with(args, "--min-p", "1", conversation)).out())
                .isEqualTo(greedy("--to", "ids", "--max-tokens", "20").out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "--max-tokens 0   # expected at least 1 token to generate but found 0",
                "--temperature -1 # expected a temperature from 0 to 1000 but found -1.0",
                "--top-p 0        # expected top-p above 0 and up to 1 but found 0.0",
                "--top-k -1       # expected top-k of at least 0 but found -1",
                "--min-p 2        # expected min-p from 0 to 1 but found 2.0",
            })
    void impossibleSettingsAreBadInput(String setting, String expected) {
        assertThat(Run.of(with(("generate " + setting).split(" "), conversation))
                        .badInput())
                .isEqualTo(expected);
    }

    private String file(String name, String json) throws IOException {
        return Files.writeString(folder.resolve(name), json).toString();
    }

    private Run greedy(String... options) {
        return Run.of(with(with(new String[] {"generate", "--temperature", "0"}, options), conversation));
    }

    private static String[] with(String[] args, String... more) {
        String[] all = new String[args.length + more.length];
        System.arraycopy(args, 0, all, 0, args.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return all;
    }
}
