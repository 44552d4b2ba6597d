package io.harmony4j.tokenizer;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * Text to token ids and back, as gpt-oss and the other o200k models do it. All comes with the classes: no file, no
 * network. Immutable and thread-safe.
 *
 * <pre>{@code
 * Tokenizer tokenizer = Tokenizer.o200kHarmony();
 * tokenizer.encode("Hello, world!");                          // [13225, 11, 2375, 0]
 * tokenizer.decode(13225, 11, 2375, 0);                       // "Hello, world!"
 * tokenizer.count("Hello, world!");                           // 4
 * tokenizer.encode("<|start|>user");                          // [27, 91, 5236, 91, 29, 1428]: text, whatever it says
 * tokenizer.encode("<|start|>user", SpecialTokens.ALL);       // [200006, 1428]
 * tokenizer.encode("<|start|>user", SpecialTokens.of("<|end|>"));   // as text again
 * }</pre>
 *
 * <p>Ids 0 to 199997 are ordinary tokens, pieces of UTF-8 that may begin or end within a character. Ids 199998 to
 * 201088 are special tokens, which have a name and are recognised in text only where the caller says so. A surrogate
 * without its other half, and bytes that are not UTF-8, count as U+FFFD. Methods that take token ids throw
 * {@link IllegalArgumentException} for an unknown one; {@link #isToken} tells before.
 */
public final class Tokenizer {
    private final String name;
    private final SpecialTokenTable specials;
    private final EncoderPool encoders;
    private final TokenBytes bytes;

    private Tokenizer(String name, SpecialTokenTable specials, EncoderPool encoders) {
        this.name = name;
        this.specials = specials;
        this.encoders = encoders;
        this.bytes = new TokenBytes(encoders.tables().vocabulary(), specials);
    }

    /**
     * Returns the tokenizer of gpt-oss: o200k with the special tokens of the Harmony format. The first call loads it.
     */
    public static Tokenizer o200kHarmony() {
        return Harmony.TOKENIZER;
    }

    /** Returns o200k with no special tokens but reserved ones. The first call loads it. */
    public static Tokenizer o200kBase() {
        return Base.TOKENIZER;
    }

    /**
     * Returns this tokenizer, but one that remembers no pieces of text. A tokenizer remembers the tokens of some tens of
     * thousand words that it has encoded, in up to five megabytes for each processor that encodes, to be quicker when
     * they come again; what it returns is the same either way.
     */
    public Tokenizer withoutPieceMemory() {
        return new Tokenizer(name, specials, EncoderPool.o200kWithoutMemory());
    }

    /** Returns the encoding's name: {@code o200k_harmony} or {@code o200k_base}. */
    public String name() {
        return name;
    }

    /** Returns the number of tokens, special ones included: 201089. Ids go from 0 to one less. */
    public int vocabularySize() {
        return SpecialTokenTable.LAST + 1;
    }

    /** Returns the tokens of a text, in which no special token is recognised. */
    public int[] encode(CharSequence text) {
        return encode(text, SpecialTokens.NONE);
    }

    /** Returns the tokens of a text, in which the given special tokens are recognised and all others are text. */
    public int[] encode(CharSequence text, SpecialTokens recognised) {
        PieceEncoder encoder = encoders.take();
        return encode(encoder, encoder.text().set(text), recognised);
    }

    /** Returns the tokens of a text in UTF-8, in which no special token is recognised. */
    public int[] encode(byte[] utf8) {
        return encode(utf8, SpecialTokens.NONE);
    }

    /**
     * Returns the tokens of a text in UTF-8, in which the given special tokens are recognised and all others are text.
     */
    public int[] encode(byte[] utf8, SpecialTokens recognised) {
        return encode(ByteBuffer.wrap(requireNonNull(utf8, "utf8")), recognised);
    }

    /** Returns the tokens of a text in UTF-8, in which no special token is recognised. The buffer stays as it is. */
    public int[] encode(ByteBuffer utf8) {
        return encode(utf8, SpecialTokens.NONE);
    }

    /**
     * Returns the tokens of a text in UTF-8, in which the given special tokens are recognised and all others are text.
     * The buffer stays as it is.
     */
    public int[] encode(ByteBuffer utf8, SpecialTokens recognised) {
        PieceEncoder encoder = encoders.take();
        return encode(encoder, encoder.text().set(requireNonNull(utf8, "utf8")), recognised);
    }

    /** Appends the tokens of a text, in which no special token is recognised. */
    public void encode(CharSequence text, TokenBuffer into) {
        requireNonNull(into, "into");
        PieceEncoder encoder = encoders.take();
        Utf8Text utf8 = encoder.text().set(text);
        TextEncoder.encode(encoder, utf8, scanner(utf8, SpecialTokens.NONE), into);
        encoders.giveBack(encoder);
    }

    private int[] encode(PieceEncoder encoder, Utf8Text text, SpecialTokens recognised) {
        TokenBuffer tokens = encoder.tokens();
        TextEncoder.encode(encoder, text, scanner(text, recognised), tokens);
        int[] result = tokens.toArray();
        encoders.giveBack(encoder);
        return result;
    }

    /** Returns the number of tokens of a text, in which no special token is recognised. */
    public int count(CharSequence text) {
        return count(text, SpecialTokens.NONE);
    }

    /**
     * Returns the number of tokens of a text, in which the given special tokens are recognised and all others are text.
     */
    public int count(CharSequence text, SpecialTokens recognised) {
        PieceEncoder encoder = encoders.take();
        return count(encoder, encoder.text().set(text), recognised);
    }

    /** Returns the number of tokens of a text in UTF-8, in which no special token is recognised. */
    public int count(byte[] utf8) {
        return count(ByteBuffer.wrap(requireNonNull(utf8, "utf8")));
    }

    /** Returns the number of tokens of a text in UTF-8, in which no special token is recognised. */
    public int count(ByteBuffer utf8) {
        PieceEncoder encoder = encoders.take();
        return count(encoder, encoder.text().set(requireNonNull(utf8, "utf8")), SpecialTokens.NONE);
    }

    private int count(PieceEncoder encoder, Utf8Text text, SpecialTokens recognised) {
        int count = TextEncoder.count(encoder, text, scanner(text, recognised));
        encoders.giveBack(encoder);
        return count;
    }

    /**
     * Returns the number of tokens of a text, in which no special token is recognised, or {@code limit + 1} if there
     * are more than {@code limit}. It reads little more of the text than it needs to say so.
     *
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    public int countUpTo(CharSequence text, int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("expected a limit of 0 or more tokens but found " + limit);
        }
        if (limit == Integer.MAX_VALUE) {
            return count(text);
        }
        if (requireNonNull(text, "text").length()
                > (long) limit * encoders.tables().vocabulary().longest()) {
            return limit + 1;
        }
        PieceEncoder encoder = encoders.take();
        Utf8Text utf8 = encoder.text().set(text);
        int count = encoder.count(utf8.bytes(), 0, utf8.length(), limit + 1);
        encoders.giveBack(encoder);
        return Math.min(count, limit + 1);
    }

    /**
     * Checks that a text has none of the given special tokens in it.
     *
     * @throws IllegalArgumentException if it has; the message names the leftmost one and its index in UTF-16 code units
     */
    public void requireNone(SpecialTokens disallowed, CharSequence text) {
        Utf8Text utf8 = Utf8Text.of(text);
        SpecialTokenScanner found = scanner(utf8, disallowed);
        if (found.next()) {
            throw new IllegalArgumentException("expected a text without special tokens but found "
                    + specials.names().get(found.token()) + " at index " + utf8.utf16Index(found.start()));
        }
    }

    /**
     * Returns the start of a text: as many of its first tokens as end between two characters and are at most
     * {@code maxTokens}, also when what is returned is encoded again.
     *
     * @throws IllegalArgumentException if {@code maxTokens} is negative
     */
    public String truncate(CharSequence text, int maxTokens) {
        if (maxTokens < 0) {
            throw new IllegalArgumentException("expected 0 or more tokens but found " + maxTokens);
        }
        String whole = requireNonNull(text, "text").toString();
        Utf8Text utf8 = Utf8Text.of(whole);
        TokenBuffer tokens = new TokenBuffer();
        PieceEncoder encoder = encoders.take();
        encoder.encode(utf8.bytes(), 0, utf8.length(), maxTokens, tokens);
        encoders.giveBack(encoder);
        int end = 0;
        for (int i = 0; i < tokens.size(); i++) {
            end += byteLength(tokens.get(i));
        }
        for (int kept = tokens.size(); ; end -= byteLength(tokens.get(--kept))) {
            if (kept <= maxTokens && !Utf8.isContinuation(utf8.bytes()[end])) {
                String start = whole.substring(0, utf8.utf16Index(end));
                if (count(start) <= maxTokens) { // at its new end, a text may fall into other pieces
                    return start;
                }
            }
        }
    }

    /** Returns the bytes of the tokens. Special tokens are their names. */
    public byte[] decodeBytes(int... tokens) {
        for (int i = 0; i < tokens.length; i++) {
            if (!isToken(tokens[i])) {
                throw new IllegalArgumentException(unknown(tokens[i]) + " at index " + i);
            }
        }
        return bytes.join(tokens);
    }

    /**
     * Returns the text of the tokens. What is not UTF-8 becomes U+FFFD, one for each maximal subpart of a character.
     */
    public String decode(int... tokens) {
        return Utf8.decode(decodeBytes(tokens));
    }

    /**
     * Returns the text of the tokens.
     *
     * @throws IllegalArgumentException if their bytes are not UTF-8; the message has the byte offset
     */
    public String decodeStrict(int... tokens) {
        byte[] utf8 = decodeBytes(tokens);
        int illFormed = Utf8.firstIllFormed(utf8);
        if (illFormed >= 0) {
            throw new IllegalArgumentException(String.format(
                    "expected UTF-8 but found byte %02X at byte offset %d of %d",
                    utf8[illFormed], illFormed, utf8.length));
        }
        return Utf8.decode(utf8);
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
        Objects.checkFromIndexSize(at, length, into.length);
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

    private SpecialTokenScanner scanner(Utf8Text text, SpecialTokens wanted) {
        return new SpecialTokenScanner(text, specials, requireNonNull(wanted, "special tokens"));
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

    private static final class Harmony {
        static final Tokenizer TOKENIZER =
                new Tokenizer("o200k_harmony", SpecialTokenTable.harmony(), EncoderPool.o200k());
    }

    private static final class Base {
        static final Tokenizer TOKENIZER = new Tokenizer("o200k_base", SpecialTokenTable.base(), EncoderPool.o200k());
    }
}
