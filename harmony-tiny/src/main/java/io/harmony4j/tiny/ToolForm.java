package io.harmony4j.tiny;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.harmony4j.Json;
import io.harmony4j.Recipient;
import io.harmony4j.ToolDescription;

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
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ObjectNode property = properties.putObject(parameter).put("type", "string");
        if (detailed) {
            property.put("description", purpose.parameterDescription());
            if (purpose == Purpose.WEATHER) {
                ObjectNode unit = properties.putObject("unit").put("type", "string");
                unit.putArray("enum").add("celsius").add("fahrenheit");
                unit.put("default", "celsius");
            }
        }
        schema.putArray("required").add(parameter);
        return new ToolDescription(name, text, schema);
    }

    Recipient recipient() {
        return Recipient.function(name);
    }

    /** Returns the JSON of a call's arguments. */
    String arguments(String value) {
        return Json.write(JsonNodeFactory.instance.objectNode().put(parameter, value));
    }
}
