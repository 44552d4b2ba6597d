package io.harmony4j.parser;

/** Characters beyond the Basic Multilingual Plane, which are pairs of UTF-16 code units. */
final class Surrogates {
    private Surrogates() {}

    /** Returns a text with U+FFFD in place of halves of pairs, which no message can have. */
    static String paired(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints()
                        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\uFFFD' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }

    /** Returns how many UTF-16 code units can be taken from an index on, at most so many. */
    static int cut(String text, int from, int most) {
        int end = from + Math.min(text.length() - from, Math.max(0, most));
        boolean isHalved =
                end > from && end < text.length() && Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end));
        return (isHalved ? end - 1 : end) - from;
    }
}
