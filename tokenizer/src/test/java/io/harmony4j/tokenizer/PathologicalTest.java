package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
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
        int[] tokens = Tokenizer.o200kHarmony().encode(text, SpecialTokens.ALL);
        assertThat(Tokenizer.o200kHarmony().decode(tokens)).isEqualTo(text);
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
                Arguments.of("capital letters behind caseless ones", ("中" + "A".repeat(9999)).repeat(100)),
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
