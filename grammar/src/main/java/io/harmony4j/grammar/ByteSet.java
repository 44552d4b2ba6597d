package io.harmony4j.grammar;

/** A set of bytes, as one bit for each of 0 to 255. */
record ByteSet(long bits0, long bits1, long bits2, long bits3) {
    static final ByteSet NONE = new ByteSet(0, 0, 0, 0);
    static final ByteSet ALL = new ByteSet(-1, -1, -1, -1);

    /** An odd number near 2 to the power of 64, divided by the golden ratio. */
    private static final long MIXER = 0x9E3779B97F4A7C15L;

    static ByteSet of(int value) {
        return range(value, value);
    }

    /** Returns the bytes from the first to the last, which belongs to them. */
    static ByteSet range(int first, int last) {
        return new ByteSet(
                word(first, last),
                word(first - 64, last - 64),
                word(first - 128, last - 128),
                word(first - 192, last - 192));
    }

    /** Returns the bits of one word from the first to the last, which may lie outside of it. */
    private static long word(int first, int last) {
        if (last < 0 || first > 63) {
            return 0;
        }
        long from = -1L << Math.max(first, 0);
        return last >= 63 ? from : from & ((1L << (last + 1)) - 1);
    }

    boolean contains(int value) {
        long word = switch (value >> 6) {
            case 0 -> bits0;
            case 1 -> bits1;
            case 2 -> bits2;
            default -> bits3;
        };
        return ((word >>> value) & 1) != 0;
    }

    ByteSet or(ByteSet other) {
        return new ByteSet(bits0 | other.bits0, bits1 | other.bits1, bits2 | other.bits2, bits3 | other.bits3);
    }

    ByteSet and(ByteSet other) {
        return new ByteSet(bits0 & other.bits0, bits1 & other.bits1, bits2 & other.bits2, bits3 & other.bits3);
    }

    ByteSet not() {
        return new ByteSet(~bits0, ~bits1, ~bits2, ~bits3);
    }

    /** Mixes the bits, which are much alike in the sets that come up. */
    @Override
    public int hashCode() {
        long mixed = ((bits0 * MIXER + bits1) * MIXER + bits2) * MIXER + bits3;
        return Long.hashCode(mixed * MIXER);
    }

    boolean isEmpty() {
        return (bits0 | bits1 | bits2 | bits3) == 0;
    }

    /** Returns the smallest byte that is in the set and at least the given one; 256 if there is none. */
    int next(int from) {
        for (int value = from; value < 256; value++) {
            if (contains(value)) {
                return value;
            }
        }
        return 256;
    }
}
