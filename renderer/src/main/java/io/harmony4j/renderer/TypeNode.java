package io.harmony4j.renderer;

import io.harmony4j.json.JsonSchema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A type of TypeScript, as {@link SchemaTypes} makes it of a schema and {@link FaithfulTypeScriptWriter} writes it. */
sealed interface TypeNode {
    TypeNode ANY = new Word("any");
    TypeNode NEVER = new Word("never");
    TypeNode NULL = new Word("null");

    /** An object of which nothing is known. */
    TypeNode FREE_OBJECT = new MapOf(List.of(), ANY);

    /** A name or a literal. */
    record Word(String text) implements TypeNode {}

    /**
     * An array.
     *
     * @param comments lines of comment before the items' type
     */
    record ArrayOf(TypeNode items, List<String> comments) implements TypeNode {}

    /**
     * A list whose first elements have types of their own.
     *
     * @param required how many of them must be there
     * @param rest what may follow; null if nothing may
     */
    record Tuple(
            List<TypeNode> elements, int required, @Nullable TypeNode rest) implements TypeNode {}

    /**
     * An object with properties, or one that has none and is closed.
     *
     * @param others what other properties are, if that is to be shown
     */
    record ObjectOf(
            Map<String, Typed> properties,
            Set<String> required,
            @Nullable Typed others) implements TypeNode {}

    /**
     * An object with any properties, or with some of the given names.
     *
     * @param keys literals; empty for any name
     */
    record MapOf(List<String> keys, TypeNode values) implements TypeNode {}

    /** One of several types. */
    record Union(List<Variant> variants) implements TypeNode {
        boolean hasComments() {
            return variants.stream().anyMatch(variant -> !variant.comments().isEmpty());
        }

        boolean has(TypeNode member) {
            return variants.stream()
                    .map(Variant::type)
                    .anyMatch(type -> type.equals(member) || (type instanceof Union union && union.has(member)));
        }
    }

    /**
     * A type of a union.
     *
     * @param comments what is said of it, each without a line end
     */
    record Variant(TypeNode type, List<String> comments) {}

    /** All of several types at once. */
    record Intersection(List<TypeNode> parts) implements TypeNode {}

    /**
     * A type and what is said of it.
     *
     * @param schema has the title, the description, the examples and the default
     * @param constraints what stands in one line of comment, each without a line end
     * @param lines further lines of comment
     */
    record Typed(TypeNode type, JsonSchema schema, List<String> constraints, List<String> lines) {}

    /** Returns the union of types, which is the type itself if there is one only. */
    static TypeNode union(List<TypeNode> types) {
        return unionOf(types.stream().map(type -> new Variant(type, List.of())).toList());
    }

    /**
     * Returns the union of variants without doubles. A union among them becomes part of it, but for its place on one line where there is
     * something to say of another.
     */
    static TypeNode unionOf(List<Variant> variants) {
        boolean hasComments =
                variants.stream().anyMatch(variant -> !variant.comments().isEmpty());
        Set<Variant> members = new LinkedHashSet<>();
        for (Variant variant : variants) {
            boolean isPart = variant.type() instanceof Union nested
                    && variant.comments().isEmpty()
                    && (!hasComments || nested.hasComments());
            if (isPart) {
                members.addAll(((Union) variant.type()).variants());
            } else {
                members.add(variant);
            }
        }
        Variant first = members.iterator().next();
        return members.size() == 1 && first.comments().isEmpty() ? first.type() : new Union(List.copyOf(members));
    }

    /** Returns the type, or null. */
    static TypeNode nullable(TypeNode type) {
        boolean hasNull =
                type instanceof Union union ? union.has(NULL) || union.has(ANY) : type.equals(NULL) || type.equals(ANY);
        return hasNull ? type : union(List.of(type, NULL));
    }
}
