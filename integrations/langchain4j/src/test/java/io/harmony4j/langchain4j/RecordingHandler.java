package io.harmony4j.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A handler that keeps what it hears, one line a callback, and does something at each. */
final class RecordingHandler implements StreamingChatResponseHandler {
    final List<String> heard = new CopyOnWriteArrayList<>();
    final List<Throwable> errors = new CopyOnWriteArrayList<>();
    final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /** Completed by the complete response, or by the first error. */
    final CompletableFuture<ChatResponse> response = new CompletableFuture<>();

    private final BiConsumer<String, StreamingHandle> action;

    /** Stands for the handle where LangChain4j gives none. */
    private static final StreamingHandle NO_HANDLE = new StreamingHandle() {
        @Override
        public void cancel() {
            throw new IllegalStateException("no handle");
        }

        @Override
        public boolean isCancelled() {
            return false;
        }
    };

    RecordingHandler() {
        this((line, handle) -> {});
    }

    /** Makes a handler that, at each callback but that of an error, does something with the line and the handle. */
    RecordingHandler(BiConsumer<String, StreamingHandle> action) {
        this.action = action;
    }

    private void hear(String line, StreamingHandle handle) {
        heard.add(line);
        threads.add(Thread.currentThread());
        action.accept(line, handle);
    }

    @Override
    public void onPartialThinking(PartialThinking thinking, PartialThinkingContext context) {
        hear("thinking " + thinking.text(), context.streamingHandle());
    }

    @Override
    public void onPartialResponse(PartialResponse text, PartialResponseContext context) {
        hear("text " + text.text(), context.streamingHandle());
    }

    @Override
    public void onPartialToolCall(PartialToolCall call, PartialToolCallContext context) {
        hear("call " + call.index() + " " + call.name() + " " + call.partialArguments(), context.streamingHandle());
    }

    @Override
    public void onCompleteToolCall(CompleteToolCall call) {
        hear("called " + call.index() + " " + call.toolExecutionRequest().arguments(), NO_HANDLE);
    }

    @Override
    public void onCompleteResponse(ChatResponse complete) {
        try {
            hear("complete", NO_HANDLE);
        } finally {
            response.complete(complete);
        }
    }

    @Override
    public void onError(Throwable error) {
        errors.add(error);
        threads.add(Thread.currentThread());
        response.completeExceptionally(error);
    }

    /** Waits for the complete response; fails if there is an error, or nothing. */
    ChatResponse await() throws Exception {
        return response.get(30, TimeUnit.SECONDS);
    }

    /** Waits for an error. */
    Throwable awaitError() throws Exception {
        return response.handle((complete, error) -> error).get(30, TimeUnit.SECONDS);
    }
}
