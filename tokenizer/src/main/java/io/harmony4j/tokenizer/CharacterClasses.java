package io.harmony4j.tokenizer;

/**
 * The classes of code points that the pattern of o200k distinguishes, by Unicode 16. Each code point is in exactly one;
 * a class is one bit, so that a set of classes is a mask. The tables are those of the build, not of the JDK: see
 * docs/decisions/002-frozen-unicode-tables.md.
 */
final class CharacterClasses {
    /** Lu and Lt. */
    static final int UPPER = 1;

    /** Ll. */
    static final int LOWER = 1 << 1;

    /** Lm and Lo: letters that the pattern takes for upper and for lower case. */
    static final int CASELESS = 1 << 2;

    /** M. */
    static final int MARK = 1 << 3;

    /** N. */
    static final int NUMBER = 1 << 4;

    /** White_Space but for line ends. */
    static final int SPACE = 1 << 5;

    /** Carriage return and line feed. */
    static final int NEWLINE = 1 << 6;

    /** All else: punctuation, symbols, control characters, unassigned code points. */
    static final int OTHER = 1 << 7;

    /** No class: the end of the text. */
    static final int END = 0;

    /** The bits of {@link #at} above the class: the length of the code point's UTF-8 in bytes, 0 at the end. */
    static final int LENGTH_SHIFT = 8;

    private static final int BLOCK_SHIFT = 8;
    private static final int BLOCK_MASK = (1 << BLOCK_SHIFT) - 1;
    private static final int BLOCKS = (Character.MAX_CODE_POINT + 1) >> BLOCK_SHIFT;

    /** For each block of 256 code points the number of its content, then the contents: one byte for each code point. */
    private static final byte[] TABLE = Resource.read("unicode16.classes");

    /** What {@link #at} returns for ASCII. */
    private static final short[] ASCII = ascii();

    /** What {@link #at} returns for code points of two bytes in UTF-8, that is, below U+0800. */
    private static final short[] TWO_BYTES = twoBytes();

    /**
     * [code point / 64], what {@link #at} returns for 64 code points of three bytes in UTF-8, which have the first two
     * in common, or 0 if they are not all of one class. Nearly all of Chinese and Korean is decided here.
     */
    private static final short[] THREE_BYTES = threeBytes();

    private CharacterClasses() {}

    /**
     * Returns the class of the code point that begins at a byte of well-formed UTF-8, and its length: see LENGTH_SHIFT.
     */
    static int at(byte[] utf8, int at, int limit) {
        if (at >= limit) {
            return END;
        }
        byte lead = utf8[at];
        if (lead >= 0) {
            return ASCII[lead];
        }
        int second = utf8[at + 1] & 0x3F;
        if (lead < (byte) 0xE0) {
            return TWO_BYTES[(lead & 0x1F) << 6 | second];
        }
        if (lead < (byte) 0xF0) {
            int block = (lead & 0xF) << 6 | second;
            int common = THREE_BYTES[block];
            return common != 0 ? common : of(block << 6 | (utf8[at + 2] & 0x3F)) | 3 << LENGTH_SHIFT;
        }
        return of(Utf8.codePoint(utf8, at)) | 4 << LENGTH_SHIFT;
    }

    /** Returns the class of a code point. */
    static int of(int codePoint) {
        int content = TABLE[codePoint >> BLOCK_SHIFT] & 0xFF;
        return TABLE[BLOCKS + (content << BLOCK_SHIFT) + (codePoint & BLOCK_MASK)] & 0xFF;
    }

    private static short[] ascii() {
        short[] ascii = new short[0x80];
        for (int c = 0; c < ascii.length; c++) {
            ascii[c] = (short) (of(c) | 1 << LENGTH_SHIFT);
        }
        return ascii;
    }

    private static short[] twoBytes() {
        short[] twoBytes = new short[0x800];
        for (int c = 0x80; c < twoBytes.length; c++) {
            twoBytes[c] = (short) (of(c) | 2 << LENGTH_SHIFT);
        }
        return twoBytes;
    }

    private static short[] threeBytes() {
        short[] threeBytes = new short[0x10000 / 64];
        for (int block = 0x800 / 64; block < threeBytes.length; block++) {
            int all = 0;
            for (int c = 64 * block; c < 64 * (block + 1); c++) {
                all |= of(c);
            }
            threeBytes[block] = (short) (Integer.bitCount(all) == 1 ? all | 3 << LENGTH_SHIFT : 0);
        }
        return threeBytes;
    }
}
