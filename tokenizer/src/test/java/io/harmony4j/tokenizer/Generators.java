package io.harmony4j.tokenizer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** The random values that this module's properties are checked on. */
final class Generators {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    /** Some of each character class, of each length in UTF-8, and all that the pattern names. */
    private static final int[] CHARACTERS = ("abstrevlmdßяſ𝐚" // lower
                    + "ASLЯǅ𝐀" // upper
                    + "ʰª中ก𠀀" // caseless
                    + "\u0301\u0E31\uD804\uDC00" // mark
                    + "12٣Ⅷ½𝟘" // number
                    + "  \t\u00A0\u0085\u3000" // space
                    + "\n\n\r" // newline
                    + "''’//.<|>_=€\u200D😀\0\u001C\uFEFF") // other
            .codePoints()
            .toArray();

    private Generators() {}

    /** Ids of ordinary tokens, up to 40. */
    static Arbitrary<int[]> ordinaryTokens() {
        return ordinaryToken().array(int[].class).ofMaxSize(40);
    }

    /** Ids of any tokens, up to 40. */
    static Arbitrary<int[]> anyTokens() {
        Arbitrary<Integer> special = Arbitraries.integers().between(SpecialTokenTable.FIRST, SpecialTokenTable.LAST);
        return Arbitraries.frequencyOf(
                        Tuple.of(1, special),
                        Tuple.of(4, ordinaryToken()),
                        Tuple.of(4, Arbitraries.integers().between(0, 1000)))
                .array(int[].class)
                .ofMaxSize(40);
    }

    /** Text of every kind: made of tokens, of characters that the pattern tells apart, and of all of Unicode. */
    static Arbitrary<String> texts() {
        return Arbitraries.oneOf(tokenTexts(), patternTexts(), unicodeTexts());
    }

    /** The text of random tokens. */
    static Arbitrary<String> tokenTexts() {
        return ordinaryTokens().map(TOKENIZER::decode);
    }

    /** Text in which each rule of the pattern has something to do. */
    static Arbitrary<String> patternTexts() {
        return Arbitraries.integers()
                .between(0, CHARACTERS.length - 1)
                .map(i -> CHARACTERS[i])
                .list()
                .ofMaxSize(30)
                .map(Generators::text);
    }

    /** The same in lengths of several blocks of a scanner, each from a few of the characters, so that runs are long. */
    static Arbitrary<String> longPatternTexts() {
        return Arbitraries.integers()
                .between(0, CHARACTERS.length - 1)
                .map(i -> CHARACTERS[i])
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .flatMap(few -> Arbitraries.of(few).list().ofMaxSize(200))
                .map(Generators::text);
    }

    /** Text of ASCII, in which words, numbers and runs of all lengths around eight are frequent. */
    static Arbitrary<String> asciiTexts() {
        Arbitrary<String> runs = Arbitraries.of("a", "z", "A", "Z", " ", "=", "\n", "/", "7", "\t", "{", "`", "@", "[")
                .flatMap(run -> Arbitraries.integers().between(1, 20).map(run::repeat));
        Arbitrary<String> others = Arbitraries.of("'s", "'Re", "'L", "Word", "0", "\r\n", " the", "é", "\0", "(x");
        return Arbitraries.oneOf(runs, others).list().ofMaxSize(12).map(parts -> String.join("", parts));
    }

    /** Text of every kind, cut into chunks anywhere, also within surrogate pairs. */
    static Arbitrary<List<String>> chunkedTexts() {
        Arbitrary<String> parts = Arbitraries.oneOf(texts(), asciiTexts());
        Arbitrary<String> texts = parts.list().ofMaxSize(3).map(list -> String.join("", list));
        return texts.flatMap(text -> Arbitraries.integers()
                .between(0, text.length())
                .list()
                .ofMaxSize(12)
                .map(cuts -> chunks(text, cuts)));
    }

    /** Text of any code points, unpaired surrogates among them. */
    static Arbitrary<String> unicodeTexts() {
        return Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .withDistribution(RandomDistribution.uniform())
                .list()
                .ofMaxSize(20)
                .map(Generators::text);
    }

    /** One piece of text, as Latin-1 characters that stand for the bytes of two to five tokens. */
    static Arbitrary<String> pieces() {
        return ordinaryTokens()
                .filter(tokens -> tokens.length >= 2)
                .map(tokens -> new String(
                        TOKENIZER.decodeBytes(Arrays.copyOf(tokens, Math.min(tokens.length, 5))), ISO_8859_1));
    }

    /** Bytes that are often almost UTF-8. */
    static Arbitrary<byte[]> bytes() {
        return byteOfUtf8().array(byte[].class).ofMaxSize(12);
    }

    /** Ids of tokens of one byte, and of others, whose text is often almost UTF-8. */
    static Arbitrary<int[]> tokensOfBytes() {
        Vocabulary vocabulary = Tables.o200k().vocabulary();
        return Arbitraries.frequencyOf(
                        Tuple.of(8, byteOfUtf8().map(vocabulary::single)),
                        Tuple.of(1, ordinaryToken()),
                        Tuple.of(1, Arbitraries.integers().between(SpecialTokenTable.FIRST, SpecialTokenTable.LAST)))
                .array(int[].class)
                .ofMaxSize(20);
    }

    private static Arbitrary<Byte> byteOfUtf8() {
        return Arbitraries.of(
                        0x00, 0x41, 0x7F, 0x80, 0x82, 0x8F, 0x90, 0x9F, 0xA0, 0xAC, 0xBF, 0xC0, 0xC2, 0xC3, 0xDF, 0xE0,
                        0xE2, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF)
                .map(Integer::byteValue);
    }

    /** Vocabularies over the letters a, b and c with some merges. */
    static Arbitrary<ToyVocabulary> toyVocabularies() {
        return Arbitraries.longs().map(seed -> {
            Random random = new Random(seed);
            List<String> merged = new ArrayList<>();
            for (int i = random.nextInt(60); i > 0; i--) {
                List<String> parts = new ArrayList<>(List.of("a", "b", "c"));
                parts.addAll(merged);
                String left = parts.get(random.nextInt(parts.size()));
                String right = parts.get(random.nextInt(parts.size()));
                boolean isMerge = new ToyVocabulary(merged)
                        .reference()
                        .encode(left + right)
                        .equals(List.of(left, right));
                if (isMerge && left.length() + right.length() < 40) {
                    merged.add(left + right);
                }
            }
            return new ToyVocabulary(merged);
        });
    }

    private static Arbitrary<Integer> ordinaryToken() {
        return Arbitraries.integers()
                .between(0, SpecialTokenTable.FIRST - 1)
                .withDistribution(RandomDistribution.uniform());
    }

    private static List<String> chunks(String text, List<Integer> cuts) {
        List<String> chunks = new ArrayList<>();
        int from = 0;
        for (int cut : cuts.stream().sorted().toList()) {
            chunks.add(text.substring(from, cut));
            from = cut;
        }
        chunks.add(text.substring(from));
        return chunks;
    }

    private static String text(List<Integer> codePoints) {
        StringBuilder text = new StringBuilder();
        codePoints.forEach(text::appendCodePoint);
        return text.toString();
    }
}
