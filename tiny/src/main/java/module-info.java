/** A small trained model that speaks Harmony. */
module io.harmony4j.tiny {
    requires transitive io.harmony4j.core;
    requires transitive io.harmony4j.engine;
    requires io.harmony4j.json;
    requires io.harmony4j.renderer;
    requires io.harmony4j.tokenizer;
    requires static transitive org.jspecify;

    exports io.harmony4j.tiny;

    provides io.harmony4j.engine.spi.BundledCheckpoint with
            io.harmony4j.tiny.bundle.TinyBundle;
}
