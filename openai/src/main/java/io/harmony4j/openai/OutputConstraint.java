package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

/**
 * What the text of an answer on the final channel must be; reasoning and calls are free.
 *
 * @param isAnyObject whether any JSON object will do, as for {@code json_object}
 * @param schema the JSON Schema, as canonical JSON
 * @param isStrict whether the request insists on the schema
 */
public record OutputConstraint(boolean isAnyObject, String schema, boolean isStrict) {
    public OutputConstraint {
        requireNonNull(schema, "schema");
    }
}
