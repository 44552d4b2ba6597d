/** Tools of MCP servers for gpt-oss, and Harmony4J as an MCP server. */
module io.harmony4j.mcp {
    requires transitive io.harmony4j.chat;
    requires io.harmony4j.json;
    requires io.harmony4j.openai;
    requires transitive io.modelcontextprotocol.sdk.mcp.core;
    requires reactor.core;
    requires static transitive org.jspecify;

    exports io.harmony4j.mcp;
}
