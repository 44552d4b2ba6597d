package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParseCommandTest {
    private static final String TEXT = "<|channel|>final<|message|>Hi<|return|>";
    private static final String IDS = "200005 17196 200008 12194 200002";
    private static final String MESSAGE = "{\"role\":\"assistant\",\"content\":\"Hi\",\"channel\":\"final\"}\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {TEXT, TEXT + "\n", IDS, IDS + "\n", "[200005,17196,\n200008,12194,200002]"})
    void textAndIdsBecomeTheSameMessage(String input) throws IOException {
        Path file = Files.writeString(folder.resolve("answer"), input);

        assertThat(Run.of("parse", "--strict", file.toString()).done()).isEqualTo(MESSAGE);
        assertThat(Run.withInput(input, "parse", "--strict").done()).isEqualTo(MESSAGE);
    }

    @Test
    void streamPrintsEachEvent() {
        assertThat(Run.withInput(TEXT, "parse", "--stream").done()).isEqualTo("""
                        {"event":"message_started","role":"assistant","channel":"final"}
                        {"event":"content_delta","text":"Hi"}
                        {"event":"message_ended","ending":"return","message":%s}
                        """.formatted(MESSAGE.strip()));
    }

    @Test
    void streamPrintsAnEventBeforeTheNextIdComes() {
        StringWriter out = new StringWriter();
        StringBuilder printedBeforeLastLine = new StringBuilder();
        InputStream slow = new Lines(IDS.replace(' ', '\n') + "\n") {
            @Override
            void beforeLastLine() {
                printedBeforeLastLine.append(out);
            }
        };
        InputStream before = System.in;
        System.setIn(slow);
        try {
            HarmonyCommand.run(
                    HarmonyCommand.commandLine().setOut(new PrintWriter(out)), "parse", "--from", "ids", "--stream");
        } finally {
            System.setIn(before);
        }

        assertThat(printedBeforeLastLine).contains("\"text\":\"Hi\"").doesNotContain("message_ended");
    }

    @Test
    void theInputMayBeginWithItsOwnStart() {
        assertThat(Run.withInput("<|start|>user<|message|>Hi<|end|>", "parse", "--role", "none", "--strict")
                        .done())
                .isEqualTo("{\"role\":\"user\",\"content\":\"Hi\"}\n");
    }

    @Test
    void numbersMayBeText() {
        assertThat(Run.withInput("<|message|>1", "parse").done()).contains("\"content\":\"1\"");
        assertThat(Run.withInput("12", "parse", "--from", "text").out()).contains("\"content\":\"12\"");
    }

    @Test
    void onlyTheLastLineFeedIsLeftOut() {
        assertThat(Run.withInput("<|message|>a\n\n", "parse").done()).contains("\"content\":\"a\\n\"");
    }

    @Test
    void longTextIsReadInBlocks() {
        String content = "A line of text.\n".repeat(10_000);

        assertThat(Run.withInput("<|message|>" + content + "<|return|>\n", "parse", "--strict")
                        .done())
                .contains("\"content\":\"" + content.replace("\n", "\\n") + "\"");
    }

    @Test
    void repairsAreReportedInALineEach() {
        Run run = Run.withInput("<|message|>Hi<|end|><|message|>Hi<|return|>between\nmessages", "parse");

        assertThat(run.exitCode()).isEqualTo(Run.DONE);
        assertThat(run.out().lines()).hasSize(2);
        assertThat(run.err())
                .startsWith("harmony: token 3: read a header")
                .contains("left out what came after <|return|>: \"between\\nmessages\"")
                .doesNotContain("between\nmessages");
    }

    @Test
    void misspelledToolsAreRepaired() {
        Run run = Run.withInput(
                "<|channel|>commentary to=functions.Get_Weather<|message|>{}<|call|>",
                "parse",
                "--tools",
                "get_time,get_weather",
                "--tools",
                "other");

        assertThat(run.out()).contains("\"recipient\":\"functions.get_weather\"");
        assertThat(run.err()).contains("read the recipient as a declared tool");
    }

    @Test
    void strictFailsAtTheFirstError() {
        Run run = Run.withInput("<|message|>Hi<|end|>Hi", "parse", "--strict");

        assertThat(run.out()).isEqualTo("{\"role\":\"assistant\",\"content\":\"Hi\"}\n");
        assertThat(run.badInput())
                .isEqualTo("standard input: expected <|start|> (200006) but found \"Hi\" (12194) at token 3");
    }

    @Test
    void whatIsNoIdIsBadInput() {
        assertThat(Run.withInput("200005 final", "parse", "--from", "ids").badInput())
                .isEqualTo("standard input: expected a token id but found \"final\" at index 1");
    }

    @Test
    void unknownIdIsBadInputOnlyIfStrict() {
        assertThat(Run.withInput("200008 999999", "parse", "--strict").badInput())
                .contains("but found the id 999999, which is not in the vocabulary at token 1");
        assertThat(Run.withInput("200008 999999", "parse").exitCode()).isEqualTo(Run.DONE);
    }

    @Test
    void transcriptShowsHeadersAndContents() {
        String input = "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>commentary to=functions.f"
                + " <|constrain|>json<|message|>{}<|call|>";
        assertThat(Run.withInput(input, "parse", "--to", "transcript").done()).isEqualTo("""
                        assistant, analysis
                        Hm.

                        assistant to functions.f, commentary, json
                        {}

                        """);
    }

    @Test
    void chatIsWhatAChatClientGets() {
        String input = "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>commentary to=functions.f"
                + "<|message|>{}<|call|>";
        assertThat(Run.withInput(input, "parse", "--to", "chat").done())
                .isEqualTo(
                        "{\"reasoning\":\"Hm.\",\"content\":\"\",\"tool_calls\":"
                                + "[{\"id\":\"call_0\",\"name\":\"f\",\"arguments\":\"{}\"}],\"finish_reason\":\"tool_calls\"}\n");
    }

    @Test
    void callsAreNumberedInEachRun() {
        String call = "<|start|>assistant<|channel|>commentary to=functions.f<|message|>{}<|end|>";
        for (int i = 0; i < 2; i++) {
            assertThat(Run.withInput(call + call, "parse", "--role", "none", "--to", "chat")
                            .done())
                    .contains("{\"id\":\"call_0\",\"name\":\"f\"", "{\"id\":\"call_1\",\"name\":\"f\"");
        }
    }

    @Test
    void anAnswerWithoutItsEndTokenIsCutOff() {
        assertThat(Run.withInput("<|channel|>final<|message|>Hi", "parse", "--to", "chat")
                        .done())
                .isEqualTo("{\"reasoning\":\"\",\"content\":\"Hi\",\"tool_calls\":[],\"finish_reason\":\"length\"}\n");
    }

    @Test
    void strippedTextIsReadWhenAskedFor() {
        assertThat(Run.withInput("analysisHm.assistantfinalHi", "parse", "--stripped", "--to", "chat")
                        .out())
                .contains("\"reasoning\":\"Hm.\",\"content\":\"Hi\"");
        assertThat(Run.of("parse", "--stripped", "--strict").exitCode()).isEqualTo(Run.WRONG_USAGE);
    }

    @Test
    void emptyInputHasNoMessages() {
        assertThat(Run.withInput("", "parse", "--role", "none").done()).isEmpty();
        assertThat(Run.withInput("", "parse").out()).isEmpty();
        assertThat(Run.withInput("", "parse", "--strict").badInput())
                .isEqualTo("standard input: expected <|message|> (200008) but found the end of the stream at token 0");
    }

    /** A stream that gives a line each time it is asked. */
    private abstract static class Lines extends InputStream {
        private final byte[] bytes;
        private int at;

        Lines(String text) {
            bytes = text.getBytes(StandardCharsets.US_ASCII);
        }

        abstract void beforeLastLine();

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == bytes.length) {
                return -1;
            }
            int start = at;
            do {
                into[offset + at - start] = bytes[at];
            } while (bytes[at++] != '\n');
            if (at == bytes.length) {
                beforeLastLine();
            }
            return at - start;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }
    }
}
