package io.harmony4j.tokenizer;

/**
 * The characters of 64 bytes of UTF-8 by their class: in each mask, bit {@code k} is set if byte {@code k} belongs to a
 * character of the class. All bytes are decided at once, with the rules of the classes as operations on {@link
 * BitPlanes}; only characters of scripts that have no such rule here are looked up one by one. Not thread-safe. See
 * docs/algorithms/pretokenizer.md.
 */
final class CharacterBlock {
    /** The number of bytes. */
    static final int SIZE = Long.SIZE;

    /** Where three bytes of a character fit in, and where two do. */
    private static final long ROOM_FOR_THREE = -1L >>> 2;

    private static final long ROOM_FOR_TWO = -1L >>> 1;

    /** How many of the bytes have been decided: those before the limit and the first character that is not handled. */
    int decided;

    long lower;
    long upper;

    /** Letters without case, and marks that are part of a word. */
    long caseless;

    /** ASCII digits: another number is not handled. */
    long digits;

    /** U+0020. */
    long spaces;

    /** Line ends. */
    long newlines;

    /** ASCII white space, line ends included: other white space is not handled. */
    long white;

    /** Punctuation, symbols and the like, and marks after them. */
    long other;

    /** {@code '} and {@code /}, which are {@link #other} too. */
    long quotesAndSlashes;

    /** The bytes of characters but for their first ones. */
    long continuation;

    private final long[] planes = new long[Byte.SIZE];

    /** [number of a class's bit in CharacterClasses] */
    private final long[] lookedUp = new long[Byte.SIZE];

    /**
     * Decides the bytes from {@code at} on, where a character begins. {@link Utf8Text#PADDING} bytes must follow the
     * limit.
     */
    void read(byte[] text, int at, int limit) {
        BitPlanes.read(text, at, planes);
        decided = Math.min(SIZE, limit - at);
        continuation = 0;
        caseless = 0;
        readAscii();
        if (planes[7] != 0) {
            readOthers(text, at);
        }
        endAt(decided);
    }

    /** Takes back the decision of all bytes from {@code end} on. */
    void endAt(int end) {
        decided = end;
        long mask = end == 0 ? 0 : -1L >>> (SIZE - end);
        lower &= mask;
        upper &= mask;
        caseless &= mask;
        digits &= mask;
        spaces &= mask;
        newlines &= mask;
        white &= mask;
        other &= mask;
        quotesAndSlashes &= mask;
    }

    private void readAscii() {
        long b0 = planes[0];
        long b1 = planes[1];
        long b2 = planes[2];
        long b3 = planes[3];
        long b4 = planes[4];
        long b5 = planes[5];
        long b6 = planes[6];
        long ascii = ~planes[7];

        // 40-7F: the low five bits of letters are 1 to 26.
        long low = b0 | b1 | b2 | b3 | b4;
        long letters = ascii & b6 & low & ~(b4 & b3 & (b2 | (b1 & b0)));
        lower = letters & b5;
        upper = letters & ~b5;

        // 20-3F
        long signs = ascii & ~b6 & b5;
        digits = signs & b4 & ~(b3 & (b2 | b1));
        spaces = signs & ~low;
        quotesAndSlashes = signs & ~b4 & b2 & b1 & b0; // 27 and 2F

        // 08-0F, of which 09-0D are white space
        long controls = ascii & ~b6 & ~b5 & ~b4 & b3;
        newlines = controls & ((~b2 & b1 & ~b0) | (b2 & ~b1 & b0)); // 0A and 0D
        white = spaces | (controls & ((b2 ^ b1) | (~b2 & ~b1 & b0)));
        other = ascii & ~(letters | digits | white);
    }

    private void readOthers(byte[] text, int at) {
        long b4 = planes[4];
        long b5 = planes[5];
        long high = planes[7];
        continuation = high & ~planes[6];
        long leads = high & planes[6] & (-1L >>> (SIZE - decided));
        readLeadsOfTwo(leads & ~b5 & ROOM_FOR_TWO);
        readLeadsOfThree(leads & b5 & ~b4 & ROOM_FOR_THREE);
        long rest = leads & ~(lower | upper | caseless);
        // By length, for the processor to foresee the way that each takes.
        long marks = 0;
        if (rest != 0) {
            lookUp(text, at, rest & b5 & ~b4);
            lookUp(text, at, rest & ~b5);
            lookUp(text, at, rest & b5 & b4);
            marks = takeLookedUp();
        }
        if (marks != 0) {
            readMarks(marks);
        }
        long unknown = high & ~(lower | upper | caseless | other);
        // Whether upper case after caseless letters begins a word depends on what follows.
        long ambiguous = upper & ~continuation & (caseless << 1);
        decided = Math.min(decided, Long.numberOfTrailingZeros(unknown | ambiguous));
    }

    /** Decides basic Cyrillic, the letters of Latin-1, and most Arabic ones. */
    private void readLeadsOfTwo(long leads) {
        long b0 = planes[0];
        long b1 = planes[1];
        long b2 = planes[2];
        long b3 = planes[3];
        long b4 = planes[4];
        long s0 = planes[0] >>> 1; // of the second byte, at the place of the first
        long s1 = planes[1] >>> 1;
        long s2 = planes[2] >>> 1;
        long s3 = planes[3] >>> 1;
        long s4 = planes[4] >>> 1;
        long s5 = planes[5] >>> 1;

        // D0 80 to D0 AF are U+0400 to U+042F, upper case; D0 B0 to D1 9F are U+0430 to U+045F, lower case.
        long cyrillic = leads & b4 & ~b3 & ~b2 & ~b1;
        long cyrillicUpper = cyrillic & ~b0 & ~(s5 & s4);
        long cyrillicLower = cyrillic & ((~b0 & s5 & s4) | (b0 & ~s5));

        // C3 80 to C3 9E are upper case, C3 9F to C3 BF lower case; C3 97 and C3 B7 are signs.
        long latin = leads & ~b4 & ~b3 & ~b2 & b1 & b0 & ~(s4 & ~s3 & s2 & s1 & s0);
        long latinLower = latin & (s5 | (s4 & s3 & s2 & s1 & s0));

        // D8 A0 to D8 BF, D9 80 to D9 8A, DA 80 to DA BF
        long arabic = leads & b4 & b3 & ~b2;
        long upToA = ~(s5 | s4) & (~s3 | (~s2 & ~(s1 & s0)));
        long arabicLetters = arabic & ((~b1 & ~b0 & s5) | (~b1 & b0 & upToA) | (b1 & ~b0));

        lower |= both(cyrillicLower | latinLower);
        upper |= both(cyrillicUpper | (latin & ~latinLower));
        caseless |= both(arabicLetters);
    }

    /** Decides nearly all of Chinese, Japanese and Korean. */
    private void readLeadsOfThree(long leads) {
        long b0 = planes[0];
        long b1 = planes[1];
        long b2 = planes[2];
        long b3 = planes[3];
        long s0 = planes[0] >>> 1; // of the second byte, at the place of the first
        long s1 = planes[1] >>> 1;
        long s2 = planes[2] >>> 1;
        long s3 = planes[3] >>> 1;
        long s4 = planes[4] >>> 1;
        long s5 = planes[5] >>> 1;
        long t3 = planes[3] >>> 2; // of the third
        long t4 = planes[4] >>> 2;
        long t5 = planes[5] >>> 2;
        long thirdIs80 = ~(t5 | t4 | t3 | planes[2] >>> 2 | planes[1] >>> 2 | planes[0] >>> 2);

        // E4 to E9 are ideographs, but for E4 B7, the hexagrams.
        long ideographs = (leads & ~b3 & b2 & ~(~b1 & ~b0 & s5 & s4 & ~s3 & s2 & s1 & s0)) | (leads & b3 & ~b2 & ~b1);

        // EA B0 to ED 9D are Hangul syllables.
        long hangul = leads & b3 & ((~b2 & b1 & (b0 | (s5 & s4))) | (b2 & ~b1 & (~b0 | (~s5 & ~(s4 & s3 & s2 & s1)))));

        // E3 81 81 to E3 81 BF are Hiragana, E3 83 80 to E3 83 B7 Katakana.
        long kana =
                leads & ~b3 & ~b2 & b1 & b0 & ~(s5 | s4 | s3 | s2) & s0 & ((~s1 & ~thirdIs80) | (s1 & ~(t5 & t4 & t3)));

        long letters = ideographs | hangul | kana;
        caseless |= letters | (letters << 1) | (letters << 2);
    }

    /** Returns the leads and the bytes after them. */
    private static long both(long leads) {
        return leads | (leads << 1);
    }

    private void lookUp(byte[] text, int at, long leads) {
        for (long rest = leads; rest != 0; rest &= rest - 1) {
            int place = Long.numberOfTrailingZeros(rest);
            int found = CharacterClasses.of(Utf8.codePoint(text, at + place));
            lookedUp[Integer.numberOfTrailingZeros(found)] |= 1L << place;
        }
    }

    /** Takes over what has been looked up, and returns the marks. */
    private long takeLookedUp() {
        upper |= take(CharacterClasses.UPPER);
        lower |= take(CharacterClasses.LOWER);
        caseless |= take(CharacterClasses.CASELESS);
        other |= take(CharacterClasses.OTHER);
        take(CharacterClasses.NUMBER);
        take(CharacterClasses.SPACE);
        return take(CharacterClasses.MARK);
    }

    private long take(int characterClass) {
        int number = Integer.numberOfTrailingZeros(characterClass);
        long leads = lookedUp[number];
        lookedUp[number] = 0;
        return wholeCharacters(leads);
    }

    /** Returns the first bytes of characters and all others of these. */
    long wholeCharacters(long leads) {
        long two = leads | ((leads << 1) & continuation);
        long three = two | ((two << 1) & continuation);
        return three | ((three << 1) & continuation);
    }

    /**
     * Decides marks. They continue what they stand after, be it a word or punctuation; elsewhere they begin a word.
     * One character before a mark can be the one that a word may have before it; punctuation are two, or a space and
     * one.
     */
    private void readMarks(long marks) {
        long sequences = other | marks;
        long punctuation = other & ~continuation & ((other | spaces) << 1);
        // To the end of each sequence, as the carry of an addition runs.
        long inPunctuation = sequences & (~(sequences + punctuation) | punctuation);
        other |= marks & inPunctuation;
        caseless |= marks & ~inPunctuation;
    }
}
