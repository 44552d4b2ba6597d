package io.harmony4j.adk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.google.adk.JsonBaseModel;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as ADK has it in arguments and results: maps, lists, texts, numbers, and what its mapper makes of anything else. */
final class PlainJson {
    private PlainJson() {}

    /** Returns a value as JSON. Members that are null stay, which ADK's mapper would leave out. */
    static JsonValue of(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            JsonObject.Builder object = JsonObject.builder();
            map.forEach((name, member) -> object.put(String.valueOf(name), of(member)));
            return object.build();
        }
        if (value instanceof Collection<?> collection) {
            return JsonArray.of(collection.stream().map(PlainJson::of).toList());
        }
        try {
            return Json.parseAny(JsonBaseModel.getMapper().writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "expected a value that ADK's mapper writes as JSON but found " + value, e);
        }
    }

    /** Returns an object as a map, with numbers of the types that ADK has elsewhere. */
    static Map<String, Object> map(JsonObject object) {
        try {
            return JsonBaseModel.getMapper()
                    .readValue(Json.write(object), new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("expected an object that ADK's mapper reads but found " + object, e);
        }
    }
}
