package io.harmony4j.tokenizer;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The half of a {@link Tokenizer} that goes from token ids to what they stand for: bytes, text, names. Immutable and
 * thread-safe.
 */
abstract sealed class TokenDecoder permits Tokenizer {
    /** As many tokens as decoding without {@link TokenChars} takes the time for that it takes to make them. */
    private static final int WORTH_CHARS = 1 << 20;

    /** The most bytes of a text that is not ASCII: Java makes room for as many UTF-16 code units, and has none for more. */
    private static final int MAX_WIDE = (1 << 30) - 1;

    private final String name;
    private final SpecialTokenTable specials;
    private final TokenBytes bytes;

    /** Made when so many tokens have been decoded that it is worth it. */
    private volatile @Nullable TokenChars chars;

    private final AtomicBoolean isMade = new AtomicBoolean();

    private int decoded; // about how many, since threads may count at the same time

    TokenDecoder(String name, SpecialTokenTable specials, Vocabulary vocabulary) {
        this.name = name;
        this.specials = specials;
        this.bytes = new TokenBytes(vocabulary, specials);
    }

    /** Returns the encoding's name: {@code o200k_harmony} or {@code o200k_base}. */
    public String name() {
        return name;
    }

    /** Returns the number of tokens, special ones included: 201089. Ids go from 0 to one less. */
    public int vocabularySize() {
        return SpecialTokenTable.LAST + 1;
    }

    /**
     * Returns the bytes of the tokens. Special tokens are their names.
     *
     * @throws IllegalArgumentException if they are more than an array holds, 2 GB
     */
    public byte[] decodeBytes(int... tokens) {
        requireNonNull(tokens, "tokens");
        for (int i = 0; i < tokens.length; i++) {
            if (!isToken(tokens[i])) {
                throw new IllegalArgumentException(unknown(tokens[i]) + " at index " + i);
            }
        }
        return bytes.join(tokens);
    }

    /**
     * Returns the text of the tokens. What is not UTF-8 becomes U+FFFD, one for each maximal subpart of a character.
     *
     * @throws IllegalArgumentException if they have more bytes than a string holds: 2 GB of ASCII, or 1 GB of other text
     */
    public String decode(int... tokens) {
        requireNonNull(tokens, "tokens");
        TokenChars known = chars;
        if (known == null) {
            decoded += tokens.length;
            if (decoded < WORTH_CHARS || isMade.getAndSet(true)) { // a thread makes them; the others do not wait
                return text(decodeBytes(tokens));
            }
            known = new TokenChars(bytes);
            chars = known;
        }
        String text = known.decode(tokens);
        return text != null ? text : text(decodeBytes(tokens)); // which says what is unknown
    }

    /**
     * Returns the text of the tokens.
     *
     * @throws IllegalArgumentException if their bytes are not UTF-8; the message has the byte offset; or if they are more than
     *     {@link #decode} returns
     */
    public String decodeStrict(int... tokens) {
        byte[] utf8 = decodeBytes(tokens);
        int illFormed = Utf8.firstIllFormed(utf8);
        if (illFormed >= 0) {
            throw new IllegalArgumentException(String.format(
                    "expected UTF-8 but found byte %02X at byte offset %d of %d",
                    utf8[illFormed], illFormed, utf8.length));
        }
        return text(utf8);
    }

    private static String text(byte[] utf8) {
        requireRoom(utf8.length, utf8.length <= MAX_WIDE || Utf8.isAscii(utf8, 0, utf8.length));
        return Utf8.decode(utf8);
    }

    /**
     * Checks that a string has room for so many bytes.
     *
     * @throws IllegalArgumentException if it has not
     */
    static void requireRoom(int bytes, boolean isAscii) {
        if (bytes > MAX_WIDE && !isAscii) {
            throw new IllegalArgumentException("expected tokens of at most " + MAX_WIDE
                    + " bytes together, as their text is not ASCII, but found " + bytes
                    + "; decode them in parts, or one by one with StreamingDecoder");
        }
    }

    /**
     * Returns where each token starts in {@code decode(tokens)}, in UTF-16 code units. A token that begins within a
     * character starts where the character does.
     */
    public int[] offsets(int... tokens) {
        byte[] utf8 = decodeBytes(tokens);
        int[] offsets = new int[tokens.length];
        int token = 0;
        int tokenStart = 0; // in bytes
        int index = 0; // in UTF-16 code units
        for (int at = 0; at < utf8.length; ) {
            int sequence = Utf8.sequenceLength(utf8, at, utf8.length);
            at += Math.abs(sequence);
            for (; tokenStart < at; tokenStart += byteLength(tokens[token++])) {
                offsets[token] = index;
            }
            index += Utf8.utf16Length(sequence);
        }
        return offsets;
    }

    /** Returns whether an id is one of a token, ordinary or special. */
    public boolean isToken(int token) {
        return token >= 0 && token < vocabularySize();
    }

    /** Returns whether an id is one of a special token. */
    public boolean isSpecial(int token) {
        return SpecialTokenTable.contains(token);
    }

    /** Returns the length of a token in bytes. */
    public int byteLength(int token) {
        return bytes.length(known(token));
    }

    /**
     * Copies a token's bytes into an array from {@code at} on; returns how many.
     *
     * @throws IndexOutOfBoundsException if they do not fit
     */
    public int copyBytes(int token, byte[] into, int at) {
        int length = byteLength(token);
        Objects.checkFromIndexSize(at, length, requireNonNull(into, "into").length);
        bytes.copy(token, into, at);
        return length;
    }

    /** Returns the id of the special token with a name, {@code <|start|>} for instance. */
    public OptionalInt specialToken(String tokenName) {
        int id = specials.id(requireNonNull(tokenName, "tokenName"));
        return id == Vocabulary.NONE ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** Returns the names of all special tokens by id, unmodifiable. */
    public SortedMap<Integer, String> specialTokens() {
        return specials.names();
    }

    @Override
    public String toString() {
        return name;
    }

    SpecialTokenTable specials() {
        return specials;
    }

    private int known(int token) {
        if (!isToken(token)) {
            throw new IllegalArgumentException(unknown(token));
        }
        return token;
    }

    private String unknown(int token) {
        return "expected a token id from 0 to " + (vocabularySize() - 1) + " but found " + token;
    }
}
