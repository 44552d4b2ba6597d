package io.harmony4j;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of the format to the JSON of openai/harmony. A message leaves absent fields out; content, tools and channel config write
 * them as null. Response formats, which the reference does not have, are written only where there are some.
 */
final class JsonEncoder {
    private JsonEncoder() {}

    static JsonObject encode(Conversation conversation) {
        List<JsonObject> messages =
                conversation.messages().stream().map(JsonEncoder::encode).toList();
        return JsonObject.of(JsonNames.MESSAGES, JsonArray.of(messages));
    }

    static JsonObject encode(Message message) {
        Author author = message.author();
        Recipient recipient = message.recipient();
        Channel channel = message.channel();
        ContentType contentType = message.contentType();
        JsonObject.Builder fields =
                JsonObject.builder().put(JsonNames.ROLE, author.role().wireName());
        if (author.name() != null) {
            fields.put(JsonNames.NAME, author.name());
        }
        if (recipient != null) {
            fields.put(JsonNames.RECIPIENT, recipient.name());
        }
        fields.put(JsonNames.CONTENT, contents(message.content()));
        if (channel != null) {
            fields.put(JsonNames.CHANNEL, channel.name());
        }
        if (contentType != null) {
            fields.put(JsonNames.CONTENT_TYPE, contentType.text());
        }
        return fields.build();
    }

    private static JsonValue contents(List<Content> parts) {
        if (parts.size() == 1 && parts.get(0) instanceof Content.Text text) {
            return JsonValue.of(text.text());
        }
        return JsonArray.of(parts.stream().map(JsonEncoder::content).toList());
    }

    private static JsonObject content(Content content) {
        if (content instanceof Content.System system) {
            return system(system);
        }
        if (content instanceof Content.Developer developer) {
            return developer(developer);
        }
        return JsonObject.builder()
                .put(JsonNames.TYPE, JsonNames.TEXT)
                .put(JsonNames.TEXT, ((Content.Text) content).text())
                .build();
    }

    private static JsonObject system(Content.System system) {
        ReasoningEffort effort = system.reasoningEffort();
        return JsonObject.builder()
                .put(JsonNames.TYPE, JsonNames.SYSTEM_CONTENT)
                .put(JsonNames.MODEL_IDENTITY, system.modelIdentity())
                .put(JsonNames.REASONING_EFFORT, effort == null ? null : effort.jsonName())
                .put(JsonNames.TOOLS, tools(system.tools()))
                .put(JsonNames.CONVERSATION_START_DATE, system.conversationStartDate())
                .put(JsonNames.KNOWLEDGE_CUTOFF, system.knowledgeCutoff())
                .put(JsonNames.CHANNEL_CONFIG, channelConfig(system.channelConfig()))
                .build();
    }

    private static JsonObject developer(Content.Developer developer) {
        JsonObject.Builder fields = JsonObject.builder()
                .put(JsonNames.TYPE, JsonNames.DEVELOPER_CONTENT)
                .put(JsonNames.INSTRUCTIONS, developer.instructions())
                .put(JsonNames.TOOLS, tools(developer.tools()));
        if (!developer.responseFormats().isEmpty()) {
            fields.put(
                    JsonNames.RESPONSE_FORMATS,
                    JsonArray.of(developer.responseFormats().stream()
                            .map(JsonEncoder::responseFormat)
                            .toList()));
        }
        return fields.build();
    }

    private static JsonObject responseFormat(ResponseFormat format) {
        JsonObject.Builder fields = JsonObject.builder().put(JsonNames.NAME, format.name());
        if (format.description() != null) {
            fields.put(JsonNames.DESCRIPTION, format.description());
        }
        return fields.put(JsonNames.SCHEMA, Json.parse(format.schema())).build();
    }

    private static JsonValue channelConfig(@Nullable ChannelConfig config) {
        if (config == null) {
            return JsonValue.ofNull();
        }
        List<String> channels =
                config.validChannels().stream().map(Channel::name).toList();
        return JsonObject.builder()
                .put(JsonNames.VALID_CHANNELS, JsonArray.ofTexts(channels))
                .put(JsonNames.CHANNEL_REQUIRED, config.channelRequired())
                .build();
    }

    private static JsonValue tools(@Nullable Map<String, ToolNamespace> tools) {
        if (tools == null) {
            return JsonValue.ofNull();
        }
        JsonObject.Builder namespaces = JsonObject.builder();
        tools.forEach((key, namespace) -> namespaces.put(key, namespace(namespace)));
        return namespaces.build();
    }

    private static JsonObject namespace(ToolNamespace namespace) {
        List<JsonObject> tools =
                namespace.tools().stream().map(JsonEncoder::tool).toList();
        return JsonObject.builder()
                .put(JsonNames.NAME, namespace.name())
                .put(JsonNames.DESCRIPTION, namespace.description())
                .put(JsonNames.TOOLS, JsonArray.of(tools))
                .build();
    }

    private static JsonObject tool(ToolDescription tool) {
        return JsonObject.builder()
                .put(JsonNames.NAME, tool.name())
                .put(JsonNames.DESCRIPTION, tool.description())
                .put(JsonNames.PARAMETERS, tool.parametersValue())
                .build();
    }
}
