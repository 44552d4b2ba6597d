package io.harmony4j;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of the format to the JSON of openai/harmony. A message leaves absent fields out; content, tools and channel
 * config write them as null.
 */
final class JsonEncoder {
    private final JsonGenerator out;

    private JsonEncoder(JsonGenerator out) {
        this.out = out;
    }

    static String encode(Message message) {
        return encode(encoder -> encoder.message(message));
    }

    static String encode(Conversation conversation) {
        return encode(encoder -> encoder.conversation(conversation));
    }

    private static String encode(Part part) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = Json.generator(text)) {
            part.writeWith(new JsonEncoder(generator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void conversation(Conversation conversation) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart(JsonNames.MESSAGES);
        for (Message message : conversation.messages()) {
            message(message);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private void message(Message message) throws IOException {
        Author author = message.author();
        Recipient recipient = message.recipient();
        Channel channel = message.channel();
        ContentType contentType = message.contentType();
        out.writeStartObject();
        out.writeStringField(JsonNames.ROLE, author.role().wireName());
        if (author.name() != null) {
            out.writeStringField(JsonNames.NAME, author.name());
        }
        if (recipient != null) {
            out.writeStringField(JsonNames.RECIPIENT, recipient.name());
        }
        out.writeFieldName(JsonNames.CONTENT);
        contents(message.content());
        if (channel != null) {
            out.writeStringField(JsonNames.CHANNEL, channel.name());
        }
        if (contentType != null) {
            out.writeStringField(JsonNames.CONTENT_TYPE, contentType.text());
        }
        out.writeEndObject();
    }

    private void contents(List<Content> parts) throws IOException {
        if (parts.size() == 1 && parts.get(0) instanceof Content.Text text) {
            out.writeString(text.text());
            return;
        }
        out.writeStartArray();
        for (Content part : parts) {
            content(part);
        }
        out.writeEndArray();
    }

    private void content(Content content) throws IOException {
        out.writeStartObject();
        if (content instanceof Content.Text text) {
            out.writeStringField(JsonNames.TYPE, JsonNames.TEXT);
            out.writeStringField(JsonNames.TEXT, text.text());
        } else if (content instanceof Content.System system) {
            out.writeStringField(JsonNames.TYPE, JsonNames.SYSTEM_CONTENT);
            system(system);
        } else if (content instanceof Content.Developer developer) {
            out.writeStringField(JsonNames.TYPE, JsonNames.DEVELOPER_CONTENT);
            nullable(JsonNames.INSTRUCTIONS, developer.instructions());
            tools(developer.tools());
        }
        out.writeEndObject();
    }

    private void system(Content.System system) throws IOException {
        ReasoningEffort effort = system.reasoningEffort();
        nullable(JsonNames.MODEL_IDENTITY, system.modelIdentity());
        nullable(JsonNames.REASONING_EFFORT, effort == null ? null : effort.jsonName());
        tools(system.tools());
        nullable(JsonNames.CONVERSATION_START_DATE, system.conversationStartDate());
        nullable(JsonNames.KNOWLEDGE_CUTOFF, system.knowledgeCutoff());
        channelConfig(system.channelConfig());
    }

    private void channelConfig(@Nullable ChannelConfig config) throws IOException {
        out.writeFieldName(JsonNames.CHANNEL_CONFIG);
        if (config == null) {
            out.writeNull();
            return;
        }
        out.writeStartObject();
        out.writeArrayFieldStart(JsonNames.VALID_CHANNELS);
        for (Channel channel : config.validChannels()) {
            out.writeString(channel.name());
        }
        out.writeEndArray();
        out.writeBooleanField(JsonNames.CHANNEL_REQUIRED, config.channelRequired());
        out.writeEndObject();
    }

    private void tools(@Nullable Map<String, ToolNamespace> tools) throws IOException {
        out.writeFieldName(JsonNames.TOOLS);
        if (tools == null) {
            out.writeNull();
            return;
        }
        out.writeStartObject();
        for (Map.Entry<String, ToolNamespace> entry : tools.entrySet()) {
            out.writeFieldName(entry.getKey());
            namespace(entry.getValue());
        }
        out.writeEndObject();
    }

    private void namespace(ToolNamespace namespace) throws IOException {
        out.writeStartObject();
        out.writeStringField(JsonNames.NAME, namespace.name());
        nullable(JsonNames.DESCRIPTION, namespace.description());
        out.writeArrayFieldStart(JsonNames.TOOLS);
        for (ToolDescription tool : namespace.tools()) {
            tool(tool);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private void tool(ToolDescription tool) throws IOException {
        var parameters = tool.parameters();
        out.writeStartObject();
        out.writeStringField(JsonNames.NAME, tool.name());
        out.writeStringField(JsonNames.DESCRIPTION, tool.description());
        out.writeFieldName(JsonNames.PARAMETERS);
        if (parameters == null) {
            out.writeNull();
        } else {
            Json.write(parameters, out);
        }
        out.writeEndObject();
    }

    private void nullable(String name, @Nullable String value) throws IOException {
        out.writeFieldName(name);
        out.writeString(value); // writes null for null
    }

    /** One part of the JSON, so that opening and closing the generator stands in one place. */
    private interface Part {
        void writeWith(JsonEncoder encoder) throws IOException;
    }
}
