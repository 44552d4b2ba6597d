package io.harmony4j.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.ContentType;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any white space of Unicode is left out at the ends of a header, but only that of ASCII divides its words. */
class HeaderWhitespaceTest {
    private static List<Message> read(ParseOptions options, String header) {
        return TokenStreams.messages(options, TokenStreams.tokens("<|start|>" + header + "<|message|>Hi<|end|>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00a0", "\u2003", "\u3000\u00a0", "\u0085", "\u000b", " \u2003 "})
    void spaceAtTheEndsIsLeftOut(String space) {
        Message user = Message.user("Hi");
        Message call = Message.of(Role.ASSISTANT, "Hi").withRecipient(Recipient.of("f"));

        assertThat(read(ParseOptions.DEFAULT.strict(), space + "user")).containsExactly(user);
        assertThat(read(ParseOptions.DEFAULT.strict(), "user" + space)).containsExactly(user);
        assertThat(read(ParseOptions.DEFAULT.strict(), space + "assistant to=f" + space))
                .containsExactly(call);
        assertThat(read(ParseOptions.DEFAULT.strict(), "assistant to=f <|constrain|>json" + space))
                .containsExactly(call.withContentType(ContentType.JSON));
    }

    @Test
    void spaceOfUnicodeBelongsToWordsElsewhere() {
        assertThat(read(ParseOptions.DEFAULT.strict(), "assistant to=f\u00a0g"))
                .extracting(Message::recipient)
                .containsExactly(Recipient.of("f\u00a0g"));
        assertThatThrownBy(() -> read(ParseOptions.DEFAULT.strict(), "assistant\u2003to=f"))
                .isInstanceOf(HarmonyFormatException.class)
                .hasMessageContaining("expected a role");
    }
}
