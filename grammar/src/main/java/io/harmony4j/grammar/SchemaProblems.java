package io.harmony4j.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Collects what cannot be enforced, so that all of it is told at once, and what is not as the schema says. Not thread-safe. */
final class SchemaProblems {
    private final Set<String> lenient;
    private final Map<String, UnsupportedSchemaException.Place> places = new LinkedHashMap<>(); // by pointer
    private final Set<String> notes = new LinkedHashSet<>();
    private boolean isMuted;

    /**
     * @param lenient the keywords that are left unchecked where they cannot be enforced
     */
    SchemaProblems(Set<String> lenient) {
        this.lenient = lenient;
    }

    /** Answers a question without taking down what comes up on the way. */
    boolean quietly(BooleanSupplier question) {
        boolean before = isMuted;
        isMuted = true;
        try {
            return question.getAsBoolean();
        } finally {
            isMuted = before;
        }
    }

    /** Returns whether nothing is taken down now. */
    boolean isMuted() {
        return isMuted;
    }

    /**
     * Takes down that a keyword cannot be enforced.
     *
     * @param problem what was found
     * @param remedy what to write instead
     */
    void unsupported(Subschema schema, String keyword, String problem, String remedy) {
        String pointer = schema.pointer() + "/" + keyword;
        if (isMuted) {
            return;
        } else if (lenient.contains(keyword)) {
            note("\"" + keyword + "\" at " + pointer + " is left unchecked: " + problem);
        } else {
            String advice = remedy + ", or leave it unchecked with lenient(\"" + keyword + "\")";
            places.putIfAbsent(
                    pointer, new UnsupportedSchemaException.Place(keyword, pointer, problem + "; " + advice));
        }
    }

    /** Takes down what is no schema; it cannot be left unchecked. */
    void wrong(Subschema schema, String keyword, String problem) {
        if (isMuted) {
            return;
        }
        String pointer = schema.pointer() + (keyword.isEmpty() ? "" : "/" + keyword);
        places.putIfAbsent(pointer, new UnsupportedSchemaException.Place(keyword, pointer, problem));
    }

    /** Takes down what a user should know. */
    void note(String sentence) {
        if (!isMuted) {
            notes.add(sentence);
        }
    }

    List<String> notes() {
        return new ArrayList<>(notes);
    }

    /**
     * Throws if something cannot be enforced.
     *
     * @throws UnsupportedSchemaException with all of it
     */
    void throwIfAny() {
        if (!places.isEmpty()) {
            throw new UnsupportedSchemaException(List.copyOf(places.values()));
        }
    }
}
