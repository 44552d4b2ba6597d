package io.harmony4j.grammar;

import java.util.List;

/** Thrown if a schema has something that cannot be enforced, or that makes no sense. It names all places. */
public final class UnsupportedSchemaException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient List<Place> places;

    /**
     * One thing that cannot be enforced.
     *
     * @param keyword the keyword, as in {@code contains}
     * @param pointer the JSON pointer of the keyword in its schema, as in {@code /properties/a/contains}
     * @param problem what was found, and what to do instead
     */
    public record Place(String keyword, String pointer, String problem) {
        @Override
        public String toString() {
            return problem
                    + (keyword.isEmpty() ? " (at \"" + pointer + "\")" : " (\"" + keyword + "\" at " + pointer + ")");
        }
    }

    UnsupportedSchemaException(List<Place> places) {
        super(message(places));
        this.places = List.copyOf(places);
    }

    private static String message(List<Place> places) {
        StringBuilder text = new StringBuilder("expected a schema that can be enforced but found ");
        for (int i = 0; i < places.size(); i++) {
            text.append(i == 0 ? "" : "; ").append(places.get(i));
        }
        return text.toString();
    }

    /** Returns all places, in the order of the schema. */
    public List<Place> places() {
        return places;
    }
}
