package io.harmony4j.mcp;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON between the SDK, which has maps and lists, and this project, which has text and {@link JsonObject}s. */
final class McpJson {
    private static final TypeRef<LinkedHashMap<String, Object>> MAP = new TypeRef<>() {};

    private McpJson() {}

    static McpJsonMapper mapper() {
        return McpJsonDefaults.getMapper();
    }

    /** Returns a value of the SDK as JSON text. */
    static String write(Object value) {
        try {
            return mapper().writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the text of a JSON object as the SDK has objects. */
    static Map<String, Object> map(String json) {
        try {
            return mapper().readValue(json, MAP);
        } catch (IOException e) {
            throw new IllegalArgumentException("expected a JSON object but found " + json, e);
        }
    }

    /** Returns an object of the SDK; an absent one is empty. */
    static JsonObject object(@Nullable Map<String, Object> map) {
        return map == null ? JsonObject.EMPTY : (JsonObject) Json.parseAny(write(map));
    }
}
