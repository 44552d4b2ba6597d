package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A JSON Schema as TypeScript: a type, and types that it names.
 *
 * @param text the type, as in {@code string[]}
 * @param helpers declarations of the types that it names, as in <code>type Tree = {…};</code>; mostly none
 * @see HarmonyRenderer#faithfulTypeScript
 */
public record SchemaType(String text, List<String> helpers) {
    public SchemaType {
        requireNonNull(text, "text");
        helpers = List.copyOf(requireNonNull(helpers, "helpers"));
    }
}
