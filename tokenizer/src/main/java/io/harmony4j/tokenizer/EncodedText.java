package io.harmony4j.tokenizer;

/**
 * The tokens of a text, and where in the text each of them starts. Offsets are in UTF-16 code units, from 0. A token that
 * begins within a character starts where the character does, so several may start at the same place. Immutable and
 * thread-safe.
 */
public final class EncodedText {
    private final int[] tokens;
    private final int[] offsets; // [token index]

    private EncodedText(int[] tokens, int[] offsets) {
        this.tokens = tokens;
        this.offsets = offsets;
    }

    /** Returns the encoding of a text, with the offsets of the given tokens in it. */
    static EncodedText of(Utf8Text text, int[] tokens, TokenDecoder decoder) {
        int[] offsets = new int[tokens.length];
        byte[] utf8 = text.bytes();
        int index = 0; // in UTF-16 code units, of the end of the last character that has begun
        int character = 0; // the same of its start
        int at = 0;
        for (int i = 0; i < tokens.length; i++) {
            offsets[i] = Utf8.isContinuation(utf8[at]) ? character : index;
            for (int end = at + decoder.byteLength(tokens[i]); at < end; at++) {
                if (!Utf8.isContinuation(utf8[at])) {
                    character = index;
                    index += Utf8.utf16Length(Utf8.sequenceLength(utf8, at, text.length()));
                }
            }
        }
        return new EncodedText(tokens, offsets);
    }

    /** Returns the number of tokens. */
    public int size() {
        return tokens.length;
    }

    /**
     * Returns the token at a token index.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    public int token(int index) {
        return tokens[index];
    }

    /**
     * Returns where the token at a token index starts in the text.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    public int offset(int index) {
        return offsets[index];
    }

    /** Returns a copy of the tokens. */
    public int[] tokens() {
        return tokens.clone();
    }

    /** Returns a copy of the offsets, one for each token, in ascending order. */
    public int[] offsets() {
        return offsets.clone();
    }
}
