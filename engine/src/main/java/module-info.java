/** A CPU engine of the gpt-oss architecture: token ids to the next token id. */
@SuppressWarnings("module") // the modules that the spi is exported to are built after this one
module io.harmony4j.engine {
    requires io.harmony4j.json;
    requires transitive io.harmony4j.generation;
    requires static transitive org.jspecify;

    exports io.harmony4j.engine;
    exports io.harmony4j.engine.spi to
            io.harmony4j.engine.vector,
            io.harmony4j.tiny;
    exports io.harmony4j.engine.synthetic;

    uses io.harmony4j.engine.spi.BundledCheckpoint;
    uses io.harmony4j.engine.spi.KernelsProvider;
}
