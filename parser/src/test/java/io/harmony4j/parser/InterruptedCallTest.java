package io.harmony4j.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.ContentType;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.parser.Diagnostic.Code;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls that another message interrupts before their arguments. */
class InterruptedCallTest {
    private static final ParseOptions ASSISTANT = ParseOptions.forRole(Role.ASSISTANT);
    private static final String CALL = "<|channel|>commentary to=functions.%s <|constrain|>json<|message|>";

    private static StreamParser parse(String stream) {
        return TokenStreams.run(ASSISTANT, event -> {}, TokenStreams.tokens(stream));
    }

    @Test
    void argumentsOfACallThatInterruptsAreItsOwn() {
        StreamParser parser = parse(CALL.formatted("a") + CALL.formatted("b") + "{\"x\":1}<|call|>");

        assertThat(parser.messages()).containsExactly(Message.call(Recipient.function("b"), "{\"x\":1}"));
        assertThat(parser.diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly(Code.MISSING_END, Code.MISSING_ROLE, Code.EMPTY_CALL);
        assertThat(parser.diagnostics().get(2).text())
                .isEqualTo("assistant to=functions.a<|channel|>commentary <|constrain|>json");
    }

    @Test
    void onlyTheLastOfSeveralInterruptedCallsGetsArguments() {
        StreamParser parser =
                parse(CALL.formatted("a") + CALL.formatted("b") + "<|channel|>analysis<|message|>Hm.{\"x\":1}<|call|>");

        assertThat(parser.messages())
                .containsExactly(Message.analysis("Hm."), Message.call(Recipient.function("b"), "{\"x\":1}"));
        assertThat(parser.messages().get(1).contentType()).isEqualTo(ContentType.JSON);
        assertThat(parser.diagnostics()).extracting(Diagnostic::code).containsOnlyOnce(Code.EMPTY_CALL);
    }

    @Test
    void answerAfterAnInterruptedCallStreams() {
        List<String> deltas = new ArrayList<>();
        String stream = CALL.formatted("a") + "<|channel|>final<|message|>It is {x} now.<|return|>";
        StreamParser parser = TokenStreams.run(
                ASSISTANT,
                event -> {
                    if (event instanceof ParseEvent.ContentDelta delta) {
                        deltas.add(delta.text());
                    }
                },
                TokenStreams.tokens(stream));

        assertThat(parser.messages()).containsExactly(Message.answer("It is {x} now."));
        assertThat(deltas).hasSizeGreaterThan(3);
        assertThat(parser.diagnostics()).extracting(Diagnostic::code).contains(Code.EMPTY_CALL);
    }
}
