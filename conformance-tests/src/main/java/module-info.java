/** The vectors of the Harmony format, and what runs them. */
module io.harmony4j.conformance {
    requires transitive io.harmony4j.json;
    requires io.harmony4j.core;
    requires io.harmony4j.tokenizer;
    requires io.harmony4j.renderer;
    requires io.harmony4j.parser;
    requires io.harmony4j.chat;
    requires io.harmony4j.openai;
    requires io.harmony4j.grammar;
    requires io.harmony4j.training;
    requires java.xml;
    requires static transitive org.jspecify;
    requires static org.junit.jupiter.api;

    exports io.harmony4j.conformance;
}
