package io.harmony4j.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a set of code points as an expression over the bytes of their UTF-8. */
final class Utf8Regex {
    private static final int CONTINUATION_BITS = 6;
    private static final int CONTINUATION = 0x80;
    private static final int CONTINUATION_MASK = 0x3F;
    private static final ByteSet CONTINUATIONS = ByteSet.range(0x80, 0xBF);

    private final Regexes regexes;
    private final CodePointSet set;

    private Utf8Regex(Regexes regexes, CodePointSet set) {
        this.regexes = regexes;
        this.set = set;
    }

    /** Returns the set of the texts of one code point. */
    static Regex of(Regexes regexes, CodePointSet set) {
        return regexes.union(List.of(
                of(regexes, set, 0, 0x7F, 0x00, 0),
                of(regexes, set, 0x80, 0x7FF, 0xC0, 1),
                of(regexes, set, 0x800, 0xFFFF, 0xE0, 2),
                of(regexes, set, 0x10000, Character.MAX_CODE_POINT, 0xF0, 3)));
    }

    /**
     * Returns the code points that are written with the same number of bytes.
     *
     * @param marker the bits that tell the length, in the first byte
     * @param count how many bytes follow the first
     */
    private static Regex of(Regexes regexes, CodePointSet set, int first, int last, int marker, int count) {
        int shift = CONTINUATION_BITS * count;
        return new Utf8Regex(regexes, set.within(first, last)).bytes(marker, first >> shift, last >> shift, count);
    }

    /** Returns bytes with any of the given bits and a marker, and what follows each. */
    private Regex bytes(int marker, int firstBits, int lastBits, int count) {
        if (count == 0) {
            return regexes.bytes(lastBytes(marker, firstBits, lastBits));
        }
        Map<Regex, ByteSet> byFollowing = new LinkedHashMap<>();
        for (int bits = firstBits; bits <= lastBits; bits++) {
            Regex following = following(bits, count);
            if (following != regexes.nothing()) {
                byFollowing.merge(following, ByteSet.of(value(marker, bits)), ByteSet::or);
            }
        }
        List<Regex> all = new ArrayList<>();
        byFollowing.forEach((after, values) -> all.add(regexes.sequence(regexes.bytes(values), after)));
        return regexes.union(all);
    }

    /** Returns those bytes with any of the given bits and a marker that end a code point of the set. */
    private ByteSet lastBytes(int marker, int firstBits, int lastBits) {
        ByteSet all = ByteSet.NONE;
        for (CodePointSet.Range range : set.overlapping(firstBits, lastBits)) {
            int first = value(marker, Math.max(range.first(), firstBits));
            int last = value(marker, Math.min(range.last(), lastBits));
            all = all.or(ByteSet.range(first, last));
        }
        return all;
    }

    private static int value(int marker, int bits) {
        return marker == CONTINUATION ? marker | (bits & CONTINUATION_MASK) : marker | bits;
    }

    /** Returns the bytes that may follow those which have given the upper bits of a code point. */
    private Regex following(int upperBits, int count) {
        int shift = CONTINUATION_BITS * count;
        int first = upperBits << shift;
        int last = first + (1 << shift) - 1;
        if (set.containsAll(first, last)) {
            return regexes.repeat(regexes.bytes(CONTINUATIONS), count, count);
        } else if (!set.containsAny(first, last)) {
            return regexes.nothing();
        }
        int next = upperBits << CONTINUATION_BITS;
        return bytes(CONTINUATION, next, next + (1 << CONTINUATION_BITS) - 1, count - 1);
    }
}
