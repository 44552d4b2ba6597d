package io.harmony4j.server;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.ApiException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The fields of a request of Harmony's own paths. One that is null counts as absent. */
final class Fields {
    private final JsonObject body;

    private Fields(JsonObject body) {
        this.body = body;
    }

    /**
     * Reads a body.
     *
     * @throws ApiException if it is not a JSON object
     */
    static Fields of(String body) {
        return new Fields(object(body));
    }

    /**
     * Reads a body.
     *
     * @throws ApiException if it is not a JSON object
     */
    static JsonObject object(String body) {
        try {
            if (Json.parseAny(body) instanceof JsonObject object) {
                return object;
            }
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, null, null, "The body is not JSON: " + e.getMessage());
        }
        throw new ApiException(400, null, null, "Expected a JSON object as the body.");
    }

    boolean has(String name) {
        return !body.get(name).isNull();
    }

    /** Returns whether the field is there and is null, which says something else than that it is absent. */
    boolean isNull(String name) {
        return body.has(name) && !has(name);
    }

    /**
     * Reads a field; empty if it is absent.
     *
     * @throws ApiException if the reader throws an IllegalArgumentException
     */
    <T> Optional<T> read(String name, Function<JsonValue, T> reader) {
        try {
            return has(name) ? Optional.of(reader.apply(body.get(name))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            throw wrong(name, e);
        }
    }

    Optional<String> text(String name) {
        return read(name, JsonValue::text);
    }

    boolean flag(String name) {
        return read(name, JsonValue::booleanValue).orElse(false);
    }

    List<String> texts(String name) {
        return read(name, value -> elements(value).stream().map(JsonValue::text).toList())
                .orElse(List.of());
    }

    int[] integers(String name) {
        return read(
                        name,
                        value -> elements(value).stream()
                                .mapToInt(JsonValue::intValue)
                                .toArray())
                .orElse(new int[0]);
    }

    private static List<JsonValue> elements(JsonValue value) {
        if (value.isArray()) {
            return value.elements();
        }
        throw value.unexpected("a list");
    }

    /** Returns the JSON text that a field holds: as a string, so that what is wrong has its line and column, or as it is. */
    String json(String name) {
        JsonValue value = body.get(name);
        return value.isString() ? value.text() : value.toString();
    }

    /** Returns the error of a field. */
    static ApiException wrong(String name, RuntimeException why) {
        return new ApiException(400, name, null, "Invalid '" + name + "': " + why.getMessage());
    }
}
