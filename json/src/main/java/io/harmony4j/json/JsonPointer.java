package io.harmony4j.json;

/** The steps of JSON pointers, as in {@code /properties/a~1b}: each is a name in which {@code ~} and {@code /} are escaped (RFC 6901). */
public final class JsonPointer {
    private JsonPointer() {}

    /** Returns the step to a member with a name, without the slash before it. */
    public static String step(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** Returns the name that a step leads to. */
    public static String name(String step) {
        return step.replace("~1", "/").replace("~0", "~");
    }
}
