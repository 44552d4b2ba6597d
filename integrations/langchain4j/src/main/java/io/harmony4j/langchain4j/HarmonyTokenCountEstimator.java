package io.harmony4j.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.chat.HarmonyModel;
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

    /** Renders prompts as the chat models do; nothing is generated. */
    private final HarmonyModel model;

    private final Conversations conversations;
    private final ChatRequestParameters defaults;

    /** Makes an estimator for a model that has no options but its backend. */
    public HarmonyTokenCountEstimator() {
        this(
                new HarmonyModel(TOKENIZER, (prompt, options, tokens) -> {
                    throw new IllegalStateException("expected nothing to generate but was asked for a response");
                }),
                new Conversations(ReasoningEffort.MEDIUM, Conversations.SYSTEM_CLOCK),
                DefaultChatRequestParameters.EMPTY);
    }

    HarmonyTokenCountEstimator(HarmonyModel model, Conversations conversations, ChatRequestParameters defaults) {
        this.model = model;
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
            return model.countPrompt(conversations.of(messages, parameters));
        } catch (RuntimeException e) {
            throw Failures.ofRequest(e);
        }
    }
}
