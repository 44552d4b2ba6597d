package io.harmony4j.tokenizer;

import static java.util.Objects.requireNonNull;

import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;

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
 * tokenizer.encode("<|start|>user", AllowedSpecial.ALL);       // [200006, 1428]
 * tokenizer.encode("<|start|>user", AllowedSpecial.of("<|end|>"));   // as text again
 * }</pre>
 *
 * <p>Ids 0 to 199997 are ordinary tokens, pieces of UTF-8 that may begin or end within a character. Ids 199998 to
 * 201088 are special tokens, which have a name and are recognised in text only where the caller says so. A surrogate
 * without its other half, and bytes that are not UTF-8, count as U+FFFD. Methods that take token ids throw
 * {@link IllegalArgumentException} for an unknown one; {@link #isToken} tells before.
 *
 * <p>A tokenizer is serialized as its name, so a task for another machine may have one in it: there it becomes the tokenizer of that
 * name, which is loaded once.
 */
public final class Tokenizer extends TokenDecoder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient EncoderPool encoders;

    private Tokenizer(String name, SpecialTokenTable specials, EncoderPool encoders) {
        super(name, specials, encoders.tables().vocabulary());
        this.encoders = encoders;
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
     * Returns this tokenizer without its cache of pieces. A tokenizer keeps the tokens of some hundred thousand words that it
     * has encoded, in up to 42 megabytes for all threads and two more for each processor that encodes, and is faster when
     * they come again. The cache is small at first, and grows with the number of different words.
     * What it returns is the same with and without the cache.
     */
    public Tokenizer withoutPieceCache() {
        return new Tokenizer(name(), specials(), EncoderPool.o200kWithoutCache());
    }

    /**
     * Returns this tokenizer with a cache of pieces of its own, empty at first, which it shares with nobody: how fast it encodes says
     * nothing about texts that others have encoded.
     */
    public Tokenizer withOwnPieceCache() {
        return new Tokenizer(name(), specials(), new EncoderPool(encoders.tables(), true));
    }

    /** Returns the tokens of a text, in which no special token is recognised. */
    public int[] encode(CharSequence text) {
        return encode(text, AllowedSpecial.NONE);
    }

    /** Returns the tokens of a text, in which the given special tokens are recognised and all others are text. */
    public int[] encode(CharSequence text, AllowedSpecial recognised) {
        requireNonNull(recognised, "recognised");
        PieceEncoder encoder = encoders.take();
        return encode(encoder, encoder.text().set(text), recognised);
    }

    /** Returns the tokens of a text in UTF-8, in which no special token is recognised. */
    public int[] encode(byte[] utf8) {
        return encode(utf8, AllowedSpecial.NONE);
    }

    /**
     * Returns the tokens of a text in UTF-8, in which the given special tokens are recognised and all others are text.
     */
    public int[] encode(byte[] utf8, AllowedSpecial recognised) {
        return encode(ByteBuffer.wrap(requireNonNull(utf8, "utf8")), recognised);
    }

    /** Returns the tokens of a text in UTF-8, in which no special token is recognised. The buffer stays as it is. */
    public int[] encode(ByteBuffer utf8) {
        return encode(utf8, AllowedSpecial.NONE);
    }

    /**
     * Returns the tokens of a text in UTF-8, in which the given special tokens are recognised and all others are text.
     * The buffer stays as it is.
     */
    public int[] encode(ByteBuffer utf8, AllowedSpecial recognised) {
        requireNonNull(recognised, "recognised");
        PieceEncoder encoder = encoders.take();
        return encode(encoder, encoder.text().set(requireNonNull(utf8, "utf8")), recognised);
    }

    /** Appends the tokens of a text, in which no special token is recognised. */
    public void encode(CharSequence text, TokenBuffer into) {
        encode(text, AllowedSpecial.NONE, into);
    }

    /** Appends the tokens of a text, in which the given special tokens are recognised and all others are text. */
    public void encode(CharSequence text, AllowedSpecial recognised, TokenBuffer into) {
        requireNonNull(recognised, "recognised");
        requireNonNull(into, "into");
        PieceEncoder encoder = encoders.take();
        encode(encoder, encoder.text().set(text), recognised, into);
    }

    /**
     * Appends the tokens of a text in UTF-8, in which the given special tokens are recognised and all others are text.
     */
    public void encode(byte[] utf8, AllowedSpecial recognised, TokenBuffer into) {
        encode(ByteBuffer.wrap(requireNonNull(utf8, "utf8")), recognised, into);
    }

    /**
     * Appends the tokens of a text in UTF-8, in which the given special tokens are recognised and all others are text.
     */
    public void encode(ByteBuffer utf8, AllowedSpecial recognised, TokenBuffer into) {
        requireNonNull(recognised, "recognised");
        requireNonNull(into, "into");
        PieceEncoder encoder = encoders.take();
        encode(encoder, encoder.text().set(requireNonNull(utf8, "utf8")), recognised, into);
    }

    private int[] encode(PieceEncoder encoder, Utf8Text text, AllowedSpecial recognised) {
        TokenBuffer tokens = encoder.tokens();
        TextEncoder.encode(encoder, text, scanner(text, recognised), tokens);
        int[] result = tokens.toArray();
        encoders.giveBack(encoder);
        return result;
    }

    private void encode(PieceEncoder encoder, Utf8Text text, AllowedSpecial recognised, TokenBuffer into) {
        TextEncoder.encode(encoder, text, scanner(text, recognised), into);
        encoders.giveBack(encoder);
    }

    /** Returns the tokens of a text, in which no special token is recognised, and where in it each of them starts. */
    public EncodedText encodeWithOffsets(CharSequence text) {
        return encodeWithOffsets(text, AllowedSpecial.NONE);
    }

    /**
     * Returns the tokens of a text, in which the given special tokens are recognised and all others are text, and where
     * in it each of them starts.
     */
    public EncodedText encodeWithOffsets(CharSequence text, AllowedSpecial recognised) {
        requireNonNull(recognised, "recognised");
        PieceEncoder encoder = encoders.take();
        Utf8Text utf8 = encoder.text().set(text);
        TokenBuffer tokens = encoder.tokens();
        TextEncoder.encode(encoder, utf8, scanner(utf8, recognised), tokens);
        EncodedText encoded = EncodedText.of(utf8, tokens.toArray(), this);
        encoders.giveBack(encoder);
        return encoded;
    }

    /**
     * Returns the tokens of each of several texts, in which no special token is recognised: see
     * {@link #encodeAll(List, AllowedSpecial, int)}.
     */
    public List<int[]> encodeAll(List<? extends CharSequence> texts, int parallelism) {
        return encodeAll(texts, AllowedSpecial.NONE, parallelism);
    }

    /**
     * Returns the tokens of each of several texts, in which the given special tokens are recognised and all others are
     * text. What is wrong with a text is thrown as by {@link #encode}.
     *
     * @param parallelism how many threads share the work: the calling one, which does it alone if this is 1, and others
     *     that are started for it and have ended when this returns
     * @throws IllegalArgumentException if {@code parallelism} is less than 1
     * @throws CancellationException if the thread is interrupted before the last text is begun; it stays interrupted
     */
    public List<int[]> encodeAll(List<? extends CharSequence> texts, AllowedSpecial recognised, int parallelism) {
        CharSequence[] each = requireNonNull(texts, "texts").toArray(new CharSequence[0]);
        requireNonNull(recognised, "recognised");
        int[][] results = new int[each.length][];
        Batch.run(each.length, parallelism, i -> results[i] = encode(each[i], recognised));
        return Collections.unmodifiableList(Arrays.asList(results));
    }

    /** Returns the number of tokens of a text, in which no special token is recognised. */
    public int count(CharSequence text) {
        return count(text, AllowedSpecial.NONE);
    }

    /**
     * Returns the number of tokens of a text, in which the given special tokens are recognised and all others are text.
     */
    public int count(CharSequence text, AllowedSpecial recognised) {
        requireNonNull(recognised, "recognised");
        PieceEncoder encoder = encoders.take();
        return count(encoder, encoder.text().set(text), recognised);
    }

    /** Returns the number of tokens of a text in UTF-8, in which no special token is recognised. */
    public int count(byte[] utf8) {
        return count(ByteBuffer.wrap(requireNonNull(utf8, "utf8")));
    }

    /** Returns the number of tokens of a text in UTF-8, in which no special token is recognised. */
    public int count(ByteBuffer utf8) {
        return count(utf8, AllowedSpecial.NONE);
    }

    /**
     * Returns the number of tokens of a text in UTF-8, in which the given special tokens are recognised and all others
     * are text.
     */
    public int count(ByteBuffer utf8, AllowedSpecial recognised) {
        requireNonNull(recognised, "recognised");
        PieceEncoder encoder = encoders.take();
        return count(encoder, encoder.text().set(requireNonNull(utf8, "utf8")), recognised);
    }

    private int count(PieceEncoder encoder, Utf8Text text, AllowedSpecial recognised) {
        int count = TextEncoder.count(encoder, text, scanner(text, recognised));
        encoders.giveBack(encoder);
        return count;
    }

    /**
     * Returns the number of tokens of each of several texts, in which no special token is recognised: see
     * {@link #encodeAll(List, AllowedSpecial, int)}.
     */
    public int[] countAll(List<? extends CharSequence> texts, int parallelism) {
        CharSequence[] each = requireNonNull(texts, "texts").toArray(new CharSequence[0]);
        int[] counts = new int[each.length];
        Batch.run(each.length, parallelism, i -> counts[i] = count(each[i]));
        return counts;
    }

    /**
     * Returns the number of tokens of a text, in which no special token is recognised, or {@code limit + 1} if there
     * are more than {@code limit}: does it fit? It reads little more of the text than it needs to say so.
     *
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    public int countUpTo(CharSequence text, int limit) {
        return new Budget(this, limit).count(text);
    }

    /**
     * Returns the number of tokens of a text in UTF-8, in which no special token is recognised, or {@code limit + 1} if
     * there are more than {@code limit}.
     *
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    public int countUpTo(ByteBuffer utf8, int limit) {
        return new Budget(this, limit).count(utf8);
    }

    /**
     * Returns the start of a text: as many of its first tokens as end between two characters and are at most
     * {@code maxTokens}, also when what is returned is encoded again. It reads little more of the text than that; only a
     * text without a break, a million times the same letter for instance, is read whole.
     *
     * @throws IllegalArgumentException if {@code maxTokens} is negative
     */
    public String truncate(CharSequence text, int maxTokens) {
        return new Budget(this, maxTokens).truncate(text);
    }

    /**
     * Returns the start of a text in UTF-8, as {@link #truncate(CharSequence, int)} does it: a part of the buffer, which
     * shares its content and stays as it is.
     *
     * @throws IllegalArgumentException if {@code maxTokens} is negative
     */
    public ByteBuffer truncate(ByteBuffer utf8, int maxTokens) {
        return new Budget(this, maxTokens).truncate(utf8);
    }

    /**
     * Checks that a text has none of the given special tokens in it.
     *
     * @throws IllegalArgumentException if it has; the message names the leftmost one and its index in UTF-16 code units
     */
    public void requireNone(AllowedSpecial disallowed, CharSequence text) {
        requireNonNull(disallowed, "disallowed");
        Utf8Text utf8 = Utf8Text.of(text);
        SpecialTokenScanner found = scanner(utf8, disallowed);
        if (found.next()) {
            throw new IllegalArgumentException("expected a text without special tokens but found "
                    + specialTokens().get(found.token()) + " at index " + utf8.utf16Index(found.start()));
        }
    }

    /**
     * Returns the two tokens that byte pair encoding merges to this one last, or an empty array for a single byte and a special token. All
     * merges in the order of their tokens' ids are the list that other programs want of a vocabulary.
     */
    public int[] lastMerge(int token) {
        if (byteLength(token) == 1 || isSpecial(token)) {
            return new int[0];
        }
        MergeTable merges = encoders.tables().merges();
        return new int[] {merges.left(token), merges.right(token)};
    }

    EncoderPool encoders() {
        return encoders;
    }

    private SpecialTokenScanner scanner(Utf8Text text, AllowedSpecial wanted) {
        return new SpecialTokenScanner(text, specials(), wanted);
    }

    private Object writeReplace() {
        return new Named(name(), encoders.caches());
    }

    /** What a stream of objects has in a tokenizer's place. */
    private record Named(String name, boolean caches) implements Serializable {
        private Object readResolve() throws ObjectStreamException {
            Tokenizer tokenizer = switch (name) {
                case Harmony.NAME -> o200kHarmony();
                case Base.NAME -> o200kBase();
                default ->
                    throw new InvalidObjectException("expected the tokenizer " + Harmony.NAME + " or " + Base.NAME
                            + " but found " + name + "; use one version of Harmony4J on all machines");
            };
            return caches ? tokenizer : tokenizer.withoutPieceCache();
        }
    }

    private static final class Harmony {
        static final String NAME = "o200k_harmony";
        static final Tokenizer TOKENIZER = new Tokenizer(NAME, SpecialTokenTable.harmony(), EncoderPool.o200k());
    }

    private static final class Base {
        static final String NAME = "o200k_base";
        static final Tokenizer TOKENIZER = new Tokenizer(NAME, SpecialTokenTable.base(), EncoderPool.o200k());
    }
}
