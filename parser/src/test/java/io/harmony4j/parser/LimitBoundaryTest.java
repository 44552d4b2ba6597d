package io.harmony4j.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.parser.Diagnostic.Code;
import org.junit.jupiter.api.Test;

/** What is exactly as long as a limit allows is whole; one character more is too long. */
class LimitBoundaryTest {
    private static final ParseOptions ASSISTANT = ParseOptions.forRole(Role.ASSISTANT);
    private static final String HEADER = "<|channel|>final";

    private static StreamParser parse(ParseOptions options, String stream) {
        return TokenStreams.run(options, event -> {}, TokenStreams.tokens(stream));
    }

    private static ParseOptions headerLength(int limit) {
        return ASSISTANT.withLimits(ParseLimits.DEFAULT.withHeaderLength(limit));
    }

    private static ParseOptions messageLength(int limit) {
        return ASSISTANT.withLimits(ParseLimits.DEFAULT.withMessageLength(limit));
    }

    @Test
    void headerAsLongAsTheLimitIsNoViolation() {
        String stream = HEADER + "<|message|>Hi<|end|>";

        assertThat(parse(headerLength(HEADER.length()).strict(), stream).messages())
                .containsExactly(Message.answer("Hi"));
        assertThat(parse(headerLength(HEADER.length()), stream).diagnostics()).isEmpty();
        assertThatThrownBy(() -> parse(headerLength(HEADER.length() - 1).strict(), stream))
                .isInstanceOf(HarmonyFormatException.class)
                .hasMessageContaining("expected a header of at most 15 characters");
    }

    @Test
    void headerOfOneCharacterMoreIsDivided() {
        StreamParser parser = parse(headerLength(HEADER.length() + 5), HEADER + " json<|message|>Hi<|end|>");
        StreamParser longer = parse(headerLength(HEADER.length() + 4), HEADER + " json<|message|>Hi<|end|>");

        assertThat(parser.messages()).extracting(Message::text).containsExactly("Hi");
        assertThat(parser.diagnostics()).extracting(Diagnostic::code).doesNotContain(Code.HEADER_TOO_LONG);
        assertThat(longer.messages()).extracting(Message::text).containsExactly("jsonHi");
        assertThat(longer.diagnostics()).extracting(Diagnostic::code).contains(Code.HEADER_TOO_LONG);
    }

    @Test
    void messageAsLongAsTheLimitIsWhole() {
        StreamParser parser = parse(messageLength(7), "<|message|>One two<|end|>");

        assertThat(parser.messages()).extracting(Message::text).containsExactly("One two");
        assertThat(parser.diagnostics()).isEmpty();
        assertThat(parse(messageLength(7).strict(), "<|message|>One two<|end|>").messages())
                .isEqualTo(parser.messages());
    }

    @Test
    void messageOfOneCharacterMoreIsCut() {
        StreamParser parser = parse(messageLength(6), "<|message|>One two<|end|>");

        assertThat(parser.messages()).extracting(Message::text).containsExactly("One tw");
        assertThat(parser.diagnostics()).extracting(Diagnostic::code).containsExactly(Code.MESSAGE_TOO_LONG);
        assertThatThrownBy(() -> parse(messageLength(6).strict(), "<|message|>One two<|end|>"))
                .isInstanceOf(HarmonyFormatException.class)
                .hasMessageContaining("expected a message of at most 6 characters");
    }

    /** Half of a character would fit in, and so would what comes after it. */
    @Test
    void nothingFollowsWhatIsCut() {
        for (int times = 0; times < 2; times++) { // the first time, the tokens are not known to be plain
            StreamParser parser = parse(messageLength(3), "<|message|>Hi\uD83D\uDE02! Yes<|end|>");

            assertThat(parser.messages()).extracting(Message::text).containsExactly("Hi");
            assertThat(parser.diagnostics()).extracting(Diagnostic::code).containsExactly(Code.MESSAGE_TOO_LONG);
        }
    }
}
