package io.harmony4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

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
