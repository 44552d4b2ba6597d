package io.harmony4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTest {
    @Test
    void aTextMessageHasOnePartAndNothingElse() {
        assertThat(Message.user("hi"))
                .isEqualTo(new Message(new Author(Role.USER, null), null, List.of(new Content.Text("hi")), null, null));
        assertThat(Message.of(Role.ASSISTANT, "hi").channel()).isNull();
    }

    @Test
    void systemAndDeveloperMessagesHoldTheirContent() {
        assertThat(Message.system(Content.System.DEFAULT))
                .isEqualTo(Message.of(Author.of(Role.SYSTEM), Content.System.DEFAULT));
        assertThat(Message.developer(Content.Developer.EMPTY))
                .isEqualTo(Message.of(Author.of(Role.DEVELOPER), Content.Developer.EMPTY));
    }

    @Test
    void aToolAnswersTheAssistantOnCommentary() {
        assertThat(Message.tool(Recipient.function("f"), "42"))
                .isEqualTo(new Message(
                        new Author(Role.TOOL, "functions.f"),
                        Recipient.ASSISTANT,
                        List.of(new Content.Text("42")),
                        Channel.COMMENTARY,
                        null));
    }

    @Test
    void theAssistantsMessagesAreOnTheirChannels() {
        Message bare = Message.of(Role.ASSISTANT, "x");

        assertThat(Message.answer("x")).isEqualTo(bare.withChannel(Channel.FINAL));
        assertThat(Message.analysis("x")).isEqualTo(bare.withChannel(Channel.ANALYSIS));
        assertThat(Message.preamble("x")).isEqualTo(bare.withChannel(Channel.COMMENTARY));
        assertThat(Message.call(Recipient.function("f"), "x"))
                .isEqualTo(bare.withChannel(Channel.COMMENTARY)
                        .withRecipient(Recipient.of("functions.f"))
                        .withContentType(ContentType.of("<|constrain|>json")));
    }

    @Test
    void builtInToolsAreCalledOnAnalysis() {
        for (Recipient tool : List.of(Recipient.of("python"), Recipient.of("browser.search"))) {
            assertThat(Message.call(tool, "1").channel()).isEqualTo(Channel.ANALYSIS);
            assertThat(Message.call(tool, "1").contentType()).isEqualTo(ContentType.CODE);
            assertThat(Message.tool(tool, "1").channel()).isEqualTo(Channel.ANALYSIS);
        }
        assertThat(Message.call(Recipient.of("pythonic"), "1").channel()).isEqualTo(Channel.COMMENTARY);
    }

    @Test
    void onlyTheAssistantCallsTools() {
        assertThat(Message.call(Recipient.function("f"), "{}").isToolCall()).isTrue();
        assertThat(Message.call(Recipient.of("python"), "1 + 1").isToolCall()).isTrue();
        assertThat(Message.preamble("x").isToolCall()).isFalse();
        assertThat(Message.answer("x").withRecipient(Recipient.USER).isToolCall())
                .isFalse();
        assertThat(Message.user("x").withRecipient(Recipient.function("f")).isToolCall())
                .isFalse();
        assertThat(Message.tool(Recipient.function("f"), "x").isToolCall()).isFalse();
    }

    @Test
    void withSetsAndUnsetsOneFieldOfACopy() {
        Message plain = Message.of(Role.ASSISTANT, "{}");
        Message call = plain.withChannel(Channel.COMMENTARY)
                .withRecipient(Recipient.function("f"))
                .withContentType(ContentType.JSON);

        assertThat(call.channel()).isEqualTo(Channel.COMMENTARY);
        assertThat(call.recipient()).isEqualTo(Recipient.of("functions.f"));
        assertThat(call.contentType()).isEqualTo(ContentType.of("<|constrain|>json"));
        assertThat(plain.channel()).isNull();
        assertThat(call.withChannel(null).withRecipient(null).withContentType(null))
                .isEqualTo(plain);
    }

    @Test
    void textIsThatOfTheTextPartsOnly() {
        Message message = Message.of(
                        Author.of(Role.SYSTEM),
                        new Content.Text("New"),
                        Content.System.DEFAULT,
                        new Content.Text("York"))
                .withContent(new Content.Text("!"));

        assertThat(message.text()).isEqualTo("NewYork!");
        assertThat(Message.of(Author.of(Role.USER)).text()).isEmpty();
    }

    @Test
    void laterChangesToTheListOfPartsDoNotReachTheMessage() {
        List<Content> parts = new ArrayList<>(List.of(new Content.Text("a")));
        Message message = new Message(Author.of(Role.USER), null, parts, null, null);

        parts.add(new Content.Text("b"));

        assertThat(message.text()).isEqualTo("a");
        assertThat(message.content()).isUnmodifiable();
    }
}
