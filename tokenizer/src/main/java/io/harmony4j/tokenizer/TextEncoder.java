package io.harmony4j.tokenizer;

import org.jspecify.annotations.Nullable;

/** Encodes one text: splits off special tokens, the rest into pieces, and these into tokens. Not thread-safe. */
final class TextEncoder {
    private final Utf8Text text;
    private final PieceEncoder encoder;
    private final @Nullable TokenBuffer into;

    /** The number of tokens to stop at. */
    private final int limit;

    private int count;

    private TextEncoder(Tables tables, Utf8Text text, @Nullable TokenBuffer into, int limit) {
        this.text = text;
        this.encoder = new PieceEncoder(tables);
        this.into = into;
        this.limit = limit;
    }

    /** Appends the tokens of a text. */
    static void encode(Tables tables, Utf8Text text, SpecialTokenScanner specials, TokenBuffer into) {
        new TextEncoder(tables, text, into, Integer.MAX_VALUE).run(specials);
    }

    /**
     * Appends the tokens of a text without special ones, the pieces up to the {@code limit}th token if there are more.
     */
    static void encodeStart(Tables tables, Utf8Text text, TokenBuffer into, int limit) {
        new TextEncoder(tables, text, into, limit).stretch(0, text.length());
    }

    /** Returns the number of tokens of a text. */
    static int count(Tables tables, Utf8Text text, SpecialTokenScanner specials) {
        return new TextEncoder(tables, text, null, Integer.MAX_VALUE).run(specials);
    }

    private int run(SpecialTokenScanner specials) {
        int at = 0;
        while (specials.next()) {
            stretch(at, specials.start());
            emit(specials.token());
            at = specials.end();
        }
        stretch(at, text.length());
        return count;
    }

    /** Encodes ordinary text between special tokens: no piece, and no look ahead, reaches across them. */
    private void stretch(int from, int to) {
        byte[] bytes = text.bytes();
        int at = from;
        while (at < to && count < limit) {
            int end = Pretokenizer.pieceEnd(bytes, at, to);
            int token = encoder.token(bytes, at, end);
            if (token != Vocabulary.NONE) {
                emit(token);
            } else {
                emitAll(encoder.encode(bytes, at, end));
            }
            at = end;
        }
    }

    private void emit(int token) {
        count++;
        if (into != null) {
            into.add(token);
        }
    }

    private void emitAll(int tokens) {
        count += tokens;
        if (into != null) {
            into.addAll(encoder.tokens(), tokens);
        }
    }
}
