package example;

import io.harmony4j.ToolDescription;
import io.harmony4j.Recipient;
import io.harmony4j.tiny.TinyTools;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;

/** An MCP server with one tool, the one that the small model knows best. */
public final class Calculator {
    public static void main(String[] args) {
        ToolDescription calculate = TinyTools.CALCULATE;
        Tool tool = Tool.builder(calculate.name(), McpJsonDefaults.getMapper(), calculate.parameters())
                .description(calculate.description())
                .build();
        McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper()))
                .serverInfo("calculator", "1")
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .tools(SyncToolSpecification.builder()
                        .tool(tool)
                        .callHandler((exchange, request) -> CallToolResult.builder()
                                .addTextContent(calculate(request.arguments().get("expression")))
                                .build())
                        .build())
                .build();
    }

    private static String calculate(Object expression) {
        return TinyTools.call(Recipient.function("calculate"), "{\"expression\":\"" + expression + "\"}");
    }
}
