package io.harmony4j.json;

/** A place in a UTF-8 text, as line and column; both count from 1, columns in UTF-16 code units. It moves forward only. */
final class TextPosition {
    private final byte[] utf8;
    private int offset;
    private int line = 1;
    private int column = 1;

    TextPosition(byte[] utf8) {
        this.utf8 = utf8;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    /** Moves on to a byte, or to the end of the text if it is shorter; stays if it is beyond already. */
    void moveTo(long byteOffset) {
        long end = Math.min(byteOffset, utf8.length);
        for (; offset < end; offset++) {
            int b = utf8[offset];
            boolean endsLine = b == '\n' || (b == '\r' && (offset + 1 == utf8.length || utf8[offset + 1] != '\n'));
            if (endsLine) {
                line++;
                column = 1;
            } else {
                column += codeUnits(b);
            }
        }
    }

    /** Returns how many code units begin with a byte: none with the second byte of a character, two with the first of four. */
    private static int codeUnits(int b) {
        if (b >= 0) {
            return 1;
        }
        int unsigned = b & 0xFF;
        return unsigned >= 0xF0 ? 2 : unsigned >= 0xC0 ? 1 : 0;
    }

    @Override
    public String toString() {
        return "(line " + line + ", column " + column + ")";
    }
}
