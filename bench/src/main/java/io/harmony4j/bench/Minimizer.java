package io.harmony4j.bench;

import java.util.function.Predicate;

/**
 * Makes a text that has a property shorter, as long as it keeps the property: it tries without each half, each quarter and so
 * on, down to each UTF-16 code unit.
 */
final class Minimizer {
    private static final int MAX_TRIES = 5_000;

    private final Predicate<String> property;
    private int tries;

    Minimizer(Predicate<String> property) {
        this.property = property;
    }

    /** Returns a text from which nothing more can be taken, unless there were too many tries. */
    String minimize(String text) {
        String shortest = text;
        int part = Math.max(1, shortest.length() / 2);
        while (tries < MAX_TRIES) {
            String shorter = withoutParts(shortest, part);
            if (part == 1 && shorter.length() == shortest.length()) {
                break;
            }
            shortest = shorter;
            part = Math.max(1, Math.min(part, shortest.length()) / 2);
        }
        return shortest;
    }

    /** Returns a text without those of its parts that it does not need. */
    private String withoutParts(String text, int part) {
        String shortest = text;
        for (int start = 0; start < shortest.length() && tries < MAX_TRIES; tries++) {
            int end = Math.min(shortest.length(), start + part);
            String shorter = shortest.substring(0, start) + shortest.substring(end);
            if (property.test(shorter)) {
                shortest = shorter;
            } else {
                start = end;
            }
        }
        return shortest;
    }
}
