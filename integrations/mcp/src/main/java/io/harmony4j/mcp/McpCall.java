package io.harmony4j.mcp;

import io.harmony4j.Recipient;
import io.harmony4j.chat.ToolCall;
import io.harmony4j.chat.ToolFunction;
import io.harmony4j.json.Json;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.AudioContent;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.ResourceLink;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A tool of an MCP server as the function of a tool: the model's arguments in, the text that the model reads out. */
final class McpCall implements ToolFunction {
    private final McpSyncClient client;
    private final String name;

    McpCall(McpSyncClient client, String name) {
        this.client = client;
        this.name = name;
    }

    @Override
    public String call(String arguments) throws InterruptedException, McpToolException {
        Map<String, Object> values = arguments(arguments);
        CallToolResult result;
        try {
            result = client.callTool(
                    CallToolRequest.builder(name).arguments(values).build());
        } catch (RuntimeException e) {
            if (Thread.interrupted()) { // the client has set the flag again
                throw new InterruptedException("interrupted while the MCP server ran the tool " + name);
            }
            throw failure(e);
        }
        if (result == null) {
            throw new McpToolException("the MCP server gave no result", null);
        }
        String text = text(result);
        if (Boolean.TRUE.equals(result.isError())) {
            throw new McpToolException(
                    text.isEmpty() ? "the MCP server says that the tool failed, and not why" : text, null);
        }
        return text;
    }

    /** Returns what the model wrote as an object, or an exception by which the model sees what it wrote. */
    private Map<String, Object> arguments(String text) {
        ToolCall call = new ToolCall(name, Recipient.function(name), text);
        return McpJson.map(Json.write(call.argumentsAsObject()));
    }

    private static McpToolException failure(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return new McpToolException("the MCP server did not answer in time", failure);
            }
            if (cause instanceof McpError error) {
                return new McpToolException("the MCP server reports an error: " + error.getMessage(), failure);
            }
        }
        return new McpToolException("the MCP server could not be asked: " + failure.getMessage(), failure);
    }

    /** Returns what the model reads of a result. */
    private static String text(CallToolResult result) {
        List<String> lines = new ArrayList<>();
        boolean isStructured = result.structuredContent() != null;
        if (isStructured) {
            lines.add(McpJson.write(result.structuredContent()));
        }
        for (Content part : result.content() == null ? List.<Content>of() : result.content()) {
            String text = textOf(part);
            if (text == null) {
                lines.add("[left out: " + kind(part) + "]");
            } else if (!isStructured) { // whose texts are there for clients that cannot read the structure
                lines.add(text);
            }
        }
        return String.join("\n", lines);
    }

    /** Returns the text of a part; null if it is none. */
    private static @Nullable String textOf(Content part) {
        if (part instanceof TextContent text) {
            return text.text() == null ? "" : text.text();
        }
        return part instanceof EmbeddedResource embedded && embedded.resource() instanceof TextResourceContents text
                ? text.text()
                : null;
    }

    private static String kind(Content part) {
        if (part instanceof ImageContent image) {
            return "image " + image.mimeType();
        }
        if (part instanceof AudioContent audio) {
            return "audio " + audio.mimeType();
        }
        if (part instanceof ResourceLink link) {
            return "resource link " + link.uri();
        }
        if (part instanceof EmbeddedResource embedded && embedded.resource() != null) {
            return "resource " + embedded.resource().uri();
        }
        return part == null ? "nothing" : part.type();
    }
}
