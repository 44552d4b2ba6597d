package io.harmony4j;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Who wrote a message.
 *
 * @param role the author's role
 * @param name the author's name; for a tool the full name, as in {@code functions.get_weather}. A tool message cannot be
 *     rendered without it.
 */
public record Author(Role role, @Nullable String name) {
    public Author {
        requireNonNull(role, "role");
        name = WellFormed.optional(name);
    }

    /** Returns an author without a name. */
    public static Author of(Role role) {
        return new Author(role, null);
    }

    /** Returns an author with a name. */
    public static Author of(Role role, String name) {
        return new Author(role, requireNonNull(name, "name"));
    }
}
