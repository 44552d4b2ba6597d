package io.harmony4j.renderer;

import static io.harmony4j.SpecialToken.CHANNEL;
import static io.harmony4j.SpecialToken.CONSTRAIN;
import static io.harmony4j.SpecialToken.MESSAGE;
import static io.harmony4j.SpecialToken.START;
import static io.harmony4j.renderer.Fragments.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.ContentType;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeaderWriterTest {

    private static int[] header(Message message) {
        TokenWriter out = Fragments.writer();
        new HeaderWriter(out, HeaderStyle.OPENAI).write(message, 7);
        return out.toArray();
    }

    private static Message by(Author author) {
        return Message.of(author);
    }

    @Test
    void partsComeInOrderAndAreTokenisedOneByOne() {
        Message call = Message.of(Role.ASSISTANT, "{}")
                .withRecipient(Recipient.function("get_weather"))
                .withChannel(Channel.COMMENTARY)
                .withContentType(ContentType.JSON);

        assertThat(header(call))
                .isEqualTo(tokens(
                        START,
                        "assistant",
                        " to=functions.get_weather",
                        CHANNEL,
                        "commentary",
                        " ",
                        CONSTRAIN,
                        "json",
                        MESSAGE));
        assertThat(Fragments.text(header(call)))
                .isEqualTo(
                        "<|start|>assistant to=functions.get_weather<|channel|>commentary <|constrain|>json<|message|>");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TOOL")
    void aRoleIsItsWord(Role role) {
        assertThat(header(by(Author.of(role)))).isEqualTo(tokens(START, role.wireName(), MESSAGE));
    }

    @Test
    void aNameFollowsTheRoleAfterAColonInItsOwnTokens() {
        assertThat(header(by(Author.of(Role.USER, "alice")))).isEqualTo(tokens(START, "user", ":alice", MESSAGE));
        assertThat(header(by(Author.of(Role.USER, "")))).isEqualTo(tokens(START, "user", ":", MESSAGE));
    }

    @Test
    void aToolsNameStandsForItsRole() {
        assertThat(header(by(Author.of(Role.TOOL, "functions.f")))).isEqualTo(tokens(START, "functions.f", MESSAGE));
        assertThat(header(by(Author.of(Role.TOOL, "")))).isEqualTo(tokens(START, MESSAGE));
    }

    @Test
    void aToolWithoutANameIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> header(by(Author.of(Role.TOOL))))
                .withMessage("expected a tool's name as the author but found none at message 7;"
                        + " name it in full, as in Author.of(Role.TOOL, \"functions.get_weather\")");
    }

    @Test
    void everybodyIsNotWrittenAsARecipient() {
        assertThat(header(Message.user("").withRecipient(Recipient.ALL))).isEqualTo(tokens(START, "user", MESSAGE));
    }

    @Test
    void anyOtherRecipientIsWritten() {
        assertThat(header(Message.user("").withRecipient(Recipient.of("All"))))
                .isEqualTo(tokens(START, "user", " to=All", MESSAGE));
        assertThat(header(Message.user("").withRecipient(Recipient.of(""))))
                .isEqualTo(tokens(START, "user", " to=", MESSAGE));
    }

    @Test
    void anEmptyChannelIsItsMarkerAlone() {
        assertThat(header(Message.user("").withChannel(Channel.of(""))))
                .isEqualTo(tokens(START, "user", CHANNEL, MESSAGE));
    }

    @Test
    void aContentTypeFollowsASpace() {
        assertThat(header(Message.user("").withContentType(ContentType.of("code"))))
                .isEqualTo(tokens(START, "user", " code", MESSAGE));
        assertThat(header(Message.user("").withContentType(ContentType.of(""))))
                .isEqualTo(tokens(START, "user", " ", MESSAGE));
    }

    @Test
    void onlyALeadingConstrainIsTheToken() {
        assertThat(header(Message.user("").withContentType(ContentType.of("<|constrain|>"))))
                .isEqualTo(tokens(START, "user", " ", CONSTRAIN, MESSAGE));
        assertThat(header(Message.user("").withContentType(ContentType.of("<|constrain|><|constrain|>x"))))
                .isEqualTo(tokens(START, "user", " ", CONSTRAIN, "<|constrain|>x", MESSAGE));
        assertThat(header(Message.user("").withContentType(ContentType.of("a<|constrain|>json"))))
                .isEqualTo(tokens(START, "user", " a<|constrain|>json", MESSAGE));
        assertThat(header(Message.user("").withContentType(ContentType.of(" <|constrain|>json"))))
                .isEqualTo(tokens(START, "user", "  <|constrain|>json", MESSAGE));
    }

    @Test
    void specialTokensInAnyPartAreText() {
        Message message = Message.of(Author.of(Role.USER, "<|end|>"))
                .withRecipient(Recipient.of("<|call|>"))
                .withChannel(Channel.of("<|message|>"));

        assertThat(header(message))
                .isEqualTo(tokens(START, "user", ":<|end|>", " to=<|call|>", CHANNEL, "<|message|>", MESSAGE));
    }
}
