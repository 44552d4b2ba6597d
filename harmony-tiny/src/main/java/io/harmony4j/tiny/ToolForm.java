package io.harmony4j.tiny;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.harmony4j.Json;
import io.harmony4j.Recipient;
import io.harmony4j.ToolDescription;

/**
 * A tool as a conversation declares it: every tool here has one parameter, a string.
 *
 * @param purpose what it does
 * @param name its name
 * @param parameter the name of its parameter
 * @param text its description
 */
record ToolForm(Purpose purpose, String name, String parameter, String text) {
    ToolDescription description() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putObject("properties").putObject(parameter).put("type", "string");
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
