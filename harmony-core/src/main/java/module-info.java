/** The values of the Harmony format and their JSON. */
module io.harmony4j.core {
    requires transitive com.fasterxml.jackson.databind;
    requires static transitive org.jspecify;

    exports io.harmony4j;
}
