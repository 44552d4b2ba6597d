/**
 * Tools of MCP servers for gpt-oss, and Harmony4J as an MCP server.
 */
@NullMarked
package io.harmony4j.mcp;

import org.jspecify.annotations.NullMarked;
