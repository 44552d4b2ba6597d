/** A CPU engine of the gpt-oss architecture: token ids to the next token id. */
module io.harmony4j.engine {
    requires com.fasterxml.jackson.databind;
    requires static transitive org.jspecify;

    exports io.harmony4j.engine;

    uses io.harmony4j.engine.BundledCheckpoint;
    uses io.harmony4j.engine.KernelsProvider;
}
