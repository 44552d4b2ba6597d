package io.harmony4j.tokenizer;

/**
 * The tokens of one piece: the piece itself if it is a token, or else its byte pair encoding. Holds working space: not
 * thread-safe, one for each call of the tokenizer.
 */
final class PieceEncoder {
    private final PieceTable pieces;
    private final ShortPieceMerge shortMerge;
    private final LongPieceMerge longMerge;
    private int[] tokens;

    PieceEncoder(Tables tables) {
        pieces = tables.pieces();
        shortMerge = new ShortPieceMerge(tables.vocabulary(), tables.merges());
        longMerge = new LongPieceMerge(tables.vocabulary(), tables.matches(), tables.merges());
        tokens = shortMerge.tokens();
    }

    /** Returns the token that the piece is, or {@link Vocabulary#NONE}. */
    int token(byte[] text, int start, int end) {
        return pieces.find(text, start, end);
    }

    /** Encodes a piece that is no token; returns the number of tokens. */
    int encode(byte[] text, int start, int end) {
        if (end - start <= ShortPieceMerge.MAX_LENGTH) {
            int count = shortMerge.encode(text, start, end);
            tokens = shortMerge.tokens();
            return count;
        }
        int count = longMerge.encode(text, start, end);
        tokens = longMerge.tokens();
        return count;
    }

    /** Returns the tokens of the piece encoded last, and rubbish behind them. */
    int[] tokens() {
        return tokens;
    }
}
