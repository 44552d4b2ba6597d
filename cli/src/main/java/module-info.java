/** The {@code harmony} command. */
module io.harmony4j.cli {
    requires io.harmony4j.core;
    requires io.harmony4j.tokenizer;
    requires io.harmony4j.render;
    requires io.harmony4j.parse;
    requires io.harmony4j.conformance;
    requires io.harmony4j.engine;
    requires io.harmony4j.loop;
    requires io.harmony4j.tiny;
    requires org.jline;
    requires info.picocli;
    requires java.management;
    requires jdk.management;
    requires jtokkit;
    requires static org.jspecify;

    opens io.harmony4j.cli to
            info.picocli;
}
