package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.Role;
import io.harmony4j.parse.Header;
import io.harmony4j.parse.ParseEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TranscriptTest {
    @Test
    void contentHasTheColourOfItsChannelAndNoControlCharacters() {
        StringWriter text = new StringWriter();
        Transcript transcript = new Transcript(new PrintWriter(text), true);
        transcript.accept(
                new ParseEvent.MessageStarted(new Header(Author.of(Role.ASSISTANT), null, Channel.FINAL, null)));
        transcript.accept(new ParseEvent.ContentDelta("Hi\u001B[31m"));
        assertThat(text.toString()).contains("\u001B[32mHi\u241B[31m\u001B[0m");
    }
}
