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
import io.harmony4j.Conversation;
import io.harmony4j.chat.ChatDelta;
import io.harmony4j.chat.HarmonyModel;
import io.harmony4j.chat.TurnOptions;
import java.lang.System.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One streamed response: tells a handler what comes, and can be cancelled by it.
 *
 * <p>Run by one thread; any may cancel. After that the handler is told nothing.
 */
final class StreamingTurn implements StreamingHandle {
    private static final Logger LOG = System.getLogger(StreamingTurn.class.getName());

    private final StreamingChatResponseHandler handler;
    private volatile boolean cancelled;

    /** The call that is being read, as it began. */
    private ChatDelta.@Nullable ToolCallStarted call;

    /** The latest piece of its arguments: white space may follow, of which LangChain4j wants no piece to consist. */
    private String unshown = "";

    StreamingTurn(StreamingChatResponseHandler handler) {
        this.handler = handler;
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    /** Generates, and returns when the handler has been told everything. */
    void run(HarmonyModel model, Conversation conversation, TurnOptions options, @Nullable String modelName) {
        TurnOptions cancellable = options.withGeneration(options.generation().withCancelled(this::isCancelled));
        try {
            ChatResponse response = Responses.of(model.answer(conversation, cancellable, this::accept), modelName);
            tell(() -> handler.onCompleteResponse(response));
        } catch (RuntimeException e) {
            report(Failures.of(e));
        } catch (Error e) { // also the handler's own
            report(e);
        }
    }

    private void accept(ChatDelta delta) {
        if (delta instanceof ChatDelta.Reasoning reasoning) {
            PartialThinking thinking = new PartialThinking(reasoning.text());
            tell(() -> handler.onPartialThinking(thinking, new PartialThinkingContext(this)));
        } else if (delta instanceof ChatDelta.Content content) {
            PartialResponse response = new PartialResponse(content.text());
            tell(() -> handler.onPartialResponse(response, new PartialResponseContext(this)));
        } else if (delta instanceof ChatDelta.ToolCallStarted started) {
            call = started;
            unshown = "";
        } else if (delta instanceof ChatDelta.ToolCallArguments arguments) {
            addArguments(arguments.text());
        } else if (delta instanceof ChatDelta.ToolCallEnded ended) {
            end(ended);
        }
    }

    private void end(ChatDelta.ToolCallEnded ended) {
        if (!ended.isCut()) {
            showArguments(Responses.orNoArguments(unshown));
            CompleteToolCall complete = new CompleteToolCall(ended.index(), Responses.request(ended.call()));
            tell(() -> handler.onCompleteToolCall(complete));
        } else if (!unshown.isBlank()) {
            showArguments(unshown);
        }
    }

    private void addArguments(String text) {
        if (text.isBlank()) {
            unshown += text;
            return;
        }
        if (!unshown.isEmpty()) {
            showArguments(unshown);
        }
        unshown = text;
    }

    private void showArguments(String text) {
        if (call != null) {
            PartialToolCall partial = PartialToolCall.builder()
                    .index(call.index())
                    .id(call.id())
                    .name(call.recipient().toolName())
                    .partialArguments(text)
                    .build();
            tell(() -> handler.onPartialToolCall(partial, new PartialToolCallContext(this)));
        }
    }

    /** Tells the handler something, and if it throws, that. */
    private void tell(Runnable callback) {
        if (cancelled) {
            return;
        }
        try {
            callback.run();
        } catch (Exception e) { // also a checked one, which other languages throw without saying so
            report(e);
        }
    }

    private void report(Throwable error) {
        if (cancelled) {
            return;
        }
        try {
            handler.onError(error);
        } catch (Exception e) {
            LOG.log(Logger.Level.WARNING, "A handler's onError threw an exception, which is ignored.", e);
        }
    }
}
