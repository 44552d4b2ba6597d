package io.harmony4j.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.AudioContent;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.ResourceLink;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An MCP server made with the SDK, as a program of its own. */
final class ToolServer {
    private static final Map<String, Object> CITY = Map.of(
            "type", "object", "properties", Map.of("city", Map.of("type", "string")), "required", List.of("city"));
    private static final Map<String, Object> ANYTHING = Map.of("type", "object");

    private ToolServer() {}

    public static void main(String[] args) {
        McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper()))
                .serverInfo("tools", "1")
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .validateToolInputs(false)
                .tools(
                        tool("get_weather", "The weather in a city.", CITY, ToolServer::weather),
                        tool(
                                "echo",
                                "Says the arguments again.",
                                ANYTHING,
                                arguments -> text(McpJson.write(arguments))),
                        tool("lines", "Several texts.", ANYTHING, arguments -> text("one", "two")),
                        tool("parts", "Parts of all kinds.", ANYTHING, arguments -> parts()),
                        tool("fail", "Always fails.", ANYTHING, arguments -> failed("no such city")),
                        tool("throw", "Throws.", ANYTHING, arguments -> {
                            throw new IllegalStateException("out of order");
                        }),
                        tool("sleep", "Does not answer.", ANYTHING, arguments -> sleep()),
                        tool("exit", "Ends the process.", ANYTHING, arguments -> {
                            Runtime.getRuntime().halt(3);
                            return text();
                        }))
                .build();
    }

    private static SyncToolSpecification tool(
            String name,
            String description,
            Map<String, Object> schema,
            Function<Map<String, Object>, CallToolResult> work) {
        return SyncToolSpecification.builder()
                .tool(Tool.builder(name, schema).description(description).build())
                .callHandler((exchange, request) -> work.apply(request.arguments()))
                .build();
    }

    private static CallToolResult weather(Map<String, Object> arguments) {
        return CallToolResult.builder()
                .addTextContent("for clients without structure")
                .structuredContent(Map.of("rain", "Tokyo".equals(arguments.get("city"))))
                .build();
    }

    private static CallToolResult text(String... texts) {
        return CallToolResult.builder().textContent(List.of(texts)).build();
    }

    private static CallToolResult parts() {
        List<Content> parts = List.of(
                TextContent.builder("look:").build(),
                ImageContent.builder("aGk=", "image/png").build(),
                AudioContent.builder("aGk=", "audio/wav").build(),
                EmbeddedResource.builder(TextResourceContents.builder("file:///a.txt", "of a file")
                                .build())
                        .build(),
                ResourceLink.builder().uri("file:///b.txt").name("b").build());
        return CallToolResult.builder().content(parts).build();
    }

    private static CallToolResult failed(String why) {
        return CallToolResult.builder().addTextContent(why).isError(true).build();
    }

    private static CallToolResult sleep() {
        try {
            Thread.sleep(600_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return text();
    }
}
