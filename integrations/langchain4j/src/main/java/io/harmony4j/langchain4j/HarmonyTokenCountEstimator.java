package io.harmony4j.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.Role;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;

/**
 * Counts the tokens of gpt-oss models, exactly: it renders the prompt.
 *
 * <pre>{@code
 * ChatMemory memory = TokenWindowChatMemory.withMaxTokens(4000, model.tokenCountEstimator());
 * }</pre>
 *
 * <p>Messages that cannot be put to the model are refused as by {@link HarmonyChatModel}. Immutable.
 */
public final class HarmonyTokenCountEstimator implements TokenCountEstimator {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final HarmonyRenderer RENDERER =
            new HarmonyRenderer(TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.SINCE_LAST_FINAL));

    private final Conversations conversations;
    private final ChatRequestParameters defaults;

    /** Makes an estimator for a model that has no options but its backend. */
    public HarmonyTokenCountEstimator() {
        this(new Conversations(ReasoningEffort.MEDIUM, Conversations.SYSTEM_CLOCK), DefaultChatRequestParameters.EMPTY);
    }

    HarmonyTokenCountEstimator(Conversations conversations, ChatRequestParameters defaults) {
        this.conversations = conversations;
        this.defaults = defaults;
    }

    /** Returns how many tokens a text has by itself. */
    @Override
    public int estimateTokenCountInText(String text) {
        return TOKENIZER.count(requireNonNull(text, "text"));
    }

    /**
     * Returns how many tokens a message adds to a prompt that it is alone in, its header and end token included. The thinking of a message
     * with a text and no calls adds nothing, since it is in no prompt.
     */
    @Override
    public int estimateTokenCountInMessage(ChatMessage message) {
        List<ChatMessage> alone = List.of(requireNonNull(message, "message"));
        return count(alone, DefaultChatRequestParameters.EMPTY) - count(List.of(), DefaultChatRequestParameters.EMPTY);
    }

    /**
     * Returns how many tokens the prompt of a request with these messages has: with the system message, the beginning of the answer, and
     * the model's default tools if it has any.
     */
    @Override
    public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
        return count(requireNonNull(messages, "messages"), defaults);
    }

    /** Returns how many tokens the prompt of a request has, its tools and its response format included. */
    public int count(ChatRequest request) {
        requireNonNull(request, "request");
        return count(request.messages(), defaults.overrideWith(request.parameters()));
    }

    private int count(Iterable<ChatMessage> messages, ChatRequestParameters parameters) {
        try {
            return RENDERER.countForCompletion(conversations.of(messages, parameters), Role.ASSISTANT);
        } catch (RuntimeException e) {
            throw Failures.of(e);
        }
    }
}
