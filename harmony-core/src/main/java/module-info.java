/** The values of the Harmony format. */
module io.harmony4j.core {
    requires transitive io.harmony4j.json;
    requires static transitive org.jspecify;

    exports io.harmony4j;
}
