/** A scripted model, and a server with one, for the tests of programs that use a gpt-oss model. */
module io.harmony4j.testkit {
    requires transitive io.harmony4j.core;
    requires transitive io.harmony4j.generation;
    requires jdk.httpserver;
    requires io.harmony4j.json;
    requires io.harmony4j.renderer;
    requires transitive io.harmony4j.tokenizer;
    requires static transitive org.jspecify;

    exports io.harmony4j.testkit;
}
