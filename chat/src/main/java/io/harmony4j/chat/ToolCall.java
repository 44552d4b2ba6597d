package io.harmony4j.chat;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Recipient;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonRepair;
import io.harmony4j.json.JsonValue;

/**
 * A call of a tool, as a chat client sees it.
 *
 * <pre>{@code
 * Message.tool(call.recipient(), result)      // what answers it
 * }</pre>
 *
 * @param id what the tool's answer is to refer to
 * @param recipient the tool, as the model addressed it
 * @param arguments the arguments, exactly as the model wrote them
 */
public record ToolCall(String id, Recipient recipient, String arguments) {
    private static final String NO_ARGUMENTS = "{}";

    public ToolCall {
        requireNonNull(id, "id");
        requireNonNull(recipient, "recipient");
        requireNonNull(arguments, "arguments");
    }

    /** Returns the tool's name, without {@code functions.}. */
    public String name() {
        return recipient.toolName();
    }

    /** Returns the arguments as JSON for tools that take a text: as the model wrote them, and {@code {}} if it wrote nothing. */
    public String argumentsOrNone() {
        return arguments.isBlank() ? NO_ARGUMENTS : arguments;
    }

    /**
     * Returns the arguments as an object, for tools that take no text: as the model wrote them, or else repaired by {@link
     * JsonRepair}, or else the object in a JSON string; without members if it wrote nothing.
     *
     * @throws IllegalArgumentException if they are not an object and cannot be repaired; the exception's text has them as they are
     */
    public JsonObject argumentsAsObject() {
        JsonRepair.Result repaired = JsonRepair.repair(arguments);
        if (repaired.isValid()) {
            JsonValue value = Json.parseAny(repaired.json());
            if (value.isString()) {
                JsonRepair.Result inner = JsonRepair.repair(value.text());
                value = inner.isValid() ? Json.parseAny(inner.json()) : value;
            }
            if (value instanceof JsonObject object) {
                return object;
            }
        }
        throw new IllegalArgumentException(
                "expected a JSON object as the arguments of " + recipient + " but found: " + arguments);
    }
}
