package io.harmony4j.cli.bench;

import io.harmony4j.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Something that must be so of any text: two ways to the same result.
 *
 * @param every it is checked on the first of so many documents
 */
record Check(String name, int every, Function<String, Object> expected, Function<String, Object> found) {
    /** Of how many documents one is checked for what costs much and seldom breaks. */
    private static final int SELDOM = 8;

    /** Returns what must be so of our tokenizer: JTokkit's tokens, and that all its ways lead to the same tokens. */
    static List<Check> all() {
        Tokenizer tokenizer = Tokenizer.o200kBase();
        Tokenizer forgetful = tokenizer.withoutPieceMemory();
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
                new Check("the tokens without a memory of pieces", SELDOM, tokenizer::encode, forgetful::encode));
    }

    /** Returns whether both ways lead to the same result. */
    boolean holds(String text) {
        return Objects.deepEquals(expected.apply(text), found.apply(text));
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
