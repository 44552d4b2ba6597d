package io.harmony4j.langchain4j;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.harmony4j.chat.Answer;
import java.util.List;
import java.util.Set;

/**
 * A chat model of LangChain4j that speaks Harmony with any backend.
 *
 * <pre>{@code
 * ChatModel model = HarmonyChatModel.builder()
 *         .backend(Backends.of("llama-server:http://localhost:8080"))
 *         .reasoningEffort(ReasoningEffort.LOW)
 *         .build();
 * ChatResponse response = model.chat(UserMessage.from("What is the capital of Germany?"));
 * response.aiMessage().thinking();     // the chain of thought
 * response.aiMessage().text();         // Berlin
 * }</pre>
 *
 * <p>The most tokens of a response count its thinking, too, so that a response may have thinking and no text if they are few. A tool choice
 * of {@code REQUIRED} leaves the thinking as it is and makes a call of what comes after it. A response format is told to the model and
 * not forced.
 *
 * <p>What goes wrong is thrown as LangChain4j's exceptions: {@code UnsupportedFeatureException} for what gpt-oss cannot do, as looking at
 * pictures; {@code InvalidRequestException} for requests that cannot be answered, as too long ones; the kinds of {@code
 * RetriableException} for backends that are busy, silent or gone. {@code CancellationException} is thrown if the generation is cancelled
 * from outside, as by an interrupt.
 *
 * <p>Immutable; answers as many requests at a time as its backend does generations.
 */
public final class HarmonyChatModel implements ChatModel {
    private final ModelSettings settings;

    private HarmonyChatModel(ModelSettings settings) {
        this.settings = settings;
    }

    /** Returns a builder, which needs a backend. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns what counts the tokens of this model's prompts. */
    public HarmonyTokenCountEstimator tokenCountEstimator() {
        return settings.tokenCountEstimator();
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        try {
            Answer answer =
                    settings.model().answer(settings.conversation(request), settings.options(request), delta -> {});
            return Responses.of(answer, request.modelName());
        } catch (RuntimeException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return settings.parameters();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return settings.listeners();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return ModelSettings.CAPABILITIES;
    }

    /** Makes a {@link HarmonyChatModel}. */
    public static final class Builder extends ModelBuilder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Returns the model.
         *
         * @throws IllegalStateException if there is no backend
         */
        public HarmonyChatModel build() {
            return new HarmonyChatModel(settings());
        }
    }
}
