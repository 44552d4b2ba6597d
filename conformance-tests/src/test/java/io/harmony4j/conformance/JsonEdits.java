package io.harmony4j.conformance;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.function.UnaryOperator;

/** Changes of answers, for implementations that are broken on purpose. */
final class JsonEdits {
    private JsonEdits() {}

    /** Returns a copy in which each element of a list is another one; the object itself if it does not have the list. */
    static JsonObject withElements(JsonObject object, String list, UnaryOperator<JsonValue> change) {
        if (!object.has(list)) {
            return object;
        }
        JsonArray changed =
                JsonArray.of(object.get(list).elements().stream().map(change).toList());
        return object.toBuilder().put(list, changed).build();
    }

    /** Returns a copy in which each object in a list has lost a member. */
    static JsonObject withoutInElements(JsonObject object, String list, String member) {
        return withElements(object, list, element -> ((JsonObject) element).without(member));
    }
}
