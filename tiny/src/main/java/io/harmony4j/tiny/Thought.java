package io.harmony4j.tiny;

import io.harmony4j.ReasoningEffort;

/**
 * What the model thinks at one point: the more effort, the more words. An empty one is not written down.
 *
 * @param low with low effort
 * @param medium with medium effort
 * @param high with high effort
 */
record Thought(String low, String medium, String high) {
    /** Returns a thought that is the same with any effort. */
    static Thought of(String text) {
        return new Thought(text, text, text);
    }

    String at(ReasoningEffort effort) {
        return switch (effort) {
            case LOW -> low;
            case MEDIUM -> medium;
            case HIGH -> high;
        };
    }

    /** Returns this thought, and then another. */
    Thought then(Thought next) {
        return new Thought(joined(low, next.low), joined(medium, next.medium), joined(high, next.high));
    }

    private static String joined(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + " " + second;
    }
}
