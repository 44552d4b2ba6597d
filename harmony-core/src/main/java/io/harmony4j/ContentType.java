package io.harmony4j;

import static java.util.Objects.requireNonNull;

/**
 * What a message's content is, mostly set by the model on tool calls.
 *
 * @param name the word, as in {@code json} or {@code code}
 * @param constrained whether {@code <|constrain|>} stands before the word: sampling was constrained to this type
 */
public record ContentType(String name, boolean constrained) {
    /** JSON whose sampling was constrained to it, as models write it for function calls. */
    public static final ContentType JSON = new ContentType("json", true);

    /** Code, as models write it for the built-in Python tool. */
    public static final ContentType CODE = new ContentType("code", false);

    /** Text. */
    public static final ContentType TEXT = new ContentType("text", false);

    public ContentType {
        name = WellFormed.text(name, "name");
        if (!constrained && name.startsWith(SpecialToken.CONSTRAIN.literal())) {
            throw new IllegalArgumentException("expected a content type without "
                    + SpecialToken.CONSTRAIN.literal()
                    + " before it but found \"" + name + "\"; use ContentType.of, or set constrained");
        }
    }

    /** Returns the type that the given text stands for; a leading {@code <|constrain|>} makes it a constrained one. */
    public static ContentType of(String text) {
        String marker = SpecialToken.CONSTRAIN.literal();
        return requireNonNull(text, "text").startsWith(marker)
                ? new ContentType(text.substring(marker.length()), true)
                : new ContentType(text, false);
    }

    /** Returns the text that JSON holds: the name, after {@code <|constrain|>} if constrained. */
    public String text() {
        return constrained ? SpecialToken.CONSTRAIN.literal() + name : name;
    }

    @Override
    public String toString() {
        return text();
    }
}
