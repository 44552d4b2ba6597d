package io.harmony4j.tiny;

import io.harmony4j.Recipient;
import io.harmony4j.ToolDescription;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.List;

/**
 * A tool as a conversation declares it: every tool here has one parameter that matters, a string.
 *
 * @param purpose what it does
 * @param name its name
 * @param parameter the name of its parameter
 * @param text its description
 * @param detailed whether the parameter is described too, and the weather has an optional unit
 */
record ToolForm(Purpose purpose, String name, String parameter, String text, boolean detailed) {
    ToolForm withDetails() {
        return new ToolForm(purpose, name, parameter, text, true);
    }

    ToolDescription description() {
        JsonObject schema = JsonObject.builder()
                .put("type", "object")
                .put("properties", properties())
                .put("required", JsonArray.ofTexts(List.of(parameter)))
                .build();
        return ToolDescription.of(name, text, schema);
    }

    private JsonObject properties() {
        JsonObject.Builder property = JsonObject.builder().put("type", "string");
        if (!detailed) {
            return JsonObject.of(parameter, property.build());
        }
        property.put("description", purpose.parameterDescription());
        JsonObject.Builder properties = JsonObject.builder().put(parameter, property.build());
        if (purpose == Purpose.WEATHER) {
            JsonObject unit = JsonObject.builder()
                    .put("type", "string")
                    .put("enum", JsonArray.ofTexts(List.of("celsius", "fahrenheit")))
                    .put("default", "celsius")
                    .build();
            properties.put("unit", unit);
        }
        return properties.build();
    }

    Recipient recipient() {
        return Recipient.function(name);
    }

    /** Returns the JSON of a call's arguments. */
    String arguments(String value) {
        return Json.write(JsonObject.of(parameter, JsonValue.of(value)));
    }
}
