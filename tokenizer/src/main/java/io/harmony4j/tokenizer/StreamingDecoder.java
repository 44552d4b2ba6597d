package io.harmony4j.tokenizer;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Turns a stream of tokens into text, token by token. A character may be spread over several tokens; its bytes are held
 * back until it is whole, so at most three of them.
 *
 * <pre>{@code
 * StreamingDecoder decoder = new StreamingDecoder(tokenizer);
 * for (int token : tokens) {
 *     out.print(decoder.decode(token));
 * }
 * out.print(decoder.finish());
 * }</pre>
 *
 * <p>The texts, joined, are those of {@link Tokenizer#decode} for all tokens at once: special tokens are their names, and
 * what is not UTF-8 becomes U+FFFD, one for each maximal subpart of a character. Each token takes time in proportion to
 * its own bytes. Belongs to one stream and one thread at a time.
 */
public final class StreamingDecoder {
    private static final int INITIAL_CAPACITY = 256;

    private final Tokenizer tokenizer;
    private final TokenTexts texts = TokenTexts.o200k();
    private final boolean oneReplacementAtATime;

    /** The bytes whose text is not out yet lie from {@link #start} to {@link #end}. */
    private byte[] buffer = new byte[INITIAL_CAPACITY];

    private int start;
    private int end;
    private boolean hasReplaced;

    private StreamingDecoder(Tokenizer tokenizer, boolean oneReplacementAtATime) {
        this.tokenizer = requireNonNull(tokenizer, "tokenizer");
        this.oneReplacementAtATime = oneReplacementAtATime;
    }

    /** Makes a decoder for one stream. */
    public StreamingDecoder(Tokenizer tokenizer) {
        this(tokenizer, false);
    }

    /**
     * Returns a decoder that cuts its texts as openai/harmony does: each ends after the first U+FFFD that replaces
     * something, and what follows it waits for the next token. So more than three bytes may be held back; all joined, the
     * text is the same.
     */
    public static StreamingDecoder oneReplacementAtATime(Tokenizer tokenizer) {
        return new StreamingDecoder(tokenizer, true);
    }

    /**
     * Returns the text that the next token brings; it may be empty.
     *
     * @throws IllegalArgumentException if there is no such token; the decoder stays as it was
     */
    public String decode(int token) {
        String known = start == end ? texts.of(token) : "";
        if (!known.isEmpty()) {
            return known;
        }
        int length = tokenizer.byteLength(token);
        makeRoom(length);
        tokenizer.copyBytes(token, buffer, end);
        end += length;
        int whole = end - Utf8.incompleteLength(buffer, start, end);
        int illFormed = Utf8.firstIllFormed(buffer, start, whole);
        if (illFormed < 0) {
            String text = new String(buffer, start, whole - start, StandardCharsets.UTF_8);
            start = whole;
            return text;
        }
        return replaced(oneReplacementAtATime ? illFormed - Utf8.sequenceLength(buffer, illFormed, whole) : whole);
    }

    /** Returns the text of what has been held back, U+FFFD for what never became whole, and drops it. */
    public String finish() {
        return start == end ? "" : replaced(end);
    }

    /** Returns whether any text has had a U+FFFD in place of something else since this was asked last. */
    public boolean takeReplaced() {
        boolean replaced = hasReplaced;
        hasReplaced = false;
        return replaced;
    }

    /** Returns whether the beginning of a character is held back. */
    public boolean isHolding() {
        return start != end;
    }

    /** Returns the bytes that are held back. */
    public byte[] held() {
        return Arrays.copyOfRange(buffer, start, end);
    }

    /** Drops the stream so far, and continues where another decoder was when it {@link #held} these bytes back. */
    public void resume(byte[] held) {
        requireNonNull(held, "held");
        start = 0;
        end = 0;
        hasReplaced = false;
        makeRoom(held.length);
        System.arraycopy(held, 0, buffer, 0, held.length);
        end = held.length;
    }

    /** Drops the stream so far. */
    public void clear() {
        resume(new byte[0]);
    }

    /** Returns the text of the bytes up to an index, some of which may be ill-formed, and moves on to there. */
    private String replaced(int to) {
        hasReplaced |= Utf8.firstIllFormed(buffer, start, to) >= 0;
        String text = Utf8.decode(buffer, start, to);
        start = to;
        return text;
    }

    /** Makes room for more bytes after the end. */
    private void makeRoom(int length) {
        if (start == end) {
            start = 0;
            end = 0;
        } else if (end + length > buffer.length && start >= buffer.length / 2) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end + length > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, end + length));
        }
    }
}
