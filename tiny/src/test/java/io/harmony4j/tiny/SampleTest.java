package io.harmony4j.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final HarmonyRenderer RENDERER = new HarmonyRenderer(TOKENIZER);

    private static final Conversation CONVERSATION = Conversation.of(
            Message.user("12 + 30?"),
            Message.analysis("Use it."),
            Message.call(Recipient.function("add"), "{}"),
            Message.tool(Recipient.function("add"), "42"),
            Message.answer("42."),
            Message.user("Thanks."),
            Message.answer("Welcome."));

    @Test
    void whatTheModelWritesIsMarked() {
        List<Sample> samples = Sample.of(CONVERSATION, 0, RENDERER);

        assertThat(samples.stream().map(SampleTest::text))
                .containsExactly(
                        "<|start|>user<|message|>12 + 30?<|end|><|start|>assistant"
                                + "[<|channel|>analysis<|message|>Use it.<|end|><|start|>assistant to=functions.add"
                                + "<|channel|>commentary <|constrain|>json<|message|>{}<|call|>]"
                                + "<|start|>functions.add to=assistant<|channel|>commentary<|message|>42<|end|>"
                                + "<|start|>assistant[<|channel|>final<|message|>42.<|return|>]",
                        "<|start|>user<|message|>12 + 30?<|end|><|start|>assistant to=functions.add"
                                + "<|channel|>commentary <|constrain|>json<|message|>{}<|call|>"
                                + "<|start|>functions.add to=assistant<|channel|>commentary<|message|>42<|end|>"
                                + "<|start|>assistant<|channel|>final<|message|>42.<|end|>"
                                + "<|start|>user<|message|>Thanks.<|end|><|start|>assistant"
                                + "[<|channel|>final<|message|>Welcome.<|return|>]");
    }

    @Test
    void eachSampleBeginsWithThePromptThatTheModelIsGiven() {
        Sample last = Sample.of(CONVERSATION, 6, RENDERER).get(0);
        int[] prompt = RENDERER.renderForCompletion(
                new Conversation(CONVERSATION.messages().subList(0, 6)), Role.ASSISTANT);

        assertThat(last.ids()).startsWith(prompt);
        assertThat(last.tokens()[prompt.length - 1]).isNotNegative();
        assertThat(last.tokens()[prompt.length]).isNegative();
    }

    @Test
    void earlierMessagesAreNotLearned() {
        assertThat(Sample.of(CONVERSATION, 6, RENDERER)).hasSize(1);
        assertThat(Sample.of(CONVERSATION, 7, RENDERER)).isEmpty();
    }

    /** The sample's text, with brackets around what the model writes. */
    private static String text(Sample sample) {
        StringBuilder text = new StringBuilder();
        boolean written = false;
        for (int token : sample.tokens()) {
            if (token < 0 != written) {
                text.append(written ? ']' : '[');
                written = !written;
            }
            text.append(TOKENIZER.decode(new int[] {token < 0 ? ~token : token}));
        }
        return text.append(written ? "]" : "").toString();
    }
}
