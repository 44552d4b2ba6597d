/** The {@code harmony} command. */
module io.harmony4j.cli {
    requires info.picocli;
    requires io.harmony4j.backends;
    requires io.harmony4j.server;
    requires io.harmony4j.bench;
    requires io.harmony4j.chat;
    requires io.harmony4j.openai;
    requires io.harmony4j.training;
    requires io.harmony4j.conformance;
    requires io.harmony4j.core;
    requires io.harmony4j.engine;
    requires io.harmony4j.generation;
    requires io.harmony4j.grammar;
    requires io.harmony4j.json;
    requires io.harmony4j.mcp;
    requires io.harmony4j.parser;
    requires io.harmony4j.renderer;
    requires io.harmony4j.tiny;
    requires io.harmony4j.tokenizer;
    requires org.jline;
    requires static org.jspecify;

    opens io.harmony4j.cli to
            info.picocli;
}
