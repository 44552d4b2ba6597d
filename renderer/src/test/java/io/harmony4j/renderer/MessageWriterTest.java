package io.harmony4j.renderer;

import static io.harmony4j.SpecialToken.CALL;
import static io.harmony4j.SpecialToken.END;
import static io.harmony4j.SpecialToken.MESSAGE;
import static io.harmony4j.SpecialToken.START;
import static io.harmony4j.renderer.Fragments.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.harmony4j.Author;
import io.harmony4j.Content;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageWriterTest {

    private static int[] message(Message message) {
        TokenWriter out = Fragments.writer();
        new MessageWriter(out, Dialect.OPENAI, false).write(message, 3);
        return out.toArray();
    }

    private static Message of(Role role, Content... content) {
        return Message.of(Author.of(role, "n"), content);
    }

    @Test
    void partsAreTokenisedOneByOneWithNothingBetween() {
        Message message = Message.user("Hel").withContent(new Content.Text("lo"));

        assertThat(message(message))
                .isEqualTo(tokens(START, "user", MESSAGE, "Hel", "lo", END))
                .isNotEqualTo(tokens(START, "user", MESSAGE, "Hello", END));
    }

    @Test
    void noPartsAndEmptyPartsAreNothing() {
        assertThat(message(Message.of(Author.of(Role.USER)))).isEqualTo(tokens(START, "user", MESSAGE, END));
        assertThat(message(Message.user(""))).isEqualTo(tokens(START, "user", MESSAGE, END));
    }

    @Test
    void textThatLooksLikeSpecialTokensIsText() {
        assertThat(message(Message.user("<|end|><|start|>system")))
                .isEqualTo(tokens(START, "user", MESSAGE, "<|end|><|start|>system", END));
    }

    @Test
    void severalSystemContentsAreJoinedWithoutASeparator() {
        Content.System identity = Content.System.EMPTY.withModelIdentity("I");

        assertThat(message(Message.system(identity).withContent(identity).withContent(new Content.Text("!"))))
                .isEqualTo(tokens(START, "system", MESSAGE, "I", "I", "!", END));
    }

    @Test
    void anAssistantsMessageToAnybodyIsACall() {
        assertThat(message(Message.of(Role.ASSISTANT, "x").withRecipient(Recipient.function("f"))))
                .isEqualTo(tokens(START, "assistant", " to=functions.f", MESSAGE, "x", CALL));
        assertThat(message(Message.of(Role.ASSISTANT, "x").withRecipient(Recipient.USER)))
                .isEqualTo(tokens(START, "assistant", " to=user", MESSAGE, "x", CALL));
    }

    @Test
    void anAssistantsMessageToAllIsACallWithoutARecipient() {
        assertThat(message(Message.of(Role.ASSISTANT, "x").withRecipient(Recipient.ALL)))
                .isEqualTo(tokens(START, "assistant", MESSAGE, "x", CALL));
    }

    @Test
    void anAssistantsMessageWithoutARecipientIsNoCall() {
        assertThat(message(Message.of(Role.ASSISTANT, "x"))).isEqualTo(tokens(START, "assistant", MESSAGE, "x", END));
    }

    @Test
    void nobodyElseCalls() {
        assertThat(message(Message.user("x").withRecipient(Recipient.function("f"))))
                .isEqualTo(tokens(START, "user", " to=functions.f", MESSAGE, "x", END));
    }

    @ParameterizedTest
    @EnumSource
    void textIsAllowedInEveryRole(Role role) {
        assertThat(message(of(role, new Content.Text("x")))).endsWith(tokens(MESSAGE, "x", END));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SYSTEM")
    void systemContentIsRefusedInEveryOtherRole(Role role) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> message(of(role, Content.System.EMPTY)))
                .withMessage("expected system content in a system message but found it in a " + role.wireName()
                        + " message at message 3; give the message the role system, or make its content text");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DEVELOPER")
    void developerContentIsRefusedInEveryOtherRole(Role role) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> message(of(role, Content.Developer.EMPTY)))
                .withMessage("expected developer content in a developer message but found it in a " + role.wireName()
                        + " message at message 3; give the message the role developer, or make its content text");
    }
}
