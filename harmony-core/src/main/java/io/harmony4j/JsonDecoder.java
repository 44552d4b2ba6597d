package io.harmony4j;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonFields;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of openai/harmony to values of the format. It accepts what the reference accepts: unknown fields, fields in any
 * order, null for an absent field, content as a string or a list. It refuses what the reference refuses: missing and
 * repeated fields, values of another type, unknown roles, content types and efforts. Response formats are an extension.
 *
 * <p>Each method takes a value and its path from the top, as in {@code $.messages[2].content}, for the error message.
 */
final class JsonDecoder {
    private static final String TOP = "$";

    /** Is given a sentence for each field that is ignored, if anybody wants to know. */
    private final @Nullable Consumer<String> ignored;

    private JsonDecoder(@Nullable Consumer<String> ignored) {
        this.ignored = ignored;
    }

    static Conversation conversation(JsonValue value, @Nullable Consumer<String> ignored) {
        return new JsonDecoder(ignored).conversation(value);
    }

    static Message message(String json) {
        JsonValue value = Json.parse(json);
        if (value instanceof JsonObject object && object.has(JsonNames.MESSAGES) && !object.has(JsonNames.ROLE)) {
            throw withRemedy(value.unexpected("a message", TOP), "Conversation.fromJson reads a conversation");
        }
        return new JsonDecoder(null).message(value, TOP);
    }

    static Map<String, ToolNamespace> toolNamespaces(String json) {
        return requireNonNull(new JsonDecoder(null).tools(Json.parse(json), TOP));
    }

    private Conversation conversation(JsonValue value) {
        List<JsonValue> elements = value.elements();
        if (value.isArray() && (elements.size() != 1 || !elements.get(0).isArray())) {
            throw withRemedy(
                    value.unexpected("a conversation as an object", TOP),
                    "a list of messages goes into one, as in {\"messages\": [...]}");
        }
        if (value instanceof JsonObject object
                && !object.has(JsonNames.MESSAGES)
                && object.has(JsonNames.ROLE)
                && object.has(JsonNames.CONTENT)) {
            throw withRemedy(
                    value.unexpected("a conversation", TOP),
                    "a message goes into a list of messages, as in {\"messages\": [{...}]}");
        }
        // parity: a list of the field's values stands for the object, so [[]] is an empty conversation
        JsonFields fields = fields(value, "a conversation", TOP, JsonNames.MESSAGES);
        return new Conversation(list(
                fields.required(JsonNames.MESSAGES),
                "a list of messages",
                fields.path(JsonNames.MESSAGES),
                this::message));
    }

    private static IllegalArgumentException withRemedy(IllegalArgumentException failure, String remedy) {
        return new IllegalArgumentException(failure.getMessage() + "; " + remedy, failure);
    }

    /** Returns the fields of an object, or of the list of their values; others are ignored. */
    private JsonFields fields(JsonValue value, String what, String path, String... names) {
        JsonFields fields = JsonFields.ofObjectOrList(value, what, path, names);
        report(fields, fields.others());
        return fields;
    }

    /** Returns the fields of content besides its type, which is known already. */
    private JsonFields contentFields(JsonValue value, String what, String path, String... names) {
        JsonFields fields = JsonFields.ofObjectOrList(value, what, path, names);
        report(
                fields,
                fields.others().stream()
                        .filter(name -> !name.equals(JsonNames.TYPE))
                        .toList());
        return fields;
    }

    private void report(JsonFields fields, List<String> others) {
        if (ignored != null) {
            others.forEach(name -> ignored.accept(UnknownField.describe(fields, name)));
        }
    }

    private Message message(JsonValue value, String path) {
        JsonFields fields = JsonFields.ofObject(
                value,
                "a message",
                path,
                JsonNames.ROLE,
                JsonNames.NAME,
                JsonNames.RECIPIENT,
                JsonNames.CONTENT,
                JsonNames.CHANNEL,
                JsonNames.CONTENT_TYPE);
        report(
                fields,
                fields.others().stream()
                        .filter(name -> !name.equals(JsonNames.SAMPLED_TOKENS))
                        .toList());
        String recipient = fields.optionalText(JsonNames.RECIPIENT);
        String channel = fields.optionalText(JsonNames.CHANNEL);
        String contentType = fields.optionalText(JsonNames.CONTENT_TYPE);
        return new Message(
                new Author(role(fields), fields.optionalText(JsonNames.NAME)),
                recipient == null ? null : Recipient.of(recipient),
                contents(fields.required(JsonNames.CONTENT), fields.path(JsonNames.CONTENT)),
                channel == null ? null : Channel.of(channel),
                contentType == null ? null : ContentType.of(contentType));
    }

    private static Role role(JsonFields fields) {
        return Role.find(fields.word(JsonNames.ROLE))
                .orElseThrow(() -> fields.unexpected(JsonNames.ROLE, "a role (" + Role.words() + ")"));
    }

    private List<Content> contents(JsonValue value, String path) {
        if (value.isString()) {
            return List.of(new Content.Text(JsonFields.text(value, path)));
        }
        return list(value, "a string or a list of content", path, this::content);
    }

    private Content content(JsonValue value, String path) {
        // parity: a list of the type and the fields' values stands for the object, as in ["text","hi"]
        JsonValue type = value;
        JsonValue body = value;
        if (value instanceof JsonArray list && !list.elements().isEmpty()) {
            type = list.sublist(0, 1);
            body = list.sublist(1, list.elements().size());
        }
        JsonFields tagged = JsonFields.ofObjectOrList(type, "content", path, JsonNames.TYPE);
        return switch (tagged.text(JsonNames.TYPE)) {
            case JsonNames.TEXT ->
                new Content.Text(contentFields(body, "text content", path, JsonNames.TEXT)
                        .text(JsonNames.TEXT));
            case JsonNames.SYSTEM_CONTENT -> system(body, path);
            case JsonNames.DEVELOPER_CONTENT -> developer(body, path);
            default ->
                throw tagged.unexpected(
                        JsonNames.TYPE,
                        "a type of content (" + JsonNames.TEXT + ", " + JsonNames.SYSTEM_CONTENT + ", "
                                + JsonNames.DEVELOPER_CONTENT + ")");
        };
    }

    private Content.System system(JsonValue value, String path) {
        JsonFields fields = contentFields(
                value,
                "system content",
                path,
                JsonNames.MODEL_IDENTITY,
                JsonNames.REASONING_EFFORT,
                JsonNames.TOOLS,
                JsonNames.CONVERSATION_START_DATE,
                JsonNames.KNOWLEDGE_CUTOFF,
                JsonNames.CHANNEL_CONFIG);
        return new Content.System(
                fields.optionalText(JsonNames.MODEL_IDENTITY),
                effort(fields),
                tools(fields.optional(JsonNames.TOOLS), fields.path(JsonNames.TOOLS)),
                fields.optionalText(JsonNames.CONVERSATION_START_DATE),
                fields.optionalText(JsonNames.KNOWLEDGE_CUTOFF),
                channelConfig(fields.optional(JsonNames.CHANNEL_CONFIG), fields.path(JsonNames.CHANNEL_CONFIG)));
    }

    private static @Nullable ReasoningEffort effort(JsonFields fields) {
        return fields.optional(JsonNames.REASONING_EFFORT) == null
                ? null
                : ReasoningEffort.findByJsonName(fields.word(JsonNames.REASONING_EFFORT))
                        .orElseThrow(() -> fields.unexpected(
                                JsonNames.REASONING_EFFORT, "an effort (" + ReasoningEffort.jsonNames() + ")"));
    }

    private @Nullable ChannelConfig channelConfig(@Nullable JsonValue value, String path) {
        if (value == null) {
            return null;
        }
        JsonFields fields =
                fields(value, "a channel config", path, JsonNames.VALID_CHANNELS, JsonNames.CHANNEL_REQUIRED);
        List<Channel> channels = list(
                fields.required(JsonNames.VALID_CHANNELS),
                "a list of channels",
                fields.path(JsonNames.VALID_CHANNELS),
                (channel, place) -> Channel.of(JsonFields.text(channel, place)));
        return new ChannelConfig(channels, fields.bool(JsonNames.CHANNEL_REQUIRED));
    }

    private Content.Developer developer(JsonValue value, String path) {
        // parity: a list has the values of the reference's fields alone
        JsonFields fields = value.isArray()
                ? contentFields(value, "developer content", path, JsonNames.INSTRUCTIONS, JsonNames.TOOLS)
                : contentFields(
                        value,
                        "developer content",
                        path,
                        JsonNames.INSTRUCTIONS,
                        JsonNames.TOOLS,
                        JsonNames.RESPONSE_FORMATS);
        JsonValue formats = fields.optional(JsonNames.RESPONSE_FORMATS);
        return new Content.Developer(
                fields.optionalText(JsonNames.INSTRUCTIONS),
                tools(fields.optional(JsonNames.TOOLS), fields.path(JsonNames.TOOLS)),
                formats == null
                        ? List.of()
                        : list(
                                formats,
                                "a list of response formats",
                                fields.path(JsonNames.RESPONSE_FORMATS),
                                this::responseFormat));
    }

    private ResponseFormat responseFormat(JsonValue value, String path) {
        JsonFields fields = JsonFields.ofObject(
                value, "a response format", path, JsonNames.NAME, JsonNames.DESCRIPTION, JsonNames.SCHEMA);
        report(fields, fields.others());
        JsonValue schema = fields.required(JsonNames.SCHEMA);
        if (!ResponseFormat.isSchema(schema)) {
            throw fields.unexpected(JsonNames.SCHEMA, ResponseFormat.SCHEMA);
        }
        return ResponseFormat.of(fields.text(JsonNames.NAME), fields.optionalText(JsonNames.DESCRIPTION), schema);
    }

    private @Nullable Map<String, ToolNamespace> tools(@Nullable JsonValue value, String path) {
        if (value == null) {
            return null;
        }
        if (!value.isObject()) {
            throw value.unexpected("an object of tool namespaces", path);
        }
        Map<String, ToolNamespace> namespaces = new LinkedHashMap<>();
        value.members()
                .forEach((key, namespace) -> namespaces.put(key, namespace(namespace, JsonFields.path(path, key))));
        return namespaces;
    }

    private ToolNamespace namespace(JsonValue value, String path) {
        JsonFields fields =
                fields(value, "a tool namespace", path, JsonNames.NAME, JsonNames.DESCRIPTION, JsonNames.TOOLS);
        return new ToolNamespace(
                fields.text(JsonNames.NAME),
                fields.optionalText(JsonNames.DESCRIPTION),
                list(fields.required(JsonNames.TOOLS), "a list of tools", fields.path(JsonNames.TOOLS), this::tool));
    }

    private ToolDescription tool(JsonValue value, String path) {
        JsonFields fields = fields(value, "a tool", path, JsonNames.NAME, JsonNames.DESCRIPTION, JsonNames.PARAMETERS);
        JsonValue parameters = fields.optional(JsonNames.PARAMETERS);
        return ToolDescription.ofParsed(
                fields.text(JsonNames.NAME),
                fields.text(JsonNames.DESCRIPTION),
                parameters == null ? JsonValue.ofNull() : parameters);
    }

    private static <T> List<T> list(JsonValue value, String expected, String path, Element<T> element) {
        if (!value.isArray()) {
            throw value.unexpected(expected, path);
        }
        List<T> list = new ArrayList<>(value.elements().size());
        for (JsonValue part : value.elements()) {
            list.add(element.decode(part, path + "[" + list.size() + "]"));
        }
        return list;
    }

    /** How one element of a list is read. */
    private interface Element<T> {
        T decode(JsonValue value, String path);
    }
}
