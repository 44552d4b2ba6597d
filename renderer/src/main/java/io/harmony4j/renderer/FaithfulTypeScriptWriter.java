package io.harmony4j.renderer;

import io.harmony4j.json.JsonSchema;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.SchemaReferences.Target;
import io.harmony4j.renderer.TypeNode.ArrayOf;
import io.harmony4j.renderer.TypeNode.Intersection;
import io.harmony4j.renderer.TypeNode.MapOf;
import io.harmony4j.renderer.TypeNode.ObjectOf;
import io.harmony4j.renderer.TypeNode.Tuple;
import io.harmony4j.renderer.TypeNode.Typed;
import io.harmony4j.renderer.TypeNode.Union;
import io.harmony4j.renderer.TypeNode.Variant;
import io.harmony4j.renderer.TypeNode.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON Schema as a TypeScript type that shows all of it: what TypeScript has no types for stands in comments. The layout is that of
 * {@link TypeScriptWriter}, and so is the text where that one leaves nothing out. Every text is valid TypeScript.
 *
 * <p>What a reference refers to is written in its place. What refers to itself is declared beside the type, under a name; so is everything
 * that is referred to, if the text were longer than {@link #MAX_INLINED} characters otherwise. A writer is used for one schema.
 */
final class FaithfulTypeScriptWriter {
    /** The most characters of a type and its helpers in which something is written in the place of a reference. */
    static final int MAX_INLINED = 20_000;

    /** How many characters of helpers there are at most, before references are left alone. Few documents are as long. */
    private static final int MAX_HELPERS = 1_000_000;

    private static final String UNION = " | ";

    /** What properties of a nested object are indented by; those of the outermost are not. */
    private static final String OBJECT_INDENT = "    ";

    private static final String VARIANT_INDENT = "   ";

    private final StringBuilder out = new StringBuilder();
    private final SchemaReferences references;
    private final SchemaTypes types;

    private FaithfulTypeScriptWriter(JsonValue schema, Set<String> taken, boolean namesAll) {
        this.references = new SchemaReferences(schema, taken, namesAll);
        this.types = new SchemaTypes(references, MAX_INLINED);
    }

    /**
     * Returns the type for the given schema; any JSON is a schema, at worst of type {@code any}.
     *
     * @param taken names that no helper may have
     * @param named takes the names of the helpers, and may be the same
     */
    static SchemaType write(JsonValue schema, Set<String> taken, Set<String> named) {
        FaithfulTypeScriptWriter writer = new FaithfulTypeScriptWriter(schema, taken, false);
        SchemaType type = writer.write(schema);
        if (writer.isTooLong(type)) {
            writer = new FaithfulTypeScriptWriter(schema, taken, true);
            type = writer.write(schema);
        }
        named.addAll(writer.references.names());
        return type;
    }

    private boolean isTooLong(SchemaType type) {
        int helpers = type.helpers().stream().mapToInt(String::length).sum();
        return types.isTooLong(type.text().length() + helpers);
    }

    private SchemaType write(JsonValue schema) {
        Typed outermost = types.typed(schema);
        comments(outermost);
        if (outermost.type().equals(TypeNode.FREE_OBJECT)) {
            out.append("{\n}"); // parity: the reference's object without properties
        } else {
            declared(outermost.type());
        }
        String text = out.toString();
        List<String> helpers = new ArrayList<>();
        int length = 0;
        for (Target next = references.nextUndeclared(); next != null; next = references.nextUndeclared()) {
            String helper = helper(next);
            helpers.add(helper);
            length += helper.length();
            if (length > MAX_HELPERS) {
                references.stop();
            }
        }
        return new SchemaType(text, helpers);
    }

    private String helper(Target target) {
        out.setLength(0);
        Typed type = types.typed(target.schema());
        comments(type);
        out.append("type ").append(references.name(target)).append(" = ");
        declared(type.type());
        return out.append(';').toString();
    }

    /** A type by itself. If a comment ends its last line, what follows begins on a new one. */
    private void declared(TypeNode type) {
        if (!(type instanceof Union union) || !union.hasComments()) {
            type(type, "");
            return;
        }
        if (out.length() > 0 && out.charAt(out.length() - 1) == '\n') {
            out.setLength(out.length() - 1);
        }
        variants(union, "");
        if (!union.variants().get(union.variants().size() - 1).comments().isEmpty()) {
            out.append('\n');
        }
    }

    /** What is said of a type by itself; parity: not its title. */
    private void comments(Typed typed) {
        description(typed, "");
        notes(typed, "");
        examples(typed.schema(), "");
        SchemaNotes.defaultOf(typed.schema()).ifPresent(text -> comment(text, ""));
    }

    private void type(TypeNode type, String indent) {
        if (type instanceof Word word) {
            out.append(word.text());
        } else if (type instanceof ArrayOf array) {
            array.comments().forEach(line -> comment(line, indent));
            operand(array.items(), indent);
            out.append("[]");
        } else if (type instanceof Tuple tuple) {
            tuple(tuple, indent);
        } else if (type instanceof ObjectOf object) {
            object(object, indent);
        } else if (type instanceof MapOf map) {
            String key = map.keys().isEmpty() ? "[key: string]" : "[key in " + String.join(UNION, map.keys()) + "]?";
            out.append("{ ").append(key).append(": ");
            type(map.values(), indent);
            out.append(" }");
        } else if (type instanceof Union union) {
            union(union, indent);
        } else if (type instanceof Intersection intersection) {
            String separator = "";
            for (TypeNode part : intersection.parts()) {
                out.append(separator);
                operand(part, indent);
                separator = " & ";
            }
        }
    }

    /** A type that something binds more strongly than what it consists of. */
    private void operand(TypeNode type, String indent) {
        boolean isBound = (type instanceof Union union && !union.hasComments()) || type instanceof Intersection;
        out.append(isBound ? "(" : "");
        type(type, indent);
        out.append(isBound ? ")" : "");
    }

    private void union(Union union, String indent) {
        if (union.hasComments()) {
            out.append('(');
            variants(union, indent);
            out.append('\n').append(indent).append(')');
            return;
        }
        String separator = "";
        for (Variant variant : union.variants()) {
            out.append(separator);
            type(variant.type(), indent);
            separator = UNION;
        }
    }

    /** Each type of a union on a line of its own. */
    private void variants(Union union, String indent) {
        for (Variant variant : union.variants()) {
            out.append('\n').append(indent).append(UNION);
            type(variant.type(), indent + VARIANT_INDENT);
            if (!variant.comments().isEmpty()) {
                out.append(" // ").append(String.join("; ", variant.comments()));
            }
        }
    }

    private void tuple(Tuple tuple, String indent) {
        out.append('[');
        String separator = "";
        for (int i = 0; i < tuple.elements().size(); i++) {
            out.append(separator);
            if (i < tuple.required()) {
                type(tuple.elements().get(i), indent);
            } else {
                operand(tuple.elements().get(i), indent);
                out.append('?');
            }
            separator = ", ";
        }
        if (tuple.rest() != null) {
            out.append(separator).append("...");
            operand(tuple.rest(), indent);
            out.append("[]");
        }
        out.append(']');
    }

    /** An object; its first line is not indented because it follows the name of a property. */
    private void object(ObjectOf object, String indent) {
        out.append("{\n");
        for (Map.Entry<String, Typed> property : object.properties().entrySet()) {
            boolean isRequired = object.required().contains(property.getKey());
            property(TypeScriptTokens.name(property.getKey()) + (isRequired ? "" : "?"), property.getValue(), indent);
        }
        if (object.others() != null) {
            property("[key: string]", object.others(), indent);
        }
        out.append(indent).append('}');
    }

    private void property(String name, Typed value, String indent) {
        JsonSchema schema = value.schema();
        schema.title().ifPresent(title -> {
            TypeScriptTokens.lines(title).forEach(line -> comment(line, indent));
            out.append(indent).append("//\n");
        });
        if (value.type() instanceof Union union && union.hasComments()) {
            examples(schema, indent); // parity: before the description, here
            description(value, indent);
            notes(value, indent);
            SchemaNotes.defaultOf(schema).ifPresent(text -> comment(text, indent));
            out.append(indent).append(name).append(':');
            variants(union, indent);
            out.append('\n').append(indent).append(",\n");
            return;
        }
        description(value, indent);
        notes(value, indent);
        examples(schema, indent);
        out.append(indent).append(name).append(": ");
        type(value.type(), indent + OBJECT_INDENT);
        out.append(',');
        SchemaNotes.defaultOf(schema).ifPresent(text -> out.append(" // ").append(text));
        out.append('\n');
    }

    private void description(Typed typed, String indent) {
        typed.schema()
                .description()
                .ifPresent(text -> TypeScriptTokens.lines(text).forEach(line -> comment(line, indent)));
    }

    private void notes(Typed typed, String indent) {
        if (!typed.constraints().isEmpty()) {
            comment(String.join(", ", typed.constraints()), indent);
        }
        typed.lines().forEach(line -> comment(line, indent));
    }

    private void examples(JsonSchema schema, String indent) {
        if (schema.hasExamples()) {
            comment("Examples:", indent);
            schema.value()
                    .get("examples")
                    .elements()
                    .forEach(example -> comment("- " + TypeScriptTokens.json(example), indent));
        }
    }

    private void comment(String line, String indent) {
        out.append(indent).append("// ").append(line).append('\n');
    }
}
