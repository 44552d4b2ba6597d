package io.harmony4j;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.UnexpectedJsonException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A list of messages, in the order they were said.
 *
 * <pre>{@code
 * Conversation conversation = Conversation.of(
 *         Message.system(Content.System.DEFAULT.withReasoningEffort(ReasoningEffort.HIGH)),
 *         Message.developer(Content.developer("Answer in one word.")),
 *         Message.user("What is the capital of Japan?"));
 * }</pre>
 *
 * @param messages the messages
 */
public record Conversation(List<Message> messages) {
    public Conversation {
        messages = WellFormed.copy(messages, "messages");
    }

    /** Returns a conversation of the given messages. */
    public static Conversation of(Message... messages) {
        return new Conversation(Arrays.asList(requireNonNull(messages, "messages")));
    }

    /** Returns a copy with one more message at the end. */
    public Conversation with(Message message) {
        return with(List.of(requireNonNull(message, "message")));
    }

    /** Returns a copy with more messages at the end. */
    public Conversation with(List<Message> more) {
        List<Message> all = new ArrayList<>(messages);
        all.addAll(WellFormed.copy(more, "more"));
        return new Conversation(all);
    }

    /**
     * Returns the tools that system and developer messages declare, in order: each tool of a namespace, or the namespace itself if
     * it has none, like {@code python}.
     */
    public List<Recipient> declaredTools() {
        List<Recipient> tools = new ArrayList<>();
        for (Message message : messages) {
            for (Content part : message.content()) {
                Map<String, ToolNamespace> namespaces = part instanceof Content.System system
                        ? system.tools()
                        : part instanceof Content.Developer developer ? developer.tools() : null;
                if (namespaces != null) {
                    namespaces.values().forEach(namespace -> tools.addAll(namespace.recipients()));
                }
            }
        }
        return tools;
    }

    /**
     * Reads a conversation from the JSON of openai/harmony: an object with the list {@code messages}.
     *
     * @throws IllegalArgumentException if the text is not JSON or not a conversation; the text of the exception says what
     *     was expected, what was found, the field (as a path from {@code $}), line and column
     */
    public static Conversation fromJson(String json) {
        return JsonDecoder.conversation(Json.parse(requireNonNull(json, "json")), null);
    }

    /**
     * Reads a conversation as {@link #fromJson(String)}, and tells which fields of it the format does not have. The reader ignores
     * them, as openai/harmony does, but whoever wrote {@code reasoning_content} or {@code tool_calls} may not know that.
     *
     * @param ignored is given a sentence for each such field: its name, where it is, and, if known, what it may be meant for
     * @throws IllegalArgumentException as {@link #fromJson(String)}
     */
    public static Conversation fromJson(String json, Consumer<String> ignored) {
        return JsonDecoder.conversation(Json.parse(requireNonNull(json, "json")), requireNonNull(ignored, "ignored"));
    }

    /**
     * Reads a conversation as {@link #fromJson(String)}, from JSON that was read before. Numbers become those of the format: integers of 64
     * bits, or else doubles.
     *
     * @throws UnexpectedJsonException if the object is not a conversation, with the place of what is wrong
     * @throws IllegalArgumentException if it has what the format's JSON cannot have: an unpaired surrogate, a number beyond the range of a
     *     double, or more than 127 levels of nesting
     */
    public static Conversation fromJsonObject(JsonObject object) {
        return JsonDecoder.conversation(Json.toFormat(requireNonNull(object, "object")), null);
    }

    /** Returns the JSON of openai/harmony, on one line. */
    public String toJson() {
        return Json.write(toJsonObject());
    }

    /** Returns the value of {@link #toJson()}, to be a part of other JSON. */
    public JsonObject toJsonObject() {
        return JsonEncoder.encode(this);
    }
}
