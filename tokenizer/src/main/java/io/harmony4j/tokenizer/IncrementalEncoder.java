package io.harmony4j.tokenizer;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Objects;

/**
 * Encodes a text that grows at its end. At each moment the tokens are those of {@link Tokenizer#encode(CharSequence)} for
 * the whole text so far, in which no special token is recognised.
 *
 * <pre>{@code
 * IncrementalEncoder encoder = new IncrementalEncoder(tokenizer);
 * encoder.append("it'");
 * encoder.tokens();                    // [278, 6]: it '
 * encoder.append("s late");
 * encoder.tokens();                    // [64190, 7844]: it's late
 * encoder.settledCount();              // 0: two words might still change, as "late" would with an "r"
 * }</pre>
 *
 * <p>Chunks may be cut anywhere, also within a surrogate pair. Of the text it keeps only the end whose tokens may still
 * change: the last two pieces that o200k's pattern cuts, usually words (docs/algorithms/pretokenizer.md). Appending takes
 * time in proportion to what is appended, whatever the chunks; asking takes, after an append, time in proportion to that
 * end. So only callers who append text without a break, say a million times the same letter, and ask after each chunk,
 * pay for all of it each time. Belongs to one text and one thread at a time.
 */
public final class IncrementalEncoder {
    /** The least number of UTF-16 code units that are read without being asked for. */
    private static final int MIN_READ = 1024;

    private static final int LARGE = 1 << 16;

    private final Tokenizer tokenizer;

    /** The tokens that are settled, then those of the text after them when it was encoded last. */
    private final TokenBuffer tokens = new TokenBuffer();

    private int settled;

    /** The text after the settled tokens. */
    private final StringBuilder tail = new StringBuilder();

    /** How long it was, in UTF-16 code units, when the settled part was last searched for. */
    private int searched;

    /** How long it was when it was encoded last. */
    private int encoded;

    /** Makes an encoder for one text, which is empty so far. */
    public IncrementalEncoder(Tokenizer tokenizer) {
        this.tokenizer = requireNonNull(tokenizer, "tokenizer");
    }

    /** Appends to the text. */
    public void append(CharSequence chunk) {
        tail.append(requireNonNull(chunk, "chunk"));
        // Whenever the tail has doubled: so each character is read a constant number of times on average.
        if (tail.length() - searched >= Math.max(MIN_READ, searched)) {
            read(false);
        }
    }

    /** Returns the number of tokens of the text so far. */
    public int count() {
        readAll();
        return tokens.size();
    }

    /** Returns the tokens of the text so far. */
    public int[] tokens() {
        readAll();
        return tokens.toArray();
    }

    /**
     * Returns the tokens of the text so far from one token index to another, exclusive.
     *
     * @throws IndexOutOfBoundsException if there are not so many
     */
    public int[] tokens(int from, int to) {
        if (to > settled) {
            readAll();
        }
        Objects.checkFromToIndex(from, to, tokens.size());
        return Arrays.copyOfRange(tokens.reserve(0), from, to);
    }

    /** Returns how many of the first tokens are settled: they stay, whatever is appended. */
    public int settledCount() {
        readAll();
        return settled;
    }

    /** Returns how many of the first tokens are known to be settled, without reading on. */
    int knownSettledCount() {
        return settled;
    }

    /** Begins a new, empty text. */
    public void clear() {
        tokens.clear();
        settled = 0;
        tail.setLength(0);
        searched = 0;
        encoded = 0;
    }

    private void readAll() {
        if (encoded < tail.length()) {
            read(true);
        }
    }

    /** Removes what is settled from the tail, and encodes all of it, unless nothing is settled and nobody asks. */
    private void read(boolean isAsked) {
        EncoderPool encoders = tokenizer.encoders();
        PieceEncoder encoder = encoders.take();
        Utf8Text utf8 = encoder.text().set(tail);
        int end = Pretokenizer.settledEnd(utf8.bytes(), 0, utf8.length() - halfLength());
        if (isAsked || end > 0) {
            tokens.resize(settled);
            encoder.encode(utf8.bytes(), 0, utf8.length(), Integer.MAX_VALUE, tokens);
            for (int at = 0; at < end; settled++) {
                at += tokenizer.byteLength(tokens.get(settled));
            }
            tail.delete(0, utf8.utf16Index(end));
            encoded = tail.length();
        }
        encoders.giveBack(encoder);
        if (tail.capacity() > LARGE && tail.length() < tail.capacity() / 4) {
            tail.trimToSize();
        }
        searched = tail.length();
    }

    /**
     * Returns the length in bytes of the surrogate at the end that has no other half yet, or 0. It is encoded as U+FFFD,
     * but its other half would change it, so nothing may be settled because of it.
     */
    private int halfLength() {
        boolean isHalf = tail.length() > 0 && Character.isHighSurrogate(tail.charAt(tail.length() - 1));
        return isHalf ? Utf8.REPLACEMENT_LENGTH : 0;
    }
}
