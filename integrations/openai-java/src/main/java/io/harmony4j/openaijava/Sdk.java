package io.harmony4j.openaijava;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.core.ObjectMappers;
import io.harmony4j.json.JsonObject;

/** openai-java's classes and their JSON, which openai-java reads and writes itself. */
final class Sdk {
    private static final JsonMapper MAPPER = ObjectMappers.jsonMapper();

    private Sdk() {}

    /**
     * Returns what openai-java would send, or has received: fields that are no property of the class are in it, too, and values of the wrong
     * type are as they are.
     */
    static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "expected a value that openai-java can write as JSON but found "
                            + value.getClass().getName() + ": " + e.getOriginalMessage(),
                    e);
        }
    }

    /** Returns what openai-java would make of a server's JSON. */
    static <T> T read(JsonObject json, Class<T> type) {
        return read(json.toString(), type);
    }

    /** Returns what openai-java would make of a server's JSON. */
    static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "expected JSON that openai-java reads as " + type.getSimpleName() + " but found: "
                            + e.getOriginalMessage(),
                    e);
        }
    }
}
