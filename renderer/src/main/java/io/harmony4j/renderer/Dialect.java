package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a conversation is written: the format is one, but its renderers differ in details. */
public enum Dialect {
    /** As openai/harmony v0.0.8 writes: the recipient before the channel, content types as they are. */
    OPENAI("openai", HeaderStyle.OPENAI),

    /**
     * As oss-harmony 0.0.10 and 0.0.11 write, which vLLM uses: on the channel commentary, the channel before the recipient, as the models
     * write their calls of functions; {@code <|constrain|>} before every content type.
     */
    OSS("oss", HeaderStyle.OSS);

    private final String wireName;
    private final HeaderStyle header;

    Dialect(String wireName, HeaderStyle header) {
        this.wireName = wireName;
        this.header = header;
    }

    /** Returns the word for this dialect on the command line and in the driver protocol, as in {@code oss}. */
    public String wireName() {
        return wireName;
    }

    HeaderStyle header() {
        return header;
    }

    /** Returns the dialect with the given word, if there is one; words are case-sensitive. */
    public static Optional<Dialect> find(String wireName) {
        requireNonNull(wireName, "wireName");
        return Arrays.stream(values())
                .filter(dialect -> dialect.wireName.equals(wireName))
                .findFirst();
    }

    /**
     * Returns the dialect with the given word.
     *
     * @throws IllegalArgumentException if no dialect has this word; words are case-sensitive
     */
    public static Dialect of(String wireName) {
        return find(wireName)
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a dialect (" + words() + ") but found \"" + wireName + "\""));
    }

    private static String words() {
        return Arrays.stream(values()).map(Dialect::wireName).collect(Collectors.joining(", "));
    }
}
