package io.harmony4j.bench;

import io.harmony4j.tokenizer.IncrementalEncoder;
import io.harmony4j.tokenizer.StreamingDecoder;
import io.harmony4j.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Something that must hold for any text: two ways to the same result.
 *
 * @param name what is expected, as in "the tokens of JTokkit"
 * @param every of how many documents one is checked
 */
record Check(String name, int every, Function<String, Object> expected, Function<String, Object> found) {
    /** Of how many documents one is checked for what costs much and seldom breaks. */
    private static final int SELDOM = 8;

    private static final int MAX_CHUNK = 97; // UTF-16 code units

    /** Returns what must hold for our tokenizer: it gives JTokkit's tokens, and all its methods agree. */
    static List<Check> all() {
        Tokenizer tokenizer = Tokenizer.o200kBase();
        Tokenizer uncached = tokenizer.withoutPieceCache();
        return List.of(
                new Check(
                        "the tokens of JTokkit", 1, text -> Library.JTOKKIT.idsOf(wellFormed(text)), tokenizer::encode),
                new Check("the count of the tokens", 1, text -> tokenizer.encode(text).length, tokenizer::count),
                new Check(
                        "the text from its tokens",
                        1,
                        Check::wellFormed,
                        text -> tokenizer.decode(tokenizer.encode(text))),
                new Check(
                        "the tokens of the text in UTF-8",
                        SELDOM,
                        tokenizer::encode,
                        text -> tokenizer.encode(utf8(text))),
                new Check("the tokens without a cache of pieces", SELDOM, tokenizer::encode, uncached::encode),
                new Check("the tokens of a text that grows", SELDOM, tokenizer::encode, text -> grown(tokenizer, text)),
                new Check(
                        "the text from streaming tokens", SELDOM, Check::wellFormed, text -> streamed(tokenizer, text)),
                new Check(
                        "the offsets of the tokens",
                        SELDOM,
                        text -> tokenizer.offsets(tokenizer.encode(text)),
                        text -> tokenizer.encodeWithOffsets(text).offsets()));
    }

    /** Returns whether both ways lead to the same result. */
    boolean holds(String text) {
        return Objects.deepEquals(expected.apply(text), found.apply(text));
    }

    /** Returns the tokens of a text that comes in chunks, whose lengths its own length decides. */
    private static int[] grown(Tokenizer tokenizer, String text) {
        IncrementalEncoder encoder = new IncrementalEncoder(tokenizer);
        int step = 1 + text.length() % MAX_CHUNK;
        for (int start = 0; start < text.length(); start += step) {
            encoder.append(text.substring(start, Math.min(text.length(), start + step)));
        }
        return encoder.tokens();
    }

    private static String streamed(Tokenizer tokenizer, String text) {
        StreamingDecoder decoder = new StreamingDecoder(tokenizer);
        StringBuilder streamed = new StringBuilder();
        for (int token : tokenizer.encode(text)) {
            streamed.append(decoder.decode(token));
        }
        return streamed.append(decoder.finish()).toString();
    }

    private static byte[] utf8(String text) {
        return wellFormed(text).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Returns a text with U+FFFD for each surrogate without its other half. That is what such a text has as tokens in the
     * reference, where JTokkit has the token of a question mark.
     */
    static String wellFormed(String text) {
        return text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
