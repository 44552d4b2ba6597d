/**
 * The Model Context Protocol, both ways: the tools of MCP servers for gpt-oss ({@link io.harmony4j.mcp.McpTools}), and Harmony4J as
 * an MCP server, which renders, parses, counts and lints for any client ({@link io.harmony4j.mcp.HarmonyMcpServer}).
 *
 * @see <a href="https://modelcontextprotocol.io">Model Context Protocol</a>
 */
@NullMarked
package io.harmony4j.mcp;

import org.jspecify.annotations.NullMarked;
