/** Conversations to token ids. */
module io.harmony4j.renderer {
    requires transitive io.harmony4j.core;
    requires transitive io.harmony4j.tokenizer;
    requires static transitive org.jspecify;

    exports io.harmony4j.renderer;
}
