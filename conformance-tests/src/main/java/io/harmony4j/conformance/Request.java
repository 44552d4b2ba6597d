package io.harmony4j.conformance;

import io.harmony4j.Role;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of the driver protocol: its fields, checked as they are read. All methods throw
 * {@code IllegalArgumentException} with the field's name if it is missing or of another type.
 *
 * @param fields the JSON object
 */
record Request(JsonObject fields) {
    static Request of(JsonValue value) {
        if (value instanceof JsonObject object) {
            return new Request(object);
        }
        throw new IllegalArgumentException("expected a JSON object but found " + value);
    }

    String command() {
        return text("cmd");
    }

    /** Returns whether there is a field that is not null. */
    boolean has(String field) {
        return !fields.get(field).isNull();
    }

    String text(String field) {
        JsonValue value = fields.get(field);
        if (!value.isString()) {
            throw wrong(field, "a string");
        }
        return value.text();
    }

    String text(String field, String otherwise) {
        return has(field) ? text(field) : otherwise;
    }

    boolean flag(String field, boolean otherwise) {
        if (!has(field)) {
            return otherwise;
        }
        JsonValue value = fields.get(field);
        if (!value.isBoolean()) {
            throw wrong(field, "true or false");
        }
        return value.booleanValue();
    }

    /** Returns the role in a field, or null if there is none. */
    @Nullable
    Role role(String field) {
        return has(field) ? Role.of(text(field)) : null;
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        if (has(field)) {
            for (JsonValue element : list(field, "a list of strings")) {
                if (!element.isString()) {
                    throw wrong(field, "a list of strings", element);
                }
                texts.add(element.text());
            }
        }
        return texts;
    }

    /**
     * Returns token ids. One that does not fit an int becomes -1, which no vocabulary has, so that it is handled like any
     * other unknown id.
     */
    int[] tokens(String field) {
        List<JsonValue> list = list(field, "a list of token ids");
        int[] tokens = new int[list.size()];
        for (int i = 0; i < tokens.length; i++) {
            JsonValue token = list.get(i);
            if (!token.isInteger()) {
                throw wrong(field, "a list of token ids", token);
            }
            double id = token.doubleValue(); // exact for every int
            tokens[i] = id == (int) id ? (int) id : -1;
        }
        return tokens;
    }

    private List<JsonValue> list(String field, String expected) {
        JsonValue list = fields.get(field);
        if (!list.isArray()) {
            throw wrong(field, expected);
        }
        return list.elements();
    }

    /** Returns the tokens of {@code tokens}, or, if there are none, of {@code text} with all special tokens recognised. */
    int[] tokensOrText(Tokenizer tokenizer) {
        return has("tokens") || !has("text") ? tokens("tokens") : tokenizer.encode(text("text"), AllowedSpecial.ALL);
    }

    /** Returns the JSON text of a value: raw in one field, or as a value in another. */
    String json(String rawField, String valueField) {
        if (has(rawField)) {
            return text(rawField);
        }
        if (!has(valueField)) {
            throw new IllegalArgumentException(
                    "expected the field \"" + valueField + "\" or \"" + rawField + "\" but found neither");
        }
        return Json.write(fields.get(valueField));
    }

    /** Returns an exception that says that a field is not what it should be. */
    IllegalArgumentException wrong(String field, String expected) {
        return wrong(field, expected, fields.has(field) ? fields.get(field) : "nothing");
    }

    private static IllegalArgumentException wrong(String field, String expected, Object found) {
        return new IllegalArgumentException(
                "expected " + expected + " in the field \"" + field + "\" but found " + found);
    }
}
