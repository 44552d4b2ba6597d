package io.harmony4j.springai;

import io.harmony4j.chat.Answer;
import io.harmony4j.chat.ChatDelta;
import io.harmony4j.chat.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * What Spring AI is given of one answer: all at once, or piece by piece.
 *
 * <p>Spring AI joins the pieces of a stream by adding up texts and calls, and of metadata with one key it keeps the last. So calls come
 * whole, with the last piece, and so does the whole chain of thought, under a key of its own. A call that a limit cut off is in none:
 * Spring AI runs all that it gets.
 */
final class Responses {
    private final String id = "harmony-" + UUID.randomUUID();
    private final String model;

    Responses(String model) {
        this.model = model;
    }

    /** Returns all of an answer. */
    ChatResponse whole(Answer answer) {
        Map<String, Object> thoughts = answer.reasoning().isEmpty()
                ? Map.of()
                : Map.of(
                        HarmonySpringChatModel.REASONING_CONTENT,
                        answer.reasoning(),
                        HarmonySpringChatModel.ANALYSIS,
                        answer.reasoning());
        return ended(answer, answer.content(), thoughts);
    }

    /** Returns a piece of a stream; empty for pieces of calls. */
    Optional<ChatResponse> piece(ChatDelta delta) {
        if (delta instanceof ChatDelta.Reasoning reasoning) {
            Map<String, Object> thought = Map.of(HarmonySpringChatModel.REASONING_CONTENT, reasoning.text());
            return Optional.of(piece(message("", thought, List.of())));
        }
        if (delta instanceof ChatDelta.Content content) {
            return Optional.of(piece(message(content.text(), Map.of(), List.of())));
        }
        return Optional.empty();
    }

    private ChatResponse piece(AssistantMessage message) {
        return new ChatResponse(List.of(new Generation(message)), metadata().build());
    }

    /** Returns the last piece of a stream. */
    ChatResponse last(Answer answer) {
        Map<String, Object> thoughts =
                answer.reasoning().isEmpty() ? Map.of() : Map.of(HarmonySpringChatModel.ANALYSIS, answer.reasoning());
        return ended(answer, "", thoughts);
    }

    private ChatResponse ended(Answer answer, String text, Map<String, Object> thoughts) {
        List<AssistantMessage.ToolCall> calls = answer.wholeToolCalls().stream()
                .map(call -> new AssistantMessage.ToolCall(call.id(), "function", call.name(), call.argumentsOrNone()))
                .toList();
        ChatGenerationMetadata ending = ChatGenerationMetadata.builder()
                .finishReason(answer.finishReason().name())
                .build();
        ChatResponseMetadata.Builder metadata = metadata();
        answer.view().usage().map(Responses::usage).ifPresent(metadata::usage);
        return new ChatResponse(List.of(new Generation(message(text, thoughts, calls), ending)), metadata.build());
    }

    private static DefaultUsage usage(Usage usage) {
        return new DefaultUsage(
                usage.promptTokens(),
                usage.completionTokens(),
                usage.totalTokens(),
                Map.of("reasoning_tokens", usage.reasoningTokens()),
                (long) usage.cachedTokens(),
                null);
    }

    private ChatResponseMetadata.Builder metadata() {
        return ChatResponseMetadata.builder().id(id).model(model);
    }

    private static AssistantMessage message(
            String text, Map<String, Object> metadata, List<AssistantMessage.ToolCall> calls) {
        return AssistantMessage.builder()
                .content(text)
                .properties(metadata)
                .toolCalls(calls)
                .build();
    }
}
