package io.harmony4j.json;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Repair of JSON that a model got wrong, for callers who would rather run a tool call than refuse it. Nothing in this library repairs
 * arguments by itself.
 *
 * <pre>{@code
 * JsonRepair.Result result = JsonRepair.repair("{'path': \"notes.txt\", \"lines\": [1, 2,]}]");
 * result.json();     // {"path": "notes.txt", "lines": [1, 2]}
 * result.changes();  // single quotes at 1, a trailing comma at 36, a surplus bracket at 39
 * result.isValid();  // true
 * }</pre>
 *
 * <p>{@link Change.Kind} lists what is repaired. Where more would be a guess (two values without a comma, a quote within a
 * string, a word that means nothing) the whole text is returned as it was. A text that is JSON comes back unchanged. The time
 * and the memory are in proportion to the text. All methods may be called from any thread.
 */
public final class JsonRepair {
    private JsonRepair() {}

    /** Repairs a text; never throws on what is in it. */
    public static Result repair(CharSequence text) {
        return new StructureRepair(requireNonNull(text, "text").toString()).repair();
    }

    /**
     * What became of a text.
     *
     * @param json valid JSON (RFC 8259, at most 1,000 levels deep), or the text as it was if it could not be repaired
     * @param changes the repairs, in the order of their indexes; empty if the text was JSON
     */
    public record Result(String json, List<Change> changes) {
        public Result {
            requireNonNull(json, "json");
            changes = List.copyOf(requireNonNull(changes, "changes"));
        }

        /** Returns whether {@link #json} is valid JSON. */
        public boolean isValid() {
            return changes.isEmpty() || changes.get(0).kind() != Change.Kind.NOT_REPAIRED;
        }
    }

    /**
     * One repair.
     *
     * @param kind what was wrong
     * @param index where, in UTF-16 code units of the text before the repair; its length if it was the end
     * @param text what was left out or replaced; for {@link Kind#UNFINISHED} and {@link Kind#UNCLOSED} what was put in
     */
    public record Change(Kind kind, int index, String text) {
        public Change {
            requireNonNull(kind, "kind");
            requireNonNull(text, "text");
        }

        /** Returns what was wrong, what was done about it and where, for human readers. */
        public String message() {
            return kind.description + (text.isEmpty() ? "" : ": \"" + text + '"') + " at character " + index;
        }

        /** What can be wrong. */
        public enum Kind {
            /** There was nothing but white space; it became {@code {}}. */
            EMPTY("read an empty text as {}"),
            /** A Markdown code fence stood around the JSON; it was left out. */
            CODE_FENCE("left out a code fence"),
            /** A control character, as a line feed, stood in a string; it was escaped. */
            CONTROL_CHARACTER("escaped a control character"),
            /** A backslash in a string began no escape of JSON; it was doubled, or left out before a single quote. */
            ESCAPE("repaired an unknown escape"),
            /** A string was in single quotes; it got double ones. */
            SINGLE_QUOTES("replaced the single quotes of a string"),
            /** A field's name had no quotes; it got them. */
            BARE_NAME("put quotes around a name"),
            /** A literal was Python's: {@code True}, {@code False} or {@code None}. */
            PYTHON_LITERAL("replaced a literal of Python"),
            /** A comma stood before a closing bracket; it was left out. */
            TRAILING_COMMA("left out a trailing comma"),
            /** A closing bracket closed nothing, or something followed the value; it was left out. */
            SURPLUS("left out what does not belong to the value"),
            /** A closing bracket came before the inner ones were closed; they were closed. */
            UNCLOSED("closed what was open"),
            /** The text ended within something that cannot be told from this little, as a name; it was left out. */
            CUT_OFF("left out what the end of the text cut off"),
            /** The text ended before the value did; it was completed. */
            UNFINISHED("completed the value at the end of the text"),
            /** This is not JSON, and no repair is known; the text is as it was. */
            NOT_REPAIRED("could not repair");

            private final String description;

            Kind(String description) {
                this.description = description;
            }
        }
    }
}
