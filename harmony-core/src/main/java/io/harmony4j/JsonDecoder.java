package io.harmony4j;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of openai/harmony to values of the format. It accepts what the reference accepts: unknown fields, fields in any
 * order, null for an absent field, content as a string or a list. It refuses what the reference refuses: missing and
 * repeated fields, values of another type, unknown roles, content types and efforts.
 *
 * <p>Each method takes a value and its path from the top, as in {@code $.messages[2].content}, for the error message.
 */
final class JsonDecoder {
    private static final String TOP = "$";

    private JsonDecoder() {}

    static Conversation conversation(String json) {
        // parity: a list of the field's values stands for the object, so [[]] is an empty conversation
        JsonFields fields = JsonFields.ofObjectOrList(parse(json), "a conversation", TOP, JsonNames.MESSAGES);
        return new Conversation(list(
                fields.required(JsonNames.MESSAGES),
                "a list of messages",
                fields.path(JsonNames.MESSAGES),
                JsonDecoder::message));
    }

    static Message message(String json) {
        return message(parse(json), TOP);
    }

    static Map<String, ToolNamespace> toolNamespaces(String json) {
        return requireNonNull(tools(parse(json), TOP));
    }

    private static JsonTree parse(String json) {
        return JsonTree.parse(requireNonNull(json, "json"));
    }

    private static Message message(JsonTree tree, String path) {
        JsonFields fields = JsonFields.ofObject(
                tree,
                "a message",
                path,
                JsonNames.ROLE,
                JsonNames.NAME,
                JsonNames.RECIPIENT,
                JsonNames.CONTENT,
                JsonNames.CHANNEL,
                JsonNames.CONTENT_TYPE);
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

    private static List<Content> contents(JsonTree tree, String path) {
        if (tree.kind() == JsonToken.VALUE_STRING) {
            return List.of(new Content.Text(JsonFields.text(tree, path)));
        }
        return list(tree, "a string or a list of content", path, JsonDecoder::content);
    }

    private static Content content(JsonTree tree, String path) {
        // parity: a list of the type and the fields' values stands for the object, as in ["text","hi"]
        boolean isList = tree.kind() == JsonToken.START_ARRAY && !tree.values().isEmpty();
        JsonTree type = isList ? tree.sublist(0, 1) : tree;
        JsonTree body = isList ? tree.sublist(1, tree.values().size()) : tree;
        JsonFields tagged = JsonFields.ofObjectOrList(type, "content", path, JsonNames.TYPE);
        return switch (tagged.text(JsonNames.TYPE)) {
            case JsonNames.TEXT ->
                new Content.Text(JsonFields.ofObjectOrList(body, "text content", path, JsonNames.TEXT)
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

    private static Content.System system(JsonTree tree, String path) {
        JsonFields fields = JsonFields.ofObjectOrList(
                tree,
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

    private static @Nullable ChannelConfig channelConfig(@Nullable JsonTree tree, String path) {
        if (tree == null) {
            return null;
        }
        JsonFields fields = JsonFields.ofObjectOrList(
                tree, "a channel config", path, JsonNames.VALID_CHANNELS, JsonNames.CHANNEL_REQUIRED);
        List<Channel> channels = list(
                fields.required(JsonNames.VALID_CHANNELS),
                "a list of channels",
                fields.path(JsonNames.VALID_CHANNELS),
                (channel, place) -> Channel.of(JsonFields.text(channel, place)));
        return new ChannelConfig(channels, fields.bool(JsonNames.CHANNEL_REQUIRED));
    }

    private static Content.Developer developer(JsonTree tree, String path) {
        JsonFields fields =
                JsonFields.ofObjectOrList(tree, "developer content", path, JsonNames.INSTRUCTIONS, JsonNames.TOOLS);
        return new Content.Developer(
                fields.optionalText(JsonNames.INSTRUCTIONS),
                tools(fields.optional(JsonNames.TOOLS), fields.path(JsonNames.TOOLS)));
    }

    private static @Nullable Map<String, ToolNamespace> tools(@Nullable JsonTree tree, String path) {
        if (tree == null) {
            return null;
        }
        if (tree.kind() != JsonToken.START_OBJECT) {
            throw tree.unexpected("an object of tool namespaces", path);
        }
        Map<String, ToolNamespace> namespaces = new LinkedHashMap<>();
        for (int i = 0; i < tree.names().size(); i++) {
            String key = tree.names().get(i);
            namespaces.put(key, namespace(tree.values().get(i), path + "." + key));
        }
        return namespaces;
    }

    private static ToolNamespace namespace(JsonTree tree, String path) {
        JsonFields fields = JsonFields.ofObjectOrList(
                tree, "a tool namespace", path, JsonNames.NAME, JsonNames.DESCRIPTION, JsonNames.TOOLS);
        return new ToolNamespace(
                fields.text(JsonNames.NAME),
                fields.optionalText(JsonNames.DESCRIPTION),
                list(
                        fields.required(JsonNames.TOOLS),
                        "a list of tools",
                        fields.path(JsonNames.TOOLS),
                        JsonDecoder::tool));
    }

    private static ToolDescription tool(JsonTree tree, String path) {
        JsonFields fields = JsonFields.ofObjectOrList(
                tree, "a tool", path, JsonNames.NAME, JsonNames.DESCRIPTION, JsonNames.PARAMETERS);
        JsonTree parameters = fields.optional(JsonNames.PARAMETERS);
        JsonNode schema = parameters == null ? null : parameters.toNode();
        return new ToolDescription(fields.text(JsonNames.NAME), fields.text(JsonNames.DESCRIPTION), schema);
    }

    private static <T> List<T> list(JsonTree tree, String expected, String path, Element<T> element) {
        if (tree.kind() != JsonToken.START_ARRAY) {
            throw tree.unexpected(expected, path);
        }
        List<T> list = new ArrayList<>(tree.values().size());
        for (JsonTree value : tree.values()) {
            list.add(element.decode(value, path + "[" + list.size() + "]"));
        }
        return list;
    }

    /** How one element of a list is read. */
    private interface Element<T> {
        T decode(JsonTree tree, String path);
    }
}
