package io.harmony4j.springai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.chat.ChatTranscript;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.MediaContent;
import org.springframework.ai.tokenizer.TokenCountEstimator;

/**
 * Counts tokens as a {@link HarmonySpringChatModel} reads them: nothing is estimated.
 *
 * <p>A text has the tokens of the text alone; a message also those around it, and those of its calls and its chain of thought; several
 * messages are a whole prompt with the model's own options, from the system message to where the answer begins. For a prompt with
 * options of its own, tools among them, use {@link HarmonySpringChatModel#countTokens}. Thread-safe.
 */
public final class HarmonyTokenCountEstimator implements TokenCountEstimator {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final HarmonyRenderer RENDERER =
            new HarmonyRenderer(TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));

    private final HarmonySpringChatModel model;

    /** Counts for the given model. */
    public HarmonyTokenCountEstimator(HarmonySpringChatModel model) {
        this.model = requireNonNull(model, "model");
    }

    @Override
    public int estimate(@Nullable String text) {
        return text == null ? 0 : TOKENIZER.count(text);
    }

    /**
     * Returns how many tokens a message has.
     *
     * @throws IllegalArgumentException if it has media
     */
    @Override
    public int estimate(MediaContent content) {
        ChatTranscript transcript = new ChatTranscript();
        PromptReader.add(message(content), transcript);
        int[] system = RENDERER.render(new ChatTranscript().conversation());
        return RENDERER.render(transcript.conversation()).length - system.length;
    }

    /**
     * Returns how many tokens the prompt of some messages has.
     *
     * @throws IllegalArgumentException if one has media
     */
    @Override
    public int estimate(Iterable<MediaContent> messages) {
        List<Message> prompt = new ArrayList<>();
        messages.forEach(content -> prompt.add(message(content)));
        return model.countTokens(new Prompt(prompt));
    }

    /** Returns content as a message; what is none counts as a user's. */
    private static Message message(MediaContent content) {
        return content instanceof Message message
                ? message
                : UserMessage.builder()
                        .text(content.getText() == null ? "" : content.getText())
                        .media(List.copyOf(content.getMedia()))
                        .build();
    }
}
