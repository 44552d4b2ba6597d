package io.harmony4j.conformance;

import io.harmony4j.json.JsonValue;
import java.util.HexFormat;

/**
 * A text that holds every code point of a range in four surroundings, surrogates left out, and the fingerprint of its
 * tokens: vectors for all of Unicode in a line each.
 *
 * @param first the first code point
 * @param last the last code point, inclusive
 */
record CodePointBlock(int first, int last) {
    /** The field of a request with the range, in place of {@code text}. */
    static final String FIELD = "codePoints";

    /** The expected field with the number of tokens. */
    static final String COUNT = "count";

    /** The expected field with the tokens' hash. */
    static final String HASH = "fnv1a64";

    private static final long FNV_OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    static CodePointBlock of(JsonValue range) {
        return new CodePointBlock(
                range.elements().get(0).intValue(), range.elements().get(1).intValue());
    }

    /** Returns, for each code point c, {@code "x" c "y1 " c c "'s\n"}. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int c = first; c <= last; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                text.append('x').appendCodePoint(c).append("y1 ");
                text.appendCodePoint(c).appendCodePoint(c).append("'s\n");
            }
        }
        return text.toString();
    }

    static JsonValue count(JsonValue answer) {
        return JsonValue.of(answer.get("tokens").elements().size());
    }

    /** Returns the 64-bit FNV-1a hash over the ids, one step an id, as 16 hexadecimal digits. */
    static JsonValue hash(JsonValue answer) {
        long hash = FNV_OFFSET_BASIS;
        for (JsonValue token : answer.get("tokens").elements()) {
            long id = token.isNumber() ? (long) token.doubleValue() : -1; // which no token has
            hash = (hash ^ id) * FNV_PRIME;
        }
        return JsonValue.of(HexFormat.of().toHexDigits(hash));
    }
}
