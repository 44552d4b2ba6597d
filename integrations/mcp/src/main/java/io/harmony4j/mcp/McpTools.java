package io.harmony4j.mcp;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Recipient;
import io.harmony4j.ToolDescription;
import io.harmony4j.chat.ToolLoop;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.ListToolsResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tools of MCP servers, as function tools of the model: what the developer message says about them, and a loop that calls them.
 *
 * <pre>{@code
 * McpSyncClient client = McpClient.sync(transport)
 *         .initializationTimeout(Duration.ofSeconds(20))
 *         .requestTimeout(Duration.ofSeconds(60))
 *         .build();
 * Conversation conversation = Conversation.of(
 *         Message.system(Content.System.DEFAULT),
 *         Message.developer(Content.developer(
 *                 "You are a helpful assistant.", McpTools.describe(client).toArray(ToolDescription[]::new))),
 *         Message.user("What is in notes.txt?"));
 * LoopResult result = McpTools.add(new ToolLoop(model), client).run(conversation, event -> {});
 * }</pre>
 *
 * <p>A tool has the server's name, so that {@code read_file} is {@code functions.read_file}. Of two tools with one name in a loop the
 * later one is called: where servers have the same names, each gets a prefix, in the description and in the loop alike.
 *
 * <p>How long a call may take is for the client to say ({@code requestTimeout}, {@code initializationTimeout}): a server that hangs,
 * or whose process has ended, does not answer, and after that time the model reads that. Interrupting the loop's thread ends a call at
 * once, and the loop as cancelled; the server is not told. Whatever else fails, the model reads {@code error: } and what happened, and
 * may try otherwise: the server's own errors, a server that is gone, arguments that are no JSON object and cannot be repaired.
 *
 * <p>What the model reads is the structured content of a result as JSON if there is some, else its texts, joined by line feeds; of
 * pictures, sound and links it reads that they were left out.
 */
public final class McpTools {
    /** No prefix. */
    private static final String NONE = "";

    /** More pages than any server has; one that never comes to an end is stopped here. */
    private static final int MAX_PAGES = 1000;

    private McpTools() {}

    /**
     * Returns the descriptions of all tools of a server, in its order.
     *
     * @throws IllegalArgumentException if the server lists something that cannot be a tool
     * @throws RuntimeException whatever the client throws if the server cannot be asked
     */
    public static List<ToolDescription> describe(McpSyncClient client) {
        return describe(client, NONE);
    }

    /**
     * Returns the descriptions of all tools of a server, with a prefix before their names.
     *
     * @param prefix what stands before each name, as in {@code github_}
     * @throws IllegalArgumentException as {@link #describe(McpSyncClient)}
     */
    public static List<ToolDescription> describe(McpSyncClient client, String prefix) {
        requireNonNull(prefix, "prefix");
        return list(client).stream().map(tool -> describe(tool, prefix)).toList();
    }

    /**
     * Returns the description of a tool. One without a description has its title in that place.
     *
     * @throws IllegalArgumentException if its name has white space or no character at all, or its schema nests too deep
     */
    public static ToolDescription describe(Tool tool) {
        return describe(tool, NONE);
    }

    private static ToolDescription describe(Tool tool, String prefix) {
        String name = requireName(prefix, tool);
        String description = text(tool.description() == null ? tool.title() : tool.description());
        return tool.inputSchema() == null
                ? ToolDescription.of(name, description)
                : ToolDescription.of(name, description, McpJson.write(tool.inputSchema()));
    }

    /**
     * Returns a loop that calls the tools of a server, besides those that it has already.
     *
     * @throws IllegalArgumentException as {@link #describe(McpSyncClient)}
     */
    public static ToolLoop add(ToolLoop loop, McpSyncClient client) {
        return add(loop, client, NONE);
    }

    /**
     * Returns a loop that calls the tools of a server by names with a prefix, as {@link #describe(McpSyncClient, String)} says them to
     * the model.
     *
     * @throws IllegalArgumentException as {@link #describe(McpSyncClient)}
     */
    public static ToolLoop add(ToolLoop loop, McpSyncClient client, String prefix) {
        requireNonNull(loop, "loop");
        requireNonNull(prefix, "prefix");
        ToolLoop more = loop;
        for (Tool tool : list(client)) {
            more = add(more, client, tool, prefix);
        }
        return more;
    }

    /**
     * Returns a loop that calls one tool of a server.
     *
     * @throws IllegalArgumentException as {@link #describe(Tool)}
     */
    public static ToolLoop add(ToolLoop loop, McpSyncClient client, Tool tool) {
        return add(loop, client, tool, NONE);
    }

    private static ToolLoop add(ToolLoop loop, McpSyncClient client, Tool tool, String prefix) {
        Recipient recipient = Recipient.function(requireName(prefix, tool));
        return loop.withTool(recipient, new McpCall(requireNonNull(client, "client"), tool.name()));
    }

    /** Returns all tools, page by page: the client's own method for that never ends if the pages do not. */
    private static List<Tool> list(McpSyncClient client) {
        requireNonNull(client, "client");
        List<Tool> tools = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> cursors = new HashSet<>();
        String cursor = null;
        do {
            ListToolsResult page = client.listTools(cursor);
            for (Tool tool : page.tools()) {
                if (!names.add(requireName(NONE, tool))) {
                    throw new IllegalArgumentException(
                            "expected tools with different names from the MCP server but found two \"" + tool.name()
                                    + "\"");
                }
                tools.add(tool);
            }
            cursor = page.nextCursor();
            if (cursor != null && (!cursors.add(cursor) || cursors.size() == MAX_PAGES)) {
                throw new IllegalArgumentException("expected a last page of tools from the MCP server but found \""
                        + cursor + "\" again, or after " + MAX_PAGES + " pages");
            }
        } while (cursor != null && !cursor.isEmpty());
        return tools;
    }

    /** Returns the name of a tool after a prefix, which must fit into a message's header. */
    private static String requireName(String prefix, Tool tool) {
        String own = requireNonNull(tool, "tool").name();
        String name = own == null ? null : prefix + own;
        if (name == null || own.isEmpty() || name.chars().anyMatch(c -> Character.isWhitespace(c) || c == '<')) {
            throw new IllegalArgumentException(
                    "expected a name of a tool without white space and <, after its prefix if it has one, but found "
                            + (name == null ? "none" : "\"" + name + "\""));
        }
        return name;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
