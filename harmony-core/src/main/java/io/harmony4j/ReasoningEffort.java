package io.harmony4j;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How long the model is asked to think. */
public enum ReasoningEffort {
    LOW("Low"),
    MEDIUM("Medium"),
    HIGH("High");

    private final String jsonName;

    ReasoningEffort(String jsonName) {
        this.jsonName = jsonName;
    }

    /** Returns the word for this level in JSON, as in {@code High}. */
    public String jsonName() {
        return jsonName;
    }

    /** Returns the word for this level in the system message, as in {@code high}. */
    public String promptWord() {
        return jsonName.toLowerCase(Locale.ROOT);
    }

    /** Returns the level with the given JSON word, if there is one; words are case-sensitive. */
    static Optional<ReasoningEffort> findByJsonName(String jsonName) {
        requireNonNull(jsonName, "jsonName");
        return Arrays.stream(values())
                .filter(effort -> effort.jsonName.equals(jsonName))
                .findFirst();
    }

    /** The JSON words of all levels, for error messages. */
    static String jsonNames() {
        return Arrays.stream(values()).map(ReasoningEffort::jsonName).collect(Collectors.joining(", "));
    }
}
