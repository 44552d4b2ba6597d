package io.harmony4j.mcp;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.openai.ApiException;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A tool that Harmony4J offers to MCP clients.
 *
 * @param name what clients call
 * @param description what it does, for a model to read
 * @param schema the JSON Schema of its arguments
 * @param function what it does; an IllegalArgumentException or ApiException says what is wrong with the arguments
 */
record HarmonyTool(String name, String description, String schema, Function<ToolArguments, JsonObject> function) {

    /** The most tokens that are rendered or parsed: twice the context of gpt-oss, and an answer that clients can still read. */
    static final int MAX_TOKENS = 1 << 18;

    /**
     * Refuses too many tokens.
     *
     * @throws IllegalArgumentException if they are more than {@link #MAX_TOKENS}
     */
    static int[] limited(int[] tokens) {
        if (tokens.length > MAX_TOKENS) {
            throw new IllegalArgumentException("expected at most " + MAX_TOKENS + " tokens but found " + tokens.length
                    + "; harmony_count takes more");
        }
        return tokens;
    }

    SyncToolSpecification specification() {
        Tool tool = Tool.builder(name, McpJson.map(schema))
                .description(description)
                .annotations(ToolAnnotations.builder()
                        .readOnlyHint(true)
                        .idempotentHint(true)
                        .openWorldHint(false)
                        .build())
                .build();
        Set<String> names = Json.parse(schema).get("properties").members().keySet();
        return SyncToolSpecification.builder()
                .tool(tool)
                .callHandler((exchange, request) -> call(request.arguments(), names))
                .build();
    }

    private CallToolResult call(Map<String, Object> arguments, Set<String> names) {
        try {
            String result = function.apply(ToolArguments.of(arguments, names)).toString();
            return CallToolResult.builder()
                    .addTextContent(result)
                    .structuredContent(McpJson.map(result))
                    .build();
        } catch (ApiException e) {
            return error((e.param() == null ? "" : e.param() + ": ") + e.getMessage());
        } catch (IllegalArgumentException e) {
            return error(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return error("this is a defect of Harmony4J, please report it: " + e);
        }
    }

    private static CallToolResult error(String message) {
        return CallToolResult.builder().addTextContent(message).isError(true).build();
    }
}
