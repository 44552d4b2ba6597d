package io.harmony4j.renderer;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * A JSON Schema as the chat template on Hugging Face shows it. It means to write what {@link TypeScriptWriter} writes, and does so for plain
 * parameters; the oddities of the rest are deliberate, and the tests name them. One method per kind of schema; each returns a text.
 */
final class HfTypeScript {
    private static final String ANY = "any";
    private static final String UNION = " | ";
    private static final String NULLABLE = " | null";

    /** The longest type, in code points, of which there are lists. */
    private static final int MAX_ELEMENT = 50;

    /** What the template's own layout leaves before a property's type, and before a default in a union. */
    private static final String PROPERTY_SPACE = "\n" + " ".repeat(16);

    private static final String DEFAULT_SPACE = " ".repeat(20);

    private HfTypeScript() {}

    /**
     * Returns a function's type from its parameters.
     *
     * @param parameters a JSON Schema, or what is there in its place
     * @param path where it is, for error messages
     * @throws IllegalArgumentException if the template cannot write it
     */
    static String function(JsonValue parameters, String path) {
        JsonValue properties = parameters.get("properties");
        if (!Jinja.isTrue(properties)) {
            return "() => any";
        }
        StringBuilder out = new StringBuilder("(_: {\n");
        Required required = Required.of(parameters, path);
        for (Map.Entry<String, JsonValue> property : members(properties, path + ".properties")) {
            JsonValue schema = property.getValue();
            String where = path + ".properties." + property.getKey();
            JsonValue description = schema.get("description");
            if (Jinja.isTrue(description)) {
                out.append("// ")
                        .append(Jinja.text(description, where + ".description"))
                        .append('\n');
            }
            out.append(required.name(property.getKey())).append(": ").append(type(schema, where));
            if (isDefined(schema, "default")) {
                out.append(defaultComment(schema, where));
            }
            out.append(",\n");
        }
        return out.append("}) => any").toString();
    }

    /** A parameter's default; parity: no comma before it where there is a oneOf, and one after it in each case. */
    private static String defaultComment(JsonValue schema, String path) {
        JsonValue value = schema.get("default");
        if (Jinja.isTrue(schema.get("enum"))) {
            return ", // default: " + Jinja.text(value, path + ".default");
        }
        if (Jinja.isTrue(schema.get("oneOf"))) {
            return "// default: " + Jinja.text(value, path + ".default");
        }
        return ", // default: " + PythonJson.write(value);
    }

    private static String type(JsonValue schema, String path) {
        JsonValue type = schema.get("type");
        String word = type.textOrNull();
        if ("array".equals(word)) {
            return array(schema, path);
        }
        if (!type.elements().isEmpty()) {
            return words(type.elements(), UNION, path + ".type"); // parity: integer stays integer
        }
        if (Jinja.isTrue(schema.get("oneOf"))) {
            return oneOf(schema.get("oneOf"), path + ".oneOf");
        }
        return switch (word == null ? ANY : word) {
            case "string" -> string(schema, path);
            case "number", "integer" -> "number"; // parity: no null
            case "boolean" -> "boolean";
            case "object" -> object(schema, path);
            default -> ANY;
        };
    }

    private static String array(JsonValue schema, String path) {
        JsonValue items = schema.get("items");
        String type = items.get("type").textOrNull();
        String element = switch (type == null ? ANY : type) {
            case "string", "boolean" -> type; // parity: no enum
            case "number", "integer" -> "number";
            default -> element(type(items, path + ".items"));
        };
        return element + "[]" + (Jinja.isTrue(schema.get("nullable")) ? NULLABLE : "");
    }

    /** Returns the type of elements, or any where the template finds it too long. */
    private static String element(String type) {
        boolean isLong = type.codePointCount(0, type.length()) > MAX_ELEMENT;
        return isLong || type.equals("object | object") ? ANY : type;
    }

    private static String oneOf(JsonValue variants, String path) {
        StringBuilder out = new StringBuilder();
        Iterator<JsonValue> rest = elements(variants, path).iterator();
        for (int i = 0; rest.hasNext(); i++) {
            JsonValue variant = rest.next();
            String where = path + "[" + i + "]";
            out.append(type(variant, where));
            JsonValue description = variant.get("description");
            if (Jinja.isTrue(description)) {
                out.append("// ").append(Jinja.text(description, where + ".description")); // parity: hides what follows
            }
            if (isDefined(variant, "default")) {
                out.append(DEFAULT_SPACE).append("// default: ").append(PythonJson.write(variant.get("default")));
            }
            if (rest.hasNext()) {
                out.append(UNION).append('\n');
            }
        }
        return out.toString();
    }

    private static String string(JsonValue schema, String path) {
        JsonValue values = schema.get("enum");
        if (Jinja.isTrue(values)) {
            return '"' + words(elements(values, path + ".enum"), "\" | \"", path + ".enum") + '"';
        }
        return "string" + (Jinja.isTrue(schema.get("nullable")) ? NULLABLE : "");
    }

    private static String object(JsonValue schema, String path) {
        JsonValue properties = schema.get("properties");
        if (!Jinja.isTrue(properties)) {
            return "object";
        }
        Required required = Required.of(schema, path);
        StringJoiner out = new StringJoiner(", ", "{\n", "}");
        for (Map.Entry<String, JsonValue> property : members(properties, path + ".properties")) {
            String where = path + ".properties." + property.getKey();
            out.add(required.name(property.getKey()) + ": " + PROPERTY_SPACE + type(property.getValue(), where));
        }
        return out.toString();
    }

    private static String words(List<JsonValue> values, String separator, String path) {
        return values.stream().map(value -> Jinja.word(value, path)).collect(Collectors.joining(separator));
    }

    private static boolean isDefined(JsonValue schema, String name) {
        return schema instanceof JsonObject object && object.has(name);
    }

    private static List<JsonValue> elements(JsonValue value, String path) {
        if (!value.isArray()) {
            throw value.unexpected("a list, which the chat template goes through", path);
        }
        return value.elements();
    }

    private static List<Map.Entry<String, JsonValue>> members(JsonValue value, String path) {
        if (!value.isObject()) {
            throw value.unexpected("an object, whose members the chat template goes through", path);
        }
        return List.copyOf(value.members().entrySet());
    }

    /** Which properties are required. */
    private record Required(Set<JsonValue> names) {
        static Required of(JsonValue schema, String path) {
            JsonValue names = schema.get("required");
            return new Required(Jinja.isTrue(names) ? new HashSet<>(elements(names, path + ".required")) : Set.of());
        }

        /** Returns a property's name, with a question mark if it may be missing. */
        String name(String property) {
            return names.contains(JsonValue.of(property)) ? property : property + "?";
        }
    }
}
