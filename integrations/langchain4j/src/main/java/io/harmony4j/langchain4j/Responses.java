package io.harmony4j.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import io.harmony4j.chat.Answer;
import io.harmony4j.chat.ToolCall;
import io.harmony4j.chat.Usage;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Turns answers into LangChain4j's responses. */
final class Responses {
    private static final String NO_ARGUMENTS = "{}";

    private Responses() {}

    /**
     * Returns the response of an answer.
     *
     * @throws CancellationException if its generation was cancelled
     */
    static ChatResponse of(Answer answer, @Nullable String modelName) {
        AiMessage message = AiMessage.builder()
                .text(orNull(answer.content()))
                .thinking(orNull(answer.reasoning()))
                .toolExecutionRequests(
                        answer.wholeToolCalls().stream().map(Responses::request).toList())
                .build();
        Usage usage = answer.view().usage().orElseThrow();
        return ChatResponse.builder()
                .aiMessage(message)
                .metadata(ChatResponseMetadata.builder()
                        .id("harmony-" + UUID.randomUUID())
                        .modelName(modelName)
                        .tokenUsage(HarmonyTokenUsage.of(usage))
                        .finishReason(finishReason(answer))
                        .build())
                .build();
    }

    /** Returns a call as LangChain4j has it: with the arguments exactly as the model wrote them. */
    static ToolExecutionRequest request(ToolCall call) {
        return ToolExecutionRequest.builder()
                .id(call.id())
                .name(call.name())
                .arguments(call.argumentsOrNone())
                .build();
    }

    /** Returns a call's arguments, which are an object without members if nothing was written. */
    static String orNoArguments(@Nullable String arguments) {
        return arguments == null || arguments.isBlank() ? NO_ARGUMENTS : arguments;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static FinishReason finishReason(Answer answer) {
        return switch (answer.finishReason()) {
            case STOP -> FinishReason.STOP;
            case LENGTH -> FinishReason.LENGTH;
            case TOOL_CALLS -> FinishReason.TOOL_EXECUTION;
            case CANCELLED ->
                throw new CancellationException("the generation was cancelled from outside, after "
                        + answer.generation().tokens().length + " tokens");
        };
    }
}
