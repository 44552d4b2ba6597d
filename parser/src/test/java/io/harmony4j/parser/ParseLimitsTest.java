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
        StreamParser parser =
                TokenStreams.run(options, event -> {}, tokens("<|channel|>final One two three four five six seven"));
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
    void noMoreDiagnosticsThanTheLimitWhateverTheirCode() {
        ParseOptions options = ASSISTANT.withLimits(LIMITS.withMessages(1).withDiagnostics(3));
        int[] stream = tokens("<|message|>One<|end|>" + "<|message|>Two<|end|>".repeat(9));
        StreamParser parser = TokenStreams.run(options, event -> {}, stream);
        assertThat(parser.diagnostics()).hasSize(3);
        assertThat(parser.diagnostics().get(2).code()).isEqualTo(Code.TOO_MANY_DIAGNOSTICS);
    }

    @Test
    void resumedParserCountsOn() {
        ParseOptions options = ASSISTANT.withLimits(LIMITS.withMessages(2));
        StreamParser parser = new StreamParser(TokenStreams.TOKENIZER, options, event -> {});
        for (int token : tokens("<|message|>One<|end|><|start|>assistant<|message|>Two<|end|>")) {
            parser.accept(token);
        }
        StreamParser resumed = StreamParser.resume(TokenStreams.TOKENIZER, parser.snapshot(), event -> {});
        for (int token : tokens("<|start|>assistant<|message|>Three<|end|><|start|>assistant<|message|>Four<|end|>")) {
            resumed.accept(token);
        }
        assertThat(resumed.messages()).isEmpty();
        assertThat(resumed.diagnostics()).extracting(Diagnostic::code).containsExactly(Code.TOO_MANY_MESSAGES);
    }

    @Test
    void limitsDoNotHalveCharacters() {
        String unicorn = "\ud83e\udd84";
        TextParser message = parser(LIMITS.withMessageLength(4), "<|message|>abc" + unicorn + "d<|end|>");
        assertThat(message.messages().get(0).text()).isEqualTo("abc");
        TextParser header = parser(LIMITS.withHeaderLength(15), "<|channel|>fi " + unicorn + "<|message|>x<|end|>");
        assertThat(header.messages().get(0).text()).isEqualTo(unicorn);
        TextParser rest = parser(LIMITS.withMessageLength(4), "<|message|>a<|return|>abc" + unicorn + "d");
        assertThat(rest.diagnostics().get(0).text()).isEqualTo("abc");
    }

    /** A header over its limit is divided at the same place however the text is cut. */
    @Test
    void longHeadersAreTheSameForAnyChunks() {
        String text = "<|channel|>final One two three<|channel|>analysis to=functions.f json<|message|>{}<|call|>";
        for (int limit = 1; limit <= text.length(); limit++) {
            ParseOptions options = ASSISTANT.withLimits(LIMITS.withHeaderLength(limit));
            ParseResult whole = HarmonyParser.parse(text, options);
            TextParser letters = new TextParser(options, event -> {});
            text.chars().forEach(c -> letters.accept(Character.toString(c)));
            letters.finish();
            assertThat(letters.messages()).as("limit %d", limit).isEqualTo(whole.messages());
            assertThat(TokenStreams.messages(options, tokens(text)))
                    .as("limit %d", limit)
                    .isEqualTo(whole.messages());
        }
    }

    @Test
    void thoughtsAfterAnInterruptedCallHoldNoMoreThanAMessage() {
        TextParser parser = new TextParser(ASSISTANT.withLimits(LIMITS.withMessageLength(100)), event -> {});
        parser.accept("<|channel|>commentary to=functions.f<|message|><|channel|>analysis<|message|>Hm {");
        for (int i = 0; i < 10_000; i++) {
            parser.accept("{\"a\":1}, ");
        }
        assertThat(parser.snapshot().length()).isLessThan(3_000);
        parser.finish();
        assertThat(parser.messages().get(0).text()).hasSize(100);
        assertThat(parser.diagnostics()).extracting(Diagnostic::code).contains(Code.EMPTY_CALL, Code.MESSAGE_TOO_LONG);
    }

    private static TextParser parser(ParseLimits limits, String text) {
        TextParser parser = new TextParser(ASSISTANT.withLimits(limits), event -> {});
        parser.accept(text);
        parser.finish();
        return parser;
    }

    @Test
    void limitsArePositive() {
        assertThatThrownBy(() -> LIMITS.withHeaderLength(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a limit of at least 1 as headerLength but found 0");
    }
}
