package io.harmony4j.chat;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks for stop strings in a text while it comes, and holds back what may be the beginning of one. The one that is complete first
 * counts, so that the cut is the same for any chunks; of two that end together, the longer.
 *
 * <pre>{@code
 * StopStrings stop = new StopStrings(List.of("END"));
 * stop.add("one E");       // "one "
 * stop.add("ND two");      // "", and isFound()
 * }</pre>
 *
 * <p>For one text at a time, used by one thread.
 */
public final class StopStrings {
    private final List<Matcher> matchers;
    private final StringBuilder held = new StringBuilder();

    /** The stop string that was found; null as long as there is none. */
    private @Nullable String found;

    /**
     * Looks for the given strings; for none if there are none.
     *
     * @throws IllegalArgumentException if one is empty
     */
    public StopStrings(List<String> stops) {
        requireNonNull(stops, "stops").forEach(stop -> {
            if (requireNonNull(stop, "stop").isEmpty()) {
                throw new IllegalArgumentException(
                        "expected stop strings of at least 1 character but found an empty one");
            }
        });
        this.matchers = stops.stream().map(Matcher::new).toList();
    }

    /** Begins another text. */
    public void restart() {
        held.setLength(0);
        found = null;
        matchers.forEach(matcher -> matcher.matched = 0);
    }

    /** Returns whether a stop string has been found. */
    public boolean isFound() {
        return found != null;
    }

    /** Returns the stop string that has been found, if there is one. */
    public Optional<String> found() {
        return Optional.ofNullable(found);
    }

    /** Returns how much text is held back, in UTF-16 code units. */
    public int held() {
        return held.length();
    }

    /** Takes more text; returns what can be shown now. What follows a stop string is forgotten. */
    public String add(String more) {
        requireNonNull(more, "more");
        if (matchers.isEmpty()) {
            return more;
        }
        for (int i = 0; i < more.length(); i++) {
            held.append(more.charAt(i));
            for (Matcher matcher : matchers) {
                matcher.accept(more.charAt(i));
                if (matcher.isComplete() && (found == null || matcher.matched > found.length())) {
                    found = matcher.stop;
                }
            }
            if (found != null) {
                String before = held.substring(0, held.length() - found.length());
                held.setLength(0);
                return before;
            }
        }
        return take(held.length()
                - matchers.stream().mapToInt(matcher -> matcher.matched).max().orElse(0));
    }

    /** Takes the end of the text; returns what was held back. */
    public String release() {
        return take(held.length());
    }

    private String take(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }

    /** Looks for one string by the algorithm of Knuth, Morris and Pratt: in linear time, whatever text and string are. */
    private static final class Matcher {
        private final String stop;

        /** For each beginning of the string, by its length: the length of its longest shorter end that is a beginning, too. */
        private final int[] borders;

        /** The length of the longest end of the text that is a beginning of the string. */
        private int matched;

        Matcher(String stop) {
            this.stop = stop;
            this.borders = new int[stop.length() + 1];
            for (int length = 2; length <= stop.length(); length++) {
                accept(stop.charAt(length - 1));
                borders[length] = matched;
            }
            matched = 0;
        }

        boolean isComplete() {
            return matched == stop.length();
        }

        /** Takes the next character of a text in which the string has not been found. */
        void accept(char next) {
            while (matched > 0 && stop.charAt(matched) != next) {
                matched = borders[matched];
            }
            matched += stop.charAt(matched) == next ? 1 : 0;
        }
    }
}
