package io.harmony4j.grammar;

import io.harmony4j.json.JsonValue;
import java.util.List;

/** One of the things that a value must satisfy. */
sealed interface Goal {
    /**
     * The value obeys a schema.
     *
     * @param references the places that references for the same value have led to; one that comes again is a loop
     */
    record Holds(Subschema schema, List<String> references) implements Goal {
        Holds(Subschema schema) {
            this(schema, List.of());
        }
    }

    /** The value obeys the keywords of a schema that say something themselves, constants aside, and do not hand on to other schemas. */
    record Direct(Subschema schema) implements Goal {}

    /** The value is one of some constants, none of which is an array or an object. */
    record Among(List<JsonValue> constants) implements Goal {}

    /** The value is of the kind that a keyword is about, and does not obey it. */
    record Disobeys(Subschema schema, String keyword) implements Goal {}

    /** The value satisfies all goals of one of several lists. */
    record Any(List<List<Goal>> alternatives) implements Goal {}
}
