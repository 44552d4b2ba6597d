/** Token ids to events and messages, while they stream. */
module io.harmony4j.parser {
    requires transitive io.harmony4j.core;
    requires transitive io.harmony4j.tokenizer;
    requires transitive io.harmony4j.generation;
    requires static transitive org.jspecify;

    exports io.harmony4j.parser;
}
