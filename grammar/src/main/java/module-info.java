/** What a gpt-oss model may write: tools and schemas to masks over tokens, checks, and the grammars of other runtimes. */
module io.harmony4j.grammar {
    requires transitive io.harmony4j.core;
    requires transitive io.harmony4j.generation;
    requires transitive io.harmony4j.tokenizer;
    requires static transitive org.jspecify;

    exports io.harmony4j.grammar;
}
