/** Conversations that call tools: render, generate, parse, call, until the answer is there. */
module io.harmony4j.loop {
    requires transitive io.harmony4j.core;
    requires transitive io.harmony4j.tokenizer;
    requires transitive io.harmony4j.render;
    requires transitive io.harmony4j.parse;
    requires transitive io.harmony4j.engine;
    requires static transitive org.jspecify;

    exports io.harmony4j.loop;
}
