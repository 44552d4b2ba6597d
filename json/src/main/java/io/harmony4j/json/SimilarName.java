package io.harmony4j.json;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Names that differ by a slip: another case, {@code _} or {@code -} more or less, or a letter or two. */
final class SimilarName {
    /** No name of a format is longer; what is may be any text. */
    private static final int MAX_LENGTH = 40;

    /** In a shorter name one letter makes all the difference, in a longer one two may be wrong. */
    private static final int MIN_LENGTH_FOR_TWO = 6;

    private SimilarName() {}

    /** Returns the candidate that is most similar to a name, if there is one that differs by no more than a slip. */
    static Optional<String> find(String name, Collection<String> candidates) {
        @Nullable String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int distance = distance(name, candidate);
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Returns how many letters differ, or a large number if there are too many for a slip. */
    private static int distance(String name, String other) {
        if (Math.max(name.length(), other.length()) > MAX_LENGTH) {
            return Integer.MAX_VALUE;
        }
        String a = letters(name);
        String b = letters(other);
        int most = Math.min(a.length(), b.length()) < MIN_LENGTH_FOR_TWO ? 1 : 2;
        if (Math.abs(a.length() - b.length()) > most) {
            return Integer.MAX_VALUE;
        }
        int distance = edits(a, b);
        return distance <= most ? distance : Integer.MAX_VALUE;
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[_ -]", "");
    }

    /**
     * Returns how many insertions, deletions, replacements and swaps of neighbours make one text of the other: the optimal string
     * alignment distance.
     */
    private static int edits(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1]; // [characters of a, characters of b]
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : edits(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int edits(int[][] edits, String a, String b, int i, int j) {
        boolean isSame = a.charAt(i - 1) == b.charAt(j - 1);
        int least = edits[i - 1][j - 1] + (isSame ? 0 : 1);
        least = Math.min(least, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean isSwap = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return isSwap ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
    }
}
