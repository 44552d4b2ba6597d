package io.harmony4j.tokenizer;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How much of a text fits into a number of tokens. It reads the text from its start, in small parts, only until the first
 * tokens that matter are settled (see {@link IncrementalEncoder}): time goes with the budget, not with the text, but for a
 * text without a break, which cannot be divided without having been read.
 */
final class Budget {
    /** How many UTF-16 code units or bytes are read at a time. */
    private static final int PART = 4096;

    /** A text of not more UTF-16 code units for each token of the budget may well fit, so it is read at once. */
    private static final int LIKELY_LENGTH = 8;

    /** The most bytes that a UTF-16 code unit becomes, and so the most tokens. */
    private static final int MAX_BYTES = 3;

    private final Tokenizer tokenizer;
    private final int tokens;

    /**
     * @throws IllegalArgumentException if the number of tokens is negative
     */
    Budget(Tokenizer tokenizer, int tokens) {
        if (tokens < 0) {
            throw new IllegalArgumentException("expected 0 or more tokens but found " + tokens);
        }
        this.tokenizer = tokenizer;
        this.tokens = tokens;
    }

    /** Returns the number of tokens of a text, or one more than the budget if there are still more. */
    int count(CharSequence text) {
        int length = requireNonNull(text, "text").length();
        if (length > longestText()) {
            return tokens + 1;
        }
        if (length <= PART + (long) LIKELY_LENGTH * tokens) {
            PieceEncoder encoder = tokenizer.encoders().take();
            return count(encoder, encoder.text().set(text));
        }
        IncrementalEncoder start = start(new Characters(text));
        return start.knownSettledCount() > tokens ? tokens + 1 : atMostOneMore(start.count());
    }

    /** Returns the number of tokens of a text in UTF-8, or one more than the budget if there are still more. */
    int count(ByteBuffer utf8) {
        if (requireNonNull(utf8, "utf8").remaining() > longestText()) {
            return tokens + 1;
        }
        PieceEncoder encoder = tokenizer.encoders().take();
        return count(encoder, encoder.text().set(utf8));
    }

    /** Returns the most bytes that the budget may hold. */
    private long longestText() {
        return (long) tokens * tokenizer.encoders().tables().vocabulary().longest();
    }

    private int count(PieceEncoder encoder, Utf8Text text) {
        int limit = tokens == Integer.MAX_VALUE ? tokens : tokens + 1;
        int count = encoder.count(text.bytes(), 0, text.length(), limit);
        tokenizer.encoders().giveBack(encoder);
        return atMostOneMore(count);
    }

    private int atMostOneMore(int count) {
        return count <= tokens ? count : tokens + 1;
    }

    /** Returns the start of a text that fits: see {@link Tokenizer#truncate(CharSequence, int)}. */
    String truncate(CharSequence text) {
        requireNonNull(text, "text");
        return text.subSequence(0, end(new Characters(text))).toString();
    }

    /** Returns the start of a text in UTF-8 that fits, as a part of the buffer. */
    ByteBuffer truncate(ByteBuffer utf8) {
        requireNonNull(utf8, "utf8");
        return utf8.slice(utf8.position(), end(new Bytes(utf8)));
    }

    /** Returns how much of a text fits, in its own units. */
    private int end(Text text) {
        if ((long) MAX_BYTES * text.length() <= tokens) {
            return text.length();
        }
        IncrementalEncoder start = start(text);
        if (start.knownSettledCount() <= tokens && start.count() <= tokens) {
            return text.length();
        }
        int[] first = start.tokens(0, tokens);
        byte[] utf8 = tokenizer.decodeBytes(first);
        Utf8Text wholeCharacters =
                Utf8Text.of(Arrays.copyOf(utf8, utf8.length - Utf8.incompleteLength(utf8, 0, utf8.length)));
        int kept = tokens;
        int end = utf8.length;
        while (Utf8.incompleteLength(utf8, 0, end) > 0 || !fits(wholeCharacters, end)) {
            end -= tokenizer.byteLength(first[--kept]);
        }
        return text.index(end);
    }

    /** Returns whether the start of a text fits: at its new end, a text may fall into other pieces. */
    private boolean fits(Utf8Text text, int end) {
        PieceEncoder encoder = tokenizer.encoders().take();
        int count = encoder.count(text.bytes(), 0, end, Integer.MAX_VALUE);
        tokenizer.encoders().giveBack(encoder);
        return count <= tokens;
    }

    /** Reads a text until it has more settled tokens than the budget, or to its end. */
    private IncrementalEncoder start(Text text) {
        IncrementalEncoder start = new IncrementalEncoder(tokenizer);
        for (int at = 0; at < text.length() && start.knownSettledCount() <= tokens; ) {
            at = text.read(at, start);
        }
        return start;
    }

    /** A text that is read from its start, part by part. */
    private interface Text {
        /** Returns the length in units of its own. */
        int length();

        /** Reads the part that begins at an index; returns where it ends. */
        int read(int from, IncrementalEncoder into);

        /** Returns the index where so many bytes of the text in well-formed UTF-8 end. */
        int index(int utf8Length);
    }

    /** A text in UTF-16. */
    private record Characters(CharSequence text) implements Text {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public int read(int from, IncrementalEncoder into) {
            int to = Math.min(from + PART, text.length());
            into.append(text.subSequence(from, to));
            return to;
        }

        @Override
        public int index(int utf8Length) {
            int at = 0;
            for (int length = 0; length < utf8Length; ) {
                int character = Character.codePointAt(text, at);
                length += Utf8.length(character);
                at += Character.charCount(character);
            }
            return at;
        }
    }

    /** A text in UTF-8, perhaps ill-formed; indexes count from the buffer's position. */
    private record Bytes(ByteBuffer utf8) implements Text {
        @Override
        public int length() {
            return utf8.remaining();
        }

        @Override
        public int read(int from, IncrementalEncoder into) {
            int to = Math.min(from + PART, length());
            byte[] part = part(from, to);
            int whole = to == length() ? part.length : part.length - Utf8.incompleteLength(part, 0, part.length);
            into.append(Utf8.decode(part, 0, whole));
            return from + whole;
        }

        @Override
        public int index(int utf8Length) {
            byte[] start = part(0, (int) Math.min((long) utf8Length + Utf8.REPLACEMENT_LENGTH, length()));
            int at = 0;
            for (int length = 0; length < utf8Length; ) {
                int sequence = Utf8.sequenceLength(start, at, start.length);
                length += sequence > 0 ? sequence : Utf8.REPLACEMENT_LENGTH;
                at += Math.abs(sequence);
            }
            return at;
        }

        private byte[] part(int from, int to) {
            byte[] part = new byte[to - from];
            utf8.get(utf8.position() + from, part);
            return part;
        }
    }
}
