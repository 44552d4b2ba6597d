package io.harmony4j.mcp;

import static java.util.Objects.requireNonNull;

import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;

/**
 * Harmony4J as an MCP server: tools that render, parse, count and lint Harmony, for any MCP client.
 *
 * <pre>{@code
 * HarmonyMcpServer.serve(System.in, System.out);
 * }</pre>
 *
 * <p>Arguments that make no sense give a result that is an error and says what was expected. The tools read and write no files, and use
 * no network. Thread-safe.
 */
public final class HarmonyMcpServer {
    private static final String INSTRUCTIONS =
            "Tools for Harmony, the message format of OpenAI's gpt-oss models. They only compute: no files, no network.";

    private HarmonyMcpServer() {}

    /** Returns the tools, for a server of your own. */
    public static List<SyncToolSpecification> tools() {
        return List.of(RenderTool.TOOL, ParseTool.TOOL, CountTool.TOOL, LintTool.TOOL).stream()
                .map(HarmonyTool::specification)
                .toList();
    }

    /**
     * Serves one client over a pair of streams, a line for each message, as MCP's transport {@code stdio} does. Returns when the input
     * ends and all that it asked is answered; closes neither stream. A line of more than 10,000,000 bytes, or one that is no message, is
     * answered with an error, and the next one is read.
     *
     * @param in what the client writes
     * @param out what it reads; nothing but messages may be written to it
     * @throws IOException if a stream fails, as when the client is gone
     */
    public static void serve(InputStream in, OutputStream out) throws IOException {
        LineTransport transport = new LineTransport(requireNonNull(in, "in"), requireNonNull(out, "out"));
        McpSyncServer server = McpServer.sync(transport)
                .serverInfo("harmony4j", version())
                .instructions(INSTRUCTIONS)
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .tools(tools())
                .validateToolInputs(false) // the tools say better what they expect
                .immediateExecution(
                        true) // one message after the other, so that the end of the input is the end of the work
                .build();
        try {
            transport.run();
        } finally {
            server.close();
        }
    }

    private static String version() {
        return Objects.requireNonNullElse(
                HarmonyMcpServer.class.getPackage().getImplementationVersion(), "not packaged");
    }
}
