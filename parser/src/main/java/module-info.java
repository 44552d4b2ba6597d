/** Token ids to events and messages, while they stream. */
module io.harmony4j.parse {
    requires transitive io.harmony4j.core;
    requires transitive io.harmony4j.tokenizer;
    requires static org.jspecify;

    exports io.harmony4j.parse;
}
