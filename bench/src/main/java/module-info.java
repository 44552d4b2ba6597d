/** What {@code harmony bench} measures. */
module io.harmony4j.bench {
    requires transitive io.harmony4j.engine;
    requires transitive io.harmony4j.json;
    requires io.harmony4j.generation;
    requires io.harmony4j.grammar;
    requires io.harmony4j.server;
    requires io.harmony4j.tokenizer;
    requires io.harmony4j.training;
    requires jdk.management;
    requires jtokkit;
    requires static transitive org.jspecify;

    exports io.harmony4j.bench;
}
