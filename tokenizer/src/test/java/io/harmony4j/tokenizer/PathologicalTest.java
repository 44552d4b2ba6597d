package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Long texts without a break, on which other tokenizers take minutes or overflow their stack. */
@Timeout(10)
class PathologicalTest {
    private static final int MILLION = 1_000_000;

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void takesLinearTimeAndNoStack(String name, String text) {
        int[] tokens = Tokenizer.o200kHarmony().encode(text, AllowedSpecial.ALL);
        assertThat(Tokenizer.o200kHarmony().decode(tokens)).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void growsOneCharacterAtATime(String name, String text) {
        IncrementalEncoder encoder = new IncrementalEncoder(Tokenizer.o200kHarmony());
        text.chars().forEach(c -> encoder.append(Character.toString(c)));
        assertThat(encoder.count()).isEqualTo(Tokenizer.o200kHarmony().count(text));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void isTruncatedAndFoundTooLong(String name, String text) {
        for (int maxTokens : new int[] {0, 100, 5000}) {
            String truncated = Tokenizer.o200kHarmony().truncate(text, maxTokens);
            assertThat(text).startsWith(truncated);
            assertThat(Tokenizer.o200kHarmony().count(truncated)).isBetween(maxTokens - 4, maxTokens);
            assertThat(Tokenizer.o200kHarmony().countUpTo(text, maxTokens)).isEqualTo(maxTokens + 1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void isDecodedTokenByToken(String name, String text) {
        for (StreamingDecoder decoder : new StreamingDecoder[] {
            new StreamingDecoder(Tokenizer.o200kHarmony()),
            StreamingDecoder.oneReplacementAtATime(Tokenizer.o200kHarmony())
        }) {
            StringBuilder joined = new StringBuilder();
            for (int token : Tokenizer.o200kHarmony().encode(text)) {
                joined.append(decoder.decode(token));
            }
            assertThat(joined.append(decoder.finish())).hasToString(text);
        }
    }

    @Test
    void manyErrorsInEachTokenAreDecodedOneAtATime() {
        int manyErrors = manyErrors();
        StreamingDecoder decoder = StreamingDecoder.oneReplacementAtATime(Tokenizer.o200kHarmony());
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < MILLION; i++) {
            joined.append(decoder.decode(manyErrors));
        }
        joined.append(decoder.finish());
        int expected = MILLION * Tokenizer.o200kHarmony().byteLength(manyErrors);
        assertThat(joined.length()).isEqualTo(expected);
    }

    /** Returns a token of two continuation bytes or more, each of which is an error by itself. */
    private static int manyErrors() {
        return IntStream.range(Vocabulary.SINGLE_BYTES, SpecialTokenTable.FIRST)
                .filter(token -> {
                    byte[] bytes = Tokenizer.o200kHarmony().decodeBytes(token);
                    return IntStream.range(0, bytes.length).allMatch(i -> Utf8.isContinuation(bytes[i]));
                })
                .findFirst()
                .orElseThrow();
    }

    static Stream<Arguments> texts() {
        Random random = new Random(1);
        return Stream.of(
                Arguments.of("spaces", " ".repeat(MILLION)),
                Arguments.of("no-break spaces", "\u00A0".repeat(MILLION)),
                Arguments.of("line ends", "\n".repeat(MILLION)),
                Arguments.of("spaces before letters", (" ".repeat(9999) + "x").repeat(100)),
                Arguments.of("one letter", "a".repeat(MILLION)),
                Arguments.of("one capital letter", "A".repeat(MILLION)),
                Arguments.of("capital letters after caseless ones", ("中" + "A".repeat(9999)).repeat(100)),
                Arguments.of("any letters", text(random, MILLION, 'a', 'z' + 1)),
                Arguments.of("one CJK character", "中".repeat(300_000)),
                Arguments.of("any CJK characters", text(random, 300_000, 0x4E00, 0x9FFF)),
                Arguments.of("marks", "a" + "\u0301".repeat(MILLION)),
                Arguments.of("digits", "7".repeat(MILLION)),
                Arguments.of("two line ends", "\r\n".repeat(MILLION / 2)),
                Arguments.of("a family without end", "\uD83D\uDC68\u200D".repeat(MILLION / 7)),
                Arguments.of("equals signs", "=".repeat(MILLION)),
                Arguments.of("zeros", "\0".repeat(MILLION)),
                Arguments.of("apostrophes", "'".repeat(MILLION)),
                Arguments.of("almost special tokens", "<|".repeat(MILLION / 2)),
                Arguments.of("an endless special token", "<|" + "a".repeat(MILLION)));
    }

    private static String text(Random random, int length, int from, int to) {
        StringBuilder text = new StringBuilder();
        random.ints(length, from, to).forEach(text::appendCodePoint);
        return text.toString();
    }
}
