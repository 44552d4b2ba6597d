/** JSON as the Harmony format has it. */
module io.harmony4j.json {
    requires com.fasterxml.jackson.core;
    requires static transitive org.jspecify;

    exports io.harmony4j.json;
}
