package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.harmony4j.Channel;
import io.harmony4j.ContentType;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Domain(RenderArbitraries.class)
class DialectTest {
    private static final Message CALL = Message.call(Recipient.function("f"), "{}");
    private static final HarmonyRenderer OSS =
            new HarmonyRenderer(Fragments.TOKENIZER, RenderOptions.DEFAULT.withDialect(Dialect.OSS));

    private static String oss(Message message) {
        return Fragments.text(OSS.render(message));
    }

    @Test
    void ossWritesCommentaryBeforeTheRecipientAsTheModelsDo() {
        assertThat(oss(CALL))
                .isEqualTo(
                        "<|start|>assistant<|channel|>commentary to=functions.f <|constrain|>json<|message|>{}<|call|>");
        assertThat(oss(Message.tool(Recipient.function("f"), "1")))
                .isEqualTo("<|start|>functions.f<|channel|>commentary to=assistant<|message|>1<|end|>");
    }

    @Test
    void ossWritesOtherChannelsAfterTheRecipient() {
        assertThat(oss(Message.call(Recipient.of("python"), "1")))
                .isEqualTo("<|start|>assistant to=python<|channel|>analysis <|constrain|>code<|message|>1<|call|>");
        assertThat(oss(CALL.withChannel(Channel.of("commentary2"))))
                .startsWith("<|start|>assistant to=functions.f<|channel|>commentary2 ");
    }

    @Test
    void ossConstrainsEveryContentTypeAndOnlyOnce() {
        assertThat(oss(Message.user("x").withContentType(ContentType.TEXT)))
                .isEqualTo("<|start|>user <|constrain|>text<|message|>x<|end|>");
        assertThat(oss(Message.user("x").withContentType(ContentType.JSON)))
                .isEqualTo("<|start|>user <|constrain|>json<|message|>x<|end|>");
        assertThat(oss(Message.user("x").withContentType(ContentType.of(""))))
                .isEqualTo("<|start|>user <|constrain|><|message|>x<|end|>");
    }

    /** The dialects differ in headers of these two kinds, and in nothing else. */
    @Property
    void ossIsOpenaiWhereNeitherRuleApplies(@ForAll Message message) {
        Message plain = message.withContentType(null);
        if (Channel.COMMENTARY.equals(plain.channel())) {
            plain = plain.withRecipient(null);
        }
        assertThat(OSS.render(plain)).isEqualTo(new HarmonyRenderer(Fragments.TOKENIZER).render(plain));
    }

    @ParameterizedTest
    @EnumSource
    void aDialectIsFoundByItsWord(Dialect dialect) {
        assertThat(Dialect.of(dialect.wireName())).isEqualTo(dialect);
        assertThat(Dialect.find(dialect.wireName())).contains(dialect);
    }

    @Test
    void anUnknownWordIsRefused() {
        assertThat(Dialect.find("OSS")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dialect.of("OSS"))
                .withMessage("expected a dialect (openai, oss) but found \"OSS\"");
    }

    @Test
    void promptsAreWrittenInTheDialectToo() {
        assertThat(Fragments.text(OSS.renderForCompletion(Conversation.of(CALL), Role.ASSISTANT)))
                .startsWith("<|start|>assistant<|channel|>commentary to=");
    }
}
