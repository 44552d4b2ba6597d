package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;

/**
 * What a JSON text is: a conversation as the format has it, or a request or an answer of one of OpenAI's APIs.
 *
 * <p>{@code {"messages":[{"role":"user","content":"Hello"}]}} is both a conversation and a chat request, and counts as a conversation.
 * A field that only chat requests have makes it a request, unless a message has a field that only conversations have: read as a
 * request, it would lose its channels without a word.
 */
public enum Shape {
    /** A conversation as the format has it: {@code {"messages":[…]}}. */
    HARMONY("a conversation"),
    /** What a client says to Chat Completions. */
    CHAT_REQUEST("a Chat Completions request"),
    /** What Chat Completions answers. */
    CHAT_ANSWER("a Chat Completions answer"),
    /** What a client says to Responses. */
    RESPONSES_REQUEST("a Responses request"),
    /** What Responses answers. */
    RESPONSES_ANSWER("a Responses answer");

    private static final String MESSAGES = "messages";

    /** What a chat request has beside its messages and a conversation has not. */
    private static final Set<String> CHAT_FIELDS = Set.of(
            "model",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "functions",
            "function_call",
            "response_format",
            "reasoning_effort",
            "temperature",
            "top_p",
            "max_tokens",
            "max_completion_tokens",
            "stream");

    private static final Set<String> CHAT_MESSAGE_FIELDS = Set.of(
            "tool_calls",
            "tool_call_id",
            "function_call",
            "reasoning",
            "reasoning_content",
            "reasoning_details",
            "thinking",
            "refusal",
            "audio",
            "annotations");

    private static final Set<String> CHAT_PARTS = Set.of("image_url", "input_audio", "file", "refusal");

    private static final Set<String> HARMONY_MESSAGE_FIELDS = Set.of("channel", "recipient", "content_type");

    private static final Set<String> HARMONY_PARTS = Set.of("system_content", "developer_content");

    private final String phrase;

    Shape(String phrase) {
        this.phrase = phrase;
    }

    /** Returns the word for this shape in JSON, as in {@code chat_request}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns this shape as messages call it, as in {@code a Responses request}. */
    public String phrase() {
        return phrase;
    }

    /** Returns whether a client says this to one of the APIs. */
    public boolean isRequest() {
        return this == CHAT_REQUEST || this == RESPONSES_REQUEST;
    }

    /** Returns the shape of a text; one that is no JSON is a conversation, which is told what is wrong when it is read. */
    public static Shape of(String json) {
        if (!requireNonNull(json, "json").stripLeading().startsWith("{")) {
            return HARMONY;
        }
        try {
            return of(Json.parseAny(json));
        } catch (IllegalArgumentException e) {
            return HARMONY;
        }
    }

    private static Shape of(JsonValue value) {
        Set<String> fields = value.members().keySet();
        if (fields.contains(MESSAGES)) {
            return isChatRequest(value) ? CHAT_REQUEST : HARMONY;
        }
        if (value.get("choices").isArray()) {
            return CHAT_ANSWER;
        }
        if (fields.contains("input")) {
            return fields.contains("output") ? HARMONY : RESPONSES_REQUEST; // both are a data set's question and answer
        }
        if (value.get("output").isArray()
                || "response".equals(value.get("object").textOrNull())) {
            return RESPONSES_ANSWER;
        }
        return fields.contains("previous_response_id") ? RESPONSES_REQUEST : HARMONY;
    }

    private static boolean isChatRequest(JsonValue conversation) {
        boolean isChat = hasAny(conversation, CHAT_FIELDS);
        for (JsonValue message : conversation.get(MESSAGES).elements()) {
            if (hasAny(message, HARMONY_MESSAGE_FIELDS) || hasPart(message, HARMONY_PARTS)) {
                return false;
            }
            isChat = isChat
                    || hasAny(message, CHAT_MESSAGE_FIELDS)
                    || hasPart(message, CHAT_PARTS)
                    || "function".equals(message.get("role").textOrNull());
        }
        return isChat;
    }

    private static boolean hasAny(JsonValue object, Set<String> names) {
        return !Collections.disjoint(object.members().keySet(), names);
    }

    private static boolean hasPart(JsonValue message, Set<String> types) {
        return message.get("content").elements().stream()
                .map(part -> part.get("type").textOrNull())
                .anyMatch(type -> type != null && types.contains(type));
    }
}
