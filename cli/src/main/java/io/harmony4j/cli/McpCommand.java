package io.harmony4j.cli;

import io.harmony4j.mcp.HarmonyMcpServer;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code harmony mcp}: serves the tools of this library to an MCP client. */
@Command(
        name = "mcp",
        mixinStandardHelpOptions = true,
        description = {
            "Serve tools that render, parse, count and lint Harmony to an MCP client.",
            "The client starts this command and speaks on its standard input and output; it ends when the input does.",
        },
        footer = {
            "",
            "Example:",
            "  npx @modelcontextprotocol/inspector /path/to/harmony mcp",
            "",
            "In the settings of a client:",
            "  {\"mcpServers\":{\"harmony\":{\"command\":\"/path/to/harmony\",\"args\":[\"mcp\"]}}}",
        })
final class McpCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
        System.setOut(System.err); // whatever a library prints, it is no message
        System.setProperty("slf4j.internal.verbosity", "ERROR"); // that nothing keeps the SDK's log is meant
        try (OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))) {
            HarmonyMcpServer.serve(System.in, out);
        }
        return 0;
    }
}
