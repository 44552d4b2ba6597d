package io.harmony4j.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.harmony4j.Json;
import io.harmony4j.Role;
import io.harmony4j.tokenizer.SpecialTokens;
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
record Request(JsonNode fields) {
    Request {
        if (!fields.isObject()) {
            throw new IllegalArgumentException("expected a JSON object but found " + fields);
        }
    }

    String command() {
        return text("cmd");
    }

    boolean has(String field) {
        JsonNode value = fields.get(field);
        return value != null && !value.isNull();
    }

    String text(String field) {
        JsonNode value = fields.path(field);
        if (!value.isTextual()) {
            throw wrong(field, "a string", value);
        }
        return value.textValue();
    }

    String text(String field, String otherwise) {
        return has(field) ? text(field) : otherwise;
    }

    boolean flag(String field, boolean otherwise) {
        if (!has(field)) {
            return otherwise;
        }
        JsonNode value = fields.path(field);
        if (!value.isBoolean()) {
            throw wrong(field, "true or false", value);
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
            JsonNode list = fields.path(field);
            if (!list.isArray()) {
                throw wrong(field, "a list of strings", list);
            }
            for (JsonNode element : list) {
                if (!element.isTextual()) {
                    throw wrong(field, "a list of strings", element);
                }
                texts.add(element.textValue());
            }
        }
        return texts;
    }

    /**
     * Returns token ids. One that does not fit an int becomes -1, which no vocabulary has, so that it is handled like any
     * other unknown id.
     */
    int[] tokens(String field) {
        JsonNode list = fields.path(field);
        if (!list.isArray()) {
            throw wrong(field, "a list of token ids", list);
        }
        int[] tokens = new int[list.size()];
        for (int i = 0; i < tokens.length; i++) {
            JsonNode token = list.get(i);
            if (!token.isIntegralNumber()) {
                throw wrong(field, "a list of token ids", token);
            }
            tokens[i] = token.canConvertToInt() ? token.intValue() : -1;
        }
        return tokens;
    }

    /** Returns the tokens of {@code tokens}, or of {@code text} with all special tokens recognised. */
    int[] tokensOrText(Tokenizer tokenizer) {
        return has("text") ? tokenizer.encode(text("text"), SpecialTokens.ALL) : tokens("tokens");
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
        return Json.write(fields.path(valueField));
    }

    IllegalArgumentException wrong(String field, String expected, JsonNode found) {
        String text = found.isMissingNode() ? "nothing" : found.toString();
        return new IllegalArgumentException(
                "expected " + expected + " in the field \"" + field + "\" but found " + text);
    }
}
