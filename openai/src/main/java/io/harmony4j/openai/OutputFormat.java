package io.harmony4j.openai;

import io.harmony4j.ResponseFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code response_format} of Chat Completions and {@code text.format} of Responses ask for.
 *
 * @param format what the developer message says of it
 * @param constraint what holds for the text of the answer
 */
record OutputFormat(ResponseFormat format, OutputConstraint constraint) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final String JSON_SCHEMA = "json_schema";

    /** Returns the format that {@code response_format} asks for; null for text. */
    static @Nullable OutputFormat ofChat(Field field) {
        return field.isAbsent() ? null : of(field, field.get(JSON_SCHEMA));
    }

    /** Returns the format that {@code text.format} asks for; null for text. */
    static @Nullable OutputFormat ofResponses(Field field) {
        return field.isAbsent() ? null : of(field, field);
    }

    private static @Nullable OutputFormat of(Field field, Field schema) {
        Field type = field.object().get("type");
        return switch (type.text()) {
            case "text" -> null;
            case "json_object" ->
                new OutputFormat(
                        ResponseFormat.JSON_OBJECT,
                        new OutputConstraint(true, ResponseFormat.JSON_OBJECT.schema(), false));
            case JSON_SCHEMA -> ofSchema(schema.object());
            default -> throw type.wrongValue(List.of("text", "json_object", JSON_SCHEMA));
        };
    }

    private static OutputFormat ofSchema(Field named) {
        Field name = named.get("name");
        if (!NAME.matcher(name.text()).matches()) {
            throw name.invalid(
                    "invalid_value",
                    "Invalid '" + name.path() + "': expected a name of at most 64 letters, digits, _ and -.");
        }
        String description = named.get("description").optionalText();
        Field schema = named.get("schema");
        boolean isStrict = named.get("strict").flag(false);
        try {
            ResponseFormat format = schema.isAbsent()
                    ? ResponseFormat.of(name.text(), description, ResponseFormat.JSON_OBJECT.schema())
                    : ResponseFormat.of(
                            name.text(), description, schema.object().value());
            return new OutputFormat(format, new OutputConstraint(false, format.schema(), isStrict));
        } catch (IllegalArgumentException e) {
            throw schema.invalid("invalid_value", "Invalid '" + schema.path() + "': " + e.getMessage());
        }
    }
}
