package io.harmony4j.renderer;

import io.harmony4j.json.JsonSchema;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A JSON Schema as a TypeScript type, the form in which the models know the parameters of tools. One method per kind of
 * schema; each appends to the text.
 *
 * <pre>{@code
 * {"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer","default":3}},"required":["city"]}
 * }</pre>
 *
 * becomes
 *
 * <pre>{@code
 * {
 * city: string,
 * days?: number, // default: 3
 * }
 * }</pre>
 *
 * <p>The models were trained on this text, so its oddities are deliberate; the tests name them. Nothing is escaped or
 * re-wrapped: a line break in a description ends the comment. A writer is used for one schema.
 */
final class TypeScriptWriter {
    private static final String ANY = "any";
    private static final String UNION = " | ";
    private static final String NULL = "null";

    /** What properties of a nested object are indented by; those of the outermost are not. */
    private static final String OBJECT_INDENT = "    ";

    private static final String VARIANT_INDENT = "   ";

    private final StringBuilder out = new StringBuilder();

    private TypeScriptWriter() {}

    /** Returns the type for the given schema; any JSON is a schema, at worst of type {@code any}. */
    static String write(JsonValue schema) {
        var writer = new TypeScriptWriter();
        writer.type(new JsonSchema(schema), "");
        return writer.out.toString();
    }

    private void type(JsonSchema schema, String indent) {
        Optional<List<JsonSchema>> variants = schema.oneOf();
        if (variants.isPresent()) {
            union(variants.get(), indent);
            return;
        }
        List<String> types = schema.types();
        if (!types.isEmpty()) {
            out.append(types.stream()
                    .map(type -> type.equals("integer") ? "number" : type)
                    .collect(Collectors.joining(UNION)));
            return;
        }
        switch (schema.type().orElse(ANY)) {
            case "object" -> object(schema, indent);
            case "array" -> array(schema, indent);
            case "string" -> string(schema);
            case "number", "integer" -> out.append("number");
            case "boolean" -> out.append("boolean");
            default -> out.append(ANY);
        }
    }

    private void string(JsonSchema schema) {
        List<String> values = schema.enumValues();
        out.append(
                values.isEmpty()
                        ? "string"
                        : values.stream().map(TypeScriptWriter::quoted).collect(Collectors.joining(UNION)));
    }

    private void array(JsonSchema schema, String indent) {
        Optional<JsonSchema> items = schema.items();
        if (items.isEmpty()) {
            out.append("Array<any>");
            return;
        }
        type(items.get(), indent); // parity: no parentheses around a union
        out.append("[]");
    }

    /** An object; its first line is not indented because it follows the name of a property, parity even after a comment. */
    private void object(JsonSchema schema, String indent) {
        schema.description().ifPresent(description -> comment(description, indent));
        out.append("{\n");
        Set<String> required = schema.required();
        for (Map.Entry<String, JsonSchema> property : schema.properties().entrySet()) {
            String name = required.contains(property.getKey()) ? property.getKey() : property.getKey() + "?";
            property(name, property.getValue(), indent);
        }
        out.append(indent).append('}');
    }

    private void property(String name, JsonSchema schema, String indent) {
        schema.title().ifPresent(title -> {
            comment(title, indent);
            out.append(indent).append("//\n");
        });
        if (!schema.hasOneOfKey()) {
            schema.description().ifPresent(description -> comment(description, indent));
        }
        examples(schema, indent);
        Optional<List<JsonSchema>> variants = schema.oneOf();
        if (variants.isPresent()) {
            unionProperty(name, schema, variants.get(), indent);
            return;
        }
        out.append(indent).append(name).append(": ");
        nullableType(schema, indent + OBJECT_INDENT);
        out.append(',');
        if (!schema.hasOneOfKey()) {
            defaultComment(schema).ifPresent(comment -> out.append(" // ").append(comment));
        }
        out.append('\n');
    }

    private void examples(JsonSchema schema, String indent) {
        if (schema.hasExamples()) {
            comment("Examples:", indent);
            schema.examples().forEach(example -> comment("- " + quoted(example), indent));
        }
    }

    /** A property that is one of several types, each on a line of its own. */
    private void unionProperty(String name, JsonSchema schema, List<JsonSchema> variants, String indent) {
        Optional<String> description = schema.description();
        // parity: a description that the first variant has too is written nowhere
        boolean described = description.isPresent()
                && (variants.isEmpty() || !description.equals(variants.get(0).description()));
        if (described) {
            comment(description.get(), indent);
        }
        defaultComment(schema).ifPresent(comment -> comment(comment, indent));
        out.append(indent).append(name).append(":\n");
        for (int i = 0; i < variants.size(); i++) {
            JsonSchema variant = variants.get(i);
            boolean silent = (i == 0 && described) || description.equals(variant.description());
            List<String> comments = new ArrayList<>(2);
            if (!silent) {
                variant.description().ifPresent(comments::add);
            }
            defaultComment(variant).ifPresent(comments::add);
            variant(variant, comments, indent);
            out.append('\n');
        }
        out.append(indent).append(",\n");
    }

    /** A union in any other place: the whole schema, the items of an array, a variant of a union. */
    private void union(List<JsonSchema> variants, String indent) {
        for (JsonSchema variant : variants) {
            List<String> comments = new ArrayList<>(2);
            variant.description().ifPresent(comments::add);
            unionDefaultComment(variant).ifPresent(comments::add);
            out.append('\n');
            variant(variant, comments, indent);
        }
    }

    private void variant(JsonSchema variant, List<String> comments, String indent) {
        out.append(indent).append(UNION);
        nullableType(variant, indent + VARIANT_INDENT);
        if (!comments.isEmpty()) {
            out.append(" // ").append(String.join(" ", comments));
        }
    }

    /** The type, or null where the schema says so; parity: not if the type's text has the letters of null in any place. */
    private void nullableType(JsonSchema schema, String indent) {
        int start = out.length();
        type(schema, indent);
        if (schema.isNullable() && out.indexOf(NULL, start) < 0) {
            out.append(UNION).append(NULL);
        }
    }

    private static Optional<String> defaultComment(JsonSchema schema) {
        return schema.defaultValue().map(value -> {
            String text = value.textOrNull();
            if (text == null) {
                return "default: " + value;
            }
            return "default: " + (schema.isEnum() ? text : quoted(text));
        });
    }

    /** As {@link #defaultComment}, but parity: in a union that is not a property an enum's default is JSON. */
    private static Optional<String> unionDefaultComment(JsonSchema schema) {
        return schema.isEnum() ? schema.defaultValue().map(value -> "default: " + value) : defaultComment(schema);
    }

    private void comment(String text, String indent) {
        out.append(indent).append("// ").append(text).append('\n');
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
