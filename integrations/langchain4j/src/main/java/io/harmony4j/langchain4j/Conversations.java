package io.harmony4j.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.harmony4j.Content.System;
import io.harmony4j.Conversation;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.Recipient;
import io.harmony4j.chat.ChatTranscript;
import io.harmony4j.chat.ToolCall;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns LangChain4j's messages, tools and response formats into conversations. Immutable. */
final class Conversations {
    /** What tells the date if nothing else is said. */
    static final Clock SYSTEM_CLOCK = Clock.system(ZoneId.systemDefault());

    private static final String BETWEEN_TEXTS = "\n";

    private final System system;
    private final Clock clock;

    /** Makes conversations with the given effort, and the date that the clock shows when they are made. */
    Conversations(ReasoningEffort effort, Clock clock) {
        this.system = System.DEFAULT.withReasoningEffort(effort);
        this.clock = clock;
    }

    /**
     * Returns a conversation.
     *
     * @throws UnsupportedFeatureException if a message has something that is not text
     * @throws IllegalArgumentException if it is impossible otherwise, as with a tool's result that does not say whose
     */
    Conversation of(Iterable<ChatMessage> messages, ChatRequestParameters parameters) {
        ChatTranscript transcript = new ChatTranscript()
                .system(system.withConversationStartDate(LocalDate.now(clock)))
                .tools(Schemas.tools(parameters));
        Schemas.responseFormat(parameters).ifPresent(transcript::responseFormat);
        messages.forEach(message -> add(transcript, message));
        return transcript.conversation();
    }

    private static void add(ChatTranscript transcript, ChatMessage message) {
        if (message instanceof SystemMessage instructions) {
            transcript.instructions(instructions.text());
        } else if (message instanceof UserMessage user) {
            transcript.user(text(user.contents(), "a user message"));
        } else if (message instanceof AiMessage assistant) {
            List<ToolCall> calls = assistant.toolExecutionRequests().stream()
                    .map(Conversations::call)
                    .toList();
            transcript.assistant(orNothing(assistant.thinking()), orNothing(assistant.text()), calls);
        } else if (message instanceof ToolExecutionResultMessage result) {
            addResult(transcript, result);
        } else {
            throw new UnsupportedFeatureException(
                    "expected a message of the system, the user, the model or a tool but found "
                            + message.getClass().getName() + ", which gpt-oss models do not support");
        }
    }

    private static ToolCall call(ToolExecutionRequest request) {
        return new ToolCall(
                id(request.id(), request.name()),
                Recipient.function(request.name()),
                Responses.orNoArguments(request.arguments()));
    }

    private static void addResult(ChatTranscript transcript, ToolExecutionResultMessage result) {
        String id = id(result.id(), result.toolName());
        String text = text(result.contents(), "the result of a tool");
        if (result.toolName() == null) {
            transcript.toolResult(id, text);
        } else {
            transcript.toolResult(id, Recipient.function(result.toolName()), text);
        }
    }

    /** Returns the id of a call; where models give none, calls and results of a tool belong together in their order. */
    private static String id(@Nullable String id, @Nullable String tool) {
        return id != null ? id : orNothing(tool);
    }

    private static String text(List<Content> contents, String where) {
        return contents.stream().map(content -> text(content, where)).collect(Collectors.joining(BETWEEN_TEXTS));
    }

    private static String text(Content content, String where) {
        if (content instanceof TextContent text) {
            return text.text();
        }
        String kind = content.type().name().toLowerCase(Locale.ROOT);
        throw new UnsupportedFeatureException("expected text but found content of the kind " + kind + " in " + where
                + "; gpt-oss models read text alone and do not support non-text content");
    }

    private static String orNothing(@Nullable String text) {
        return text == null ? "" : text;
    }
}
