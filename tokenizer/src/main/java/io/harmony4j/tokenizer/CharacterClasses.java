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

    private static final int BLOCK_SHIFT = 7;
    private static final int BLOCK_MASK = (1 << BLOCK_SHIFT) - 1;
    private static final int BLOCKS = (Character.MAX_CODE_POINT + 1) >> BLOCK_SHIFT;

    /** For each block of 128 code points the number of its content, then the contents: one byte for each code point. */
    private static final byte[] TABLE = Resource.read("unicode16.classes");

    private CharacterClasses() {}

    /**
     * Returns the class of the code point that begins at a byte of well-formed UTF-8, and its length: see LENGTH_SHIFT.
     */
    static int at(byte[] utf8, int at, int limit) {
        return at < limit ? at(utf8, at) : END;
    }

    /** The same for a byte that is not at the end. */
    static int at(byte[] utf8, int at) {
        int codePoint = Utf8.codePoint(utf8, at);
        return of(codePoint) | Utf8.length(codePoint) << LENGTH_SHIFT;
    }

    /** Returns the class of a code point. */
    static int of(int codePoint) {
        int content = TABLE[codePoint >> BLOCK_SHIFT] & 0xFF;
        return TABLE[BLOCKS + (content << BLOCK_SHIFT) + (codePoint & BLOCK_MASK)] & 0xFF;
    }
}
