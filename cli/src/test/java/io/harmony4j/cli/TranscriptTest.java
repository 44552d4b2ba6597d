package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.ContentType;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.chat.LoopEvent;
import io.harmony4j.parser.Header;
import io.harmony4j.parser.ParseEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TranscriptTest {
    private static final Recipient TOOL = Recipient.function("f");

    private final StringWriter text = new StringWriter();

    @Test
    void contentHasTheColourOfItsChannelAndNoControlCharacters() {
        Transcript transcript = new Transcript(new PrintWriter(text), true);
        transcript.accept(new ParseEvent.MessageStarted(Header.of(Message.answer(""))));
        transcript.accept(new ParseEvent.ContentDelta("Hi\u001B[31m"));

        assertThat(text.toString()).contains("\u001B[32mHi\u241B[31m\u001B[0m");
    }

    @Test
    void eachKindOfMessageHasAColour() {
        assertThat(colored(Message.analysis("x"))).isEqualTo("""
                <1><90>assistant, analysis<0>
                <90>x<0>

                """);
        assertThat(colored(Message.answer("x"))).isEqualTo("""
                <1><32>assistant, final<0>
                <32>x<0>

                """);
        assertThat(colored(Message.preamble("x"))).isEqualTo("""
                <1><39>assistant, commentary<0>
                <39>x<0>

                """);
        assertThat(colored(Message.call(TOOL, "x"))).isEqualTo("""
                <1><33>assistant to functions.f, commentary, json<0>
                <33>x<0>

                """);
    }

    @Test
    void theHeaderHasAllThatIsKnown() {
        Header header = new Header(
                Author.of(Role.TOOL, "functions.f"),
                Recipient.ASSISTANT,
                Channel.COMMENTARY,
                ContentType.of("x\u0007"));
        new Transcript(new PrintWriter(text), false).accept(new ParseEvent.MessageStarted(header));

        assertThat(shown(text)).isEqualTo("tool functions.f to assistant, commentary, x\u2407\n");
    }

    @Test
    void aLoopShowsMessagesAndWhatToolsAnswer() {
        LoopTranscript transcript = new LoopTranscript(new PrintWriter(text), true);
        transcript.accept(new LoopEvent.RoundStarted(1, new int[10]));
        transcript.accept(new LoopEvent.Generated(1));
        transcript.accept(new LoopEvent.Generated(2));
        transcript.accept(new LoopEvent.Parsed(new ParseEvent.ContentDelta("x")));
        transcript.accept(new LoopEvent.ToolCalled(TOOL, "{}"));
        transcript.accept(new LoopEvent.ToolAnswered(TOOL, "1\u001B", false));

        assertThat(shown(text)).isEqualTo("""
                <39>x<0><1><36>tool functions.f<0>
                <36>1␛<0>

                """);
        assertThat(transcript.speed()).startsWith("2 tokens, ").endsWith(" a second");
    }

    @Test
    void aLoopThatGeneratedNothingHasNoSpeed() {
        assertThat(new LoopTranscript(new PrintWriter(text), false).speed()).isEqualTo("0 tokens, 0.0 a second");
    }

    private static String colored(Message message) {
        StringWriter written = new StringWriter();
        Transcript transcript = new Transcript(new PrintWriter(written), true);
        transcript.accept(new ParseEvent.MessageStarted(Header.of(message)));
        transcript.accept(new ParseEvent.ContentDelta(message.text()));
        transcript.accept(new ParseEvent.MessageEnded(message, ParseEvent.Ending.END));
        return shown(written);
    }

    /** Returns a text with the numbers of its colours, as in {@code <32>}. */
    private static String shown(StringWriter written) {
        return written.toString().replace(System.lineSeparator(), "\n").replaceAll("\u001B\\[(\\d+)m", "<$1>");
    }
}
