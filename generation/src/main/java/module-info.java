/** What generating means: a prompt's tokens in, the tokens that follow out. */
module io.harmony4j.generation {
    requires static transitive org.jspecify;

    exports io.harmony4j.generation;
}
