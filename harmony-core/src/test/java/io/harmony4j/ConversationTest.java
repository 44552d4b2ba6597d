package io.harmony4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.UnexpectedJsonException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationTest {
    private static final Message HI = Message.user("hi");
    private static final Message HELLO = Message.answer("hello");

    @Test
    void withAddsMessagesAtTheEndOfACopy() {
        Conversation one = Conversation.of(HI);

        assertThat(one.with(HELLO).messages()).containsExactly(HI, HELLO);
        assertThat(one.with(List.of(HELLO, HI)).messages()).containsExactly(HI, HELLO, HI);
        assertThat(one.messages()).containsExactly(HI);
    }

    @Test
    void laterChangesToTheListOfMessagesDoNotReachTheConversation() {
        List<Message> messages = new ArrayList<>(List.of(HI));
        Conversation conversation = new Conversation(messages);

        messages.clear();

        assertThat(conversation.messages()).containsExactly(HI).isUnmodifiable();
    }

    @Test
    void jsonIsAnObjectWithTheMessages() {
        assertThat(Conversation.of(HI, HELLO).toJson())
                .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},"
                        + "{\"role\":\"assistant\",\"content\":\"hello\",\"channel\":\"final\"}]}");
        assertThat(Conversation.of().toJson()).isEqualTo("{\"messages\":[]}");
    }

    @Test
    void objectIsReadAsItsText() {
        JsonObject object =
                (JsonObject) Json.parseAny("{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"n\":1e1}");

        assertThat(Conversation.fromJsonObject(object)).isEqualTo(Conversation.of(HI));
        assertThat(Conversation.fromJsonObject(Conversation.of(HI, HELLO).toJsonObject()))
                .isEqualTo(Conversation.of(HI, HELLO));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "$.messages                   # {}",
                "$.messages                   # {'messages':7}",
                "$.messages[1]                # {'messages':[{'role':'user','content':''},7]}",
                "$.messages[0].content        # {'messages':[{'role':'user'}]}",
                "$.messages[0].role           # {'messages':[{'role':'alien','content':''}]}",
                "$.messages[0].content[0].type # {'messages':[{'role':'user','content':[{'type':'image'}]}]}",
                "$.messages[0].content[0].tools[\"a b\"].name # {'messages':[{'role':'developer','content':[{'type':"
                        + "'developer_content','tools':{'a b':{}}}]}]}",
            })
    void refusalTellsThePlace(String path, String json) {
        JsonObject object = (JsonObject) Json.parse(json.replace('\'', '"'));

        assertThatThrownBy(() -> Conversation.fromJsonObject(object))
                .isInstanceOfSatisfying(
                        UnexpectedJsonException.class, e -> assertThat(e.path()).isEqualTo(path));
    }

    @Test
    void declaredToolsAreThoseOfSystemAndDeveloperMessages() {
        Conversation conversation = Conversation.of(
                Message.system(Content.System.DEFAULT.withTools(ToolNamespace.python())),
                Message.developer(Content.developer("x", ToolDescription.of("f", "d"), ToolDescription.of("g", "d"))),
                Message.developer(Content.Developer.EMPTY.withFunctions()),
                Message.user("functions.h"));

        assertThat(conversation.declaredTools())
                .containsExactly(Recipient.of("python"), Recipient.function("f"), Recipient.function("g"));
        assertThat(Conversation.of(HI).declaredTools()).isEmpty();
    }

    @Domain(Conversations.class)
    @Property(tries = 300)
    void whatIsWrittenReadsBackEqual(@ForAll Conversation conversation) {
        assertThat(Conversation.fromJson(conversation.toJson())).isEqualTo(conversation);
    }

    @Domain(Conversations.class)
    @Property(tries = 300)
    void whatWasReadIsWrittenTheSameAgain(@ForAll Conversation conversation) {
        String json = conversation.toJson();

        assertThat(Conversation.fromJson(json).toJson()).isEqualTo(json);
    }
}
