package io.harmony4j.parser;

import static io.harmony4j.parser.TokenStreams.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.Role;
import io.harmony4j.parser.Diagnostic.Code;
import io.harmony4j.parser.ParseEvent.MessageEnded;
import org.junit.jupiter.api.Test;

class ParseLimitsTest {
    private static final ParseOptions ASSISTANT = ParseOptions.forRole(Role.ASSISTANT);
    private static final ParseLimits LIMITS = ParseLimits.DEFAULT;

    @Test
    void restOfALongHeaderIsContent() {
        ParseOptions options = ASSISTANT.withLimits(LIMITS.withHeaderLength(20));
        StreamParser parser = TokenStreams.run(options, event -> {}, tokens("One two three four five six seven"));
        assertThat(parser.messages().get(0).text()).isEqualTo("One two three four five six seven");
        assertThat(parser.diagnostics()).extracting(Diagnostic::code).containsExactly(Code.HEADER_TOO_LONG);
        assertThatThrownBy(() -> TokenStreams.messages(options.strict(), tokens("One two three four five six seven")))
                .isInstanceOf(HarmonyFormatException.class)
                .hasMessageContaining("a header of at most 20 characters");
    }

    @Test
    void restOfALongMessageIsLeftOut() {
        ParseOptions options = ASSISTANT.withLimits(LIMITS.withMessageLength(7));
        StreamParser parser = TokenStreams.run(options, event -> {}, tokens("<|message|>One two three four<|end|>"));
        assertThat(parser.messages().get(0).text()).isEqualTo("One two");
        assertThat(parser.diagnostics()).extracting(Diagnostic::code).containsExactly(Code.MESSAGE_TOO_LONG);
    }

    @Test
    void eventsGoOnWhenNoFurtherMessagesAreKept() {
        ParseOptions options = ASSISTANT.withLimits(LIMITS.withMessages(1));
        int[] stream = tokens("<|message|>One<|end|><|start|>assistant<|message|>Two<|end|>");
        StreamParser parser = TokenStreams.run(options, event -> {}, stream);
        assertThat(parser.messages()).hasSize(1);
        assertThat(parser.diagnostics()).extracting(Diagnostic::code).containsExactly(Code.TOO_MANY_MESSAGES);
        assertThat(TokenStreams.events(options, stream))
                .filteredOn(MessageEnded.class::isInstance)
                .hasSize(2);
    }

    @Test
    void limitsArePositive() {
        assertThatThrownBy(() -> LIMITS.withHeaderLength(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a limit of at least 1 as headerLength but found 0");
    }
}
