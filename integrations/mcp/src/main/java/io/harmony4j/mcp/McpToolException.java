package io.harmony4j.mcp;

import org.jspecify.annotations.Nullable;

/** A tool of an MCP server failed; the model reads the message. */
final class McpToolException extends Exception {
    private static final long serialVersionUID = 1;

    McpToolException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
