package io.harmony4j.parser;

/** Where a text can be cut without halving a character beyond the Basic Multilingual Plane. */
final class Surrogates {
    private Surrogates() {}

    /** Returns how many UTF-16 code units can be taken from an index on, at most so many. */
    static int cut(String text, int from, int most) {
        int end = from + Math.min(text.length() - from, Math.max(0, most));
        boolean isHalved =
                end > from && end < text.length() && Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end));
        return (isHalved ? end - 1 : end) - from;
    }
}
