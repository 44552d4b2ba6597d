package io.harmony4j.tokenizer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TokenCharsTest {
    private static final TokenBytes BYTES = new TokenBytes(Tables.o200k().vocabulary(), SpecialTokenTable.harmony());
    private static final TokenChars CHARS = new TokenChars(BYTES);

    @Property
    void theTextIsThatOfTheBytes(@ForAll("anyTokens") int[] tokens) {
        assertThat(CHARS.decode(tokens)).isEqualTo(Utf8.decode(BYTES.join(tokens)));
    }

    @Property
    void theTextOfSingleBytesIsThatOfTheBytes(@ForAll("bytes") byte[] bytes) {
        int[] tokens = IntStream.range(0, bytes.length)
                .map(i -> Tables.o200k().vocabulary().single(bytes[i]))
                .toArray();
        assertThat(CHARS.decode(tokens)).isEqualTo(Utf8.decode(bytes));
    }

    @Test
    void everyTokenIsItsOwnText() {
        for (int token = 0; token <= SpecialTokenTable.LAST; token++) {
            assertThat(CHARS.decode(new int[] {token})).isEqualTo(Utf8.decode(BYTES.join(new int[] {token})));
        }
    }

    /** Short ones and long ones in turns, few and many: there is room for most, and not for many long ones. */
    @Test
    void tokensThatAreAsciiAreTheirBytes() {
        int[] ascii = IntStream.rangeClosed(0, SpecialTokenTable.LAST)
                .filter(token -> isAscii(BYTES.join(new int[] {token})))
                .toArray();
        int[] longOnes =
                IntStream.of(ascii).filter(token -> BYTES.length(token) > 14).toArray();
        Random random = new Random(1);
        for (int i = 0; i < 3000; i++) {
            int longOf100 = random.nextInt(101);
            int[] tokens = IntStream.range(0, random.nextInt(300))
                    .map(j -> random.nextInt(100) < longOf100 ? any(longOnes, random) : any(ascii, random))
                    .toArray();
            assertThat(CHARS.decode(tokens)).isEqualTo(new String(BYTES.join(tokens), US_ASCII));
        }
    }

    /** In arrays of all lengths about theirs, ended by a short token or by a long one. */
    @Test
    void tokensThatAreAsciiAreWrittenWhole() {
        TokenWords words = new TokenWords(BYTES);
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        for (String text :
                new String[] {"some short words", "words" + " ".repeat(83), " ".repeat(60) + "x", "-".repeat(64)}) {
            int[] tokens = tokenizer.encode(text);
            for (int room = 0; room < text.length() + 60; room++) {
                byte[] into = new byte[room];
                int length = words.write(tokens, into);
                boolean isRoomy = room >= text.length() + TokenWords.COPIED + Utf16.PADDING;
                assertThat(length)
                        .isIn(text.length(), isRoomy ? text.length() : -1)
                        .isLessThanOrEqualTo(Math.max(-1, room - Utf16.PADDING));
                assertThat(length < 0 ? text : new String(into, 0, length, US_ASCII))
                        .isEqualTo(text);
            }
        }
    }

    private static boolean isAscii(byte[] bytes) {
        return Utf8.isAscii(bytes, 0, bytes.length);
    }

    private static int any(int[] tokens, Random random) {
        return tokens[random.nextInt(tokens.length)];
    }

    /** From none to all of the tokens have parts of characters: few, many, and more than working space that is kept has room for. */
    @Test
    void tokensWithPartsAreTheTextOfTheirBytes() {
        int[] parts = IntStream.range(0, SpecialTokenTable.FIRST)
                .filter(token -> Utf8.firstIllFormed(BYTES.join(new int[] {token})) >= 0)
                .toArray();
        int[] all = IntStream.rangeClosed(0, SpecialTokenTable.LAST).toArray();
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            int partsOf100 = random.nextInt(101);
            int[] tokens = IntStream.range(0, random.nextInt(i % 100 == 0 ? 10_000 : 300))
                    .map(j -> random.nextInt(100) < partsOf100 ? any(parts, random) : any(all, random))
                    .toArray();
            assertThat(CHARS.decode(tokens)).isEqualTo(Utf8.decode(BYTES.join(tokens)));
        }
    }

    /** Tokens that are longer than most, with many that have parts: one more each time, while working space grows. */
    @Test
    void longTokensAndManyWithPartsHaveRoom() {
        int longest = Tokenizer.o200kHarmony().encode(" ".repeat(83))[0];
        int part = Tables.o200k().vocabulary().single((byte) 0x80);
        TokenChars chars = new TokenChars(BYTES);
        for (int count = 1; count < 200; count++) {
            int[] tokens = IntStream.range(0, count)
                    .map(i -> i % 7 == 0 ? part : longest)
                    .toArray();
            assertThat(chars.decode(tokens)).isEqualTo(Utf8.decode(BYTES.join(tokens)));
        }
    }

    @Test
    void anUnknownTokenHasNoText() {
        assertThat(CHARS.decode(new int[] {1, -1})).isNull();
        assertThat(CHARS.decode(new int[] {SpecialTokenTable.LAST + 1})).isNull();
    }

    @Test
    void aTokenizerThatHasDecodedMuchGivesTheSameTexts() {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        String text = "Words, \u4E2D\u6587\u5B57\u7B26 and \uD83D\uDE00 ".repeat(1000);
        int[] tokens = tokenizer.encode(text);
        for (int decoded = 0; decoded < 2_000_000; decoded += tokens.length) {
            assertThat(tokenizer.decode(tokens)).isEqualTo(text);
        }
    }

    @Provide
    Arbitrary<int[]> anyTokens() {
        return Generators.anyTokens();
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Generators.bytes();
    }
}
