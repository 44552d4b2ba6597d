package io.harmony4j.parser;

import java.util.List;
import java.util.Optional;

/** What a model meant by a word that is almost one of some known words. */
final class Spelling {
    /** The most letters that may be wrong, missing or too many. */
    private static final int MAX_DISTANCE = 2;

    private Spelling() {}

    /** Returns the known word that is nearest to a word in lower case, if no other one is as near. */
    static Optional<String> nearest(String word, List<String> known) {
        String nearest = null;
        int smallest = MAX_DISTANCE + 1;
        boolean isOnly = true;
        for (String candidate : known) {
            int distance = distance(word, candidate);
            if (distance < smallest) {
                smallest = distance;
                nearest = candidate;
                isOnly = true;
            } else if (distance == smallest) {
                isOnly = false;
            }
        }
        return isOnly ? Optional.ofNullable(nearest) : Optional.empty();
    }

    /** The Levenshtein distance, or more than the limit if it must be more. */
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > MAX_DISTANCE) {
            return MAX_DISTANCE + 1;
        }
        int[] row = new int[b.length() + 1]; // the distances of the beginning of a to all beginnings of b
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
