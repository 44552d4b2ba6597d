package io.harmony4j.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.harmony4j.Conversation;
import io.harmony4j.chat.TurnOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * A streaming chat model of LangChain4j that speaks Harmony with any backend.
 *
 * <pre>{@code
 * StreamingChatModel model = HarmonyStreamingChatModel.builder().backend(backend).build();
 * model.chat("What is the capital of Germany?", new StreamingChatResponseHandler() {
 *     public void onPartialThinking(PartialThinking thinking) { … }
 *     public void onPartialResponse(String text) { … }
 *     public void onCompleteResponse(ChatResponse response) { … }
 *     public void onError(Throwable error) { … }
 * });
 * }</pre>
 *
 * <p>A handler hears of one response in one thread, which is not the caller's: the pieces in the order of the model, a complete call before
 * anything else comes, and then the complete response. An exception that the handler throws is reported to its {@code onError}, and the
 * stream goes on; an {@link Error} ends it. {@code StreamingHandle.cancel()}, which may be called by any thread, ends the generation
 * before its next token, and the handler hears nothing more.
 *
 * <p>A request that cannot be put to the model, as one with pictures, is refused by an exception of {@code chat}, as LangChain4j's acceptance
 * tests want it; listeners then hear of the request only. All that goes wrong later goes to {@code onError}. The exceptions are those that
 * {@link HarmonyChatModel} throws.
 *
 * <p>Immutable; answers as many requests at a time as its backend does generations.
 */
public final class HarmonyStreamingChatModel implements StreamingChatModel {
    private final ModelSettings settings;
    private final Executor executor;

    private HarmonyStreamingChatModel(ModelSettings settings, Executor executor) {
        this.settings = settings;
        this.executor = executor;
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
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        StreamingTurn turn = new StreamingTurn(handler);
        Conversation conversation = settings.conversation(request);
        TurnOptions options = settings.options(request);
        executor.execute(() -> turn.run(settings.model(), conversation, options, request.modelName()));
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

    /** Makes a {@link HarmonyStreamingChatModel}. */
    public static final class Builder extends ModelBuilder<Builder> {
        private Executor executor = Builder::startThread;

        private Builder() {}

        private static void startThread(Runnable task) {
            Thread thread = new Thread(task, "harmony-streaming-chat");
            thread.setDaemon(true);
            thread.start();
        }

        /** Sets what runs the responses, one a task; by default each has a new daemon thread. */
        public Builder executor(Executor newExecutor) {
            executor = requireNonNull(newExecutor, "executor");
            return this;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Returns the model.
         *
         * @throws IllegalStateException if there is no backend
         */
        public HarmonyStreamingChatModel build() {
            return new HarmonyStreamingChatModel(settings(), executor);
        }
    }
}
