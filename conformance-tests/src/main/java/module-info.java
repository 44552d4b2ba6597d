/** The vectors of the Harmony format, and what runs them. */
module io.harmony4j.conformance {
    requires transitive io.harmony4j.core;
    requires transitive io.harmony4j.tokenizer;
    requires io.harmony4j.render;
    requires io.harmony4j.parse;
    requires java.xml;
    requires static org.jspecify;
    requires static org.junit.jupiter.api;

    exports io.harmony4j.conformance;
}
