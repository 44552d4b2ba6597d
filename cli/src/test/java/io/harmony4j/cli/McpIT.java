package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code harmony mcp} as a process of its own, asked by the client of MCP's SDK. */
class McpIT {
    private static final Map<String, Object> HELLO =
            Map.of("messages", List.of(Map.of("role", "user", "content", "Hello")));

    @TempDir
    private Path folder;

    private final List<String> errors = new CopyOnWriteArrayList<>();

    private McpSyncClient client() {
        StdioClientTransport transport = new StdioClientTransport(
                ServerParameters.builder(Program.JAVA)
                        .args("-jar", Program.JAR.toString(), "mcp")
                        .build(),
                McpJsonDefaults.getMapper());
        transport.setStdErrorHandler(errors::add);
        return McpClient.sync(transport)
                .initializationTimeout(Duration.ofSeconds(60))
                .requestTimeout(Duration.ofSeconds(60))
                .build();
    }

    private static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().get(0)).text();
    }

    private static JsonValue json(CallToolResult result) {
        assertThat(result.isError()).isNotEqualTo(true);
        return Json.parse(text(result));
    }

    @Test
    void aClientRendersCountsAndParses() {
        try (McpSyncClient client = client()) {
            assertThat(client.initialize().serverInfo().name()).isEqualTo("harmony4j");
            assertThat(client.listTools().tools())
                    .extracting(Tool::name)
                    .contains("harmony_render", "harmony_parse", "harmony_count", "harmony_lint");

            JsonValue rendered = json(call(client, "harmony_render", Map.of("conversation", HELLO)));
            assertThat(rendered.get("text").text()).isEqualTo("<|start|>user<|message|>Hello<|end|><|start|>assistant");
            assertThat(json(call(client, "harmony_count", Map.of("conversation", HELLO))))
                    .isEqualTo(Json.parse("{\"count\":7}"));
            JsonValue parsed = json(
                    call(client, "harmony_parse", Map.of("text", "<|channel|>final<|message|>Grüße 👋<|return|>")));
            assertThat(parsed.get("messages").elements().get(0).get("content").text())
                    .isEqualTo("Grüße 👋");

            CallToolResult refused = call(client, "harmony_count", Map.of("texts", "Hello"));
            assertThat(refused.isError()).isTrue();
            assertThat(text(refused)).contains("but found texts");
            assertThat(errors).isEmpty();
        }
    }

    @Test
    void theEndOfTheInputEndsItAndNothingButAnswersIsPrinted() throws IOException, InterruptedException {
        String lines = """
                {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
                {"jsonrpc":"2.0","method":"notifications/initialized"}
                nonsense
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"harmony_count","arguments":{"text":"Hello world"}}}
                """;

        List<JsonValue> answers = Program.harmony(folder)
                .runWithInput(lines, "mcp")
                .done()
                .lines()
                .map(Json::parse)
                .toList();

        assertThat(answers)
                .hasSize(3)
                .allSatisfy(answer -> assertThat(answer.get("jsonrpc").text()).isEqualTo("2.0"));
        assertThat(answers.get(2).get("result").get("structuredContent").toString())
                .isEqualTo("{\"count\":2}");
    }

    @Test
    void aClientThatClosesItsPipesIsNotWaitedFor() throws IOException, InterruptedException {
        Process process = Program.harmony(folder).start("mcp");
        try {
            process.getOutputStream().close();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
