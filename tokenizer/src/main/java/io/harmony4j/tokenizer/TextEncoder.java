package io.harmony4j.tokenizer;

/** Encodes a text between its special tokens, and these: no piece, and no look ahead, reaches across them. */
final class TextEncoder {
    private TextEncoder() {}

    /** Appends the tokens of a text. */
    static void encode(PieceEncoder encoder, Utf8Text text, SpecialTokenScanner specials, TokenBuffer into) {
        int at = 0;
        while (specials.next()) {
            encoder.encode(text.bytes(), at, specials.start(), Integer.MAX_VALUE, into);
            into.add(specials.token());
            at = specials.end();
        }
        encoder.encode(text.bytes(), at, text.length(), Integer.MAX_VALUE, into);
    }

    /** Returns the number of tokens of a text. */
    static int count(PieceEncoder encoder, Utf8Text text, SpecialTokenScanner specials) {
        int count = 0;
        int at = 0;
        while (specials.next()) {
            count += 1 + encoder.count(text.bytes(), at, specials.start(), Integer.MAX_VALUE);
            at = specials.end();
        }
        return count + encoder.count(text.bytes(), at, text.length(), Integer.MAX_VALUE);
    }
}
