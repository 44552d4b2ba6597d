package io.harmony4j.openai;

import java.util.List;

/**
 * Looks for stop strings in a text while it comes, and holds back what may be the beginning of one. The one that is complete first
 * counts, so that the cut is the same for any chunks. For one message at a time.
 */
final class StopStrings {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean isFound;

    StopStrings(List<String> stops) {
        this.stops = stops;
    }

    /** Returns whether a stop string has been found. */
    boolean isFound() {
        return isFound;
    }

    /** Returns how much text is held back, in UTF-16 code units. */
    int held() {
        return held.length();
    }

    /** Takes more text; returns what can be shown now. What follows a stop string is forgotten. */
    String add(String more) {
        if (stops.isEmpty()) {
            return more;
        }
        held.append(more);
        int begin = -1;
        int end = held.length() + 1;
        for (String stop : stops) {
            int at = held.indexOf(stop);
            int atEnd = at + stop.length();
            if (at >= 0 && (atEnd < end || (atEnd == end && at < begin))) {
                begin = at;
                end = atEnd;
            }
        }
        if (begin < 0) {
            return take(held.length() - open());
        }
        isFound = true;
        String before = held.substring(0, begin);
        held.setLength(0);
        return before;
    }

    /** Takes the end of the message; returns what was held back. */
    String release() {
        return take(held.length());
    }

    private String take(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }

    /** Returns the length of the longest end of the text that is the beginning of a stop string. */
    private int open() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(held.length(), stop.length() - 1); length > longest; length--) {
                if (isEnd(stop, length)) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    private boolean isEnd(String stop, int length) {
        int begin = held.length() - length;
        for (int i = 0; i < length; i++) {
            if (held.charAt(begin + i) != stop.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
