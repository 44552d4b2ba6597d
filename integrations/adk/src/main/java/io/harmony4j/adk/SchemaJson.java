package io.harmony4j.adk;

import com.google.genai.types.Schema;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A schema of ADK as a JSON Schema. Types are in lower case there, and an example is one of several. */
final class SchemaJson {
    private static final String UNSPECIFIED = "TYPE_UNSPECIFIED";

    private SchemaJson() {}

    static JsonValue of(Schema schema) {
        return lowered(PlainJson.of(schema));
    }

    private static JsonValue lowered(JsonValue schema) {
        JsonObject.Builder lowered = JsonObject.builder();
        schema.members().forEach((name, value) -> {
            switch (name) {
                case "type" -> {
                    if (!value.text().equals(UNSPECIFIED)) {
                        lowered.put(name, value.text().toLowerCase(Locale.ROOT));
                    }
                }
                case "items" -> lowered.put(name, lowered(value));
                case "anyOf" ->
                    lowered.put(
                            name,
                            JsonArray.of(value.elements().stream()
                                    .map(SchemaJson::lowered)
                                    .toList()));
                case "properties" -> lowered.put(name, loweredMembers(value.members()));
                case "example" -> lowered.put("examples", JsonArray.of(List.of(value)));
                default -> lowered.put(name, value);
            }
        });
        return lowered.build();
    }

    private static JsonObject loweredMembers(Map<String, JsonValue> schemas) {
        JsonObject.Builder lowered = JsonObject.builder();
        schemas.forEach((name, schema) -> lowered.put(name, lowered(schema)));
        return lowered.build();
    }
}
