/** One turn of a model, the tool loop, and what a chat client sees of both. */
module io.harmony4j.chat {
    requires transitive io.harmony4j.core;
    requires transitive io.harmony4j.tokenizer;
    requires transitive io.harmony4j.generation;
    requires transitive io.harmony4j.renderer;
    requires transitive io.harmony4j.parser;
    requires static transitive org.jspecify;

    exports io.harmony4j.chat;
}
