package io.harmony4j.conformance;

import io.harmony4j.SpecialToken;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Text of all kinds, to find out where two tokenizers differ; the same from the same random numbers. */
final class RandomText {
    private static final String[] CONTRACTIONS = {
        "'s", "'S", "'re", "'LL", "'ve", "'d", "'T", "\u2019s", "'ſ", "'", "''"
    };
    private static final String[] SPACES = {
        " ", "  ", "\n", "\r\n", "\t", "\u00A0", "\u2003", "\u3000", "\u0085", "\u2028", "\u000B"
    };
    private static final String[] MARKS = {
        ".", ",", "!", "?", "-", "_", "/", "//", "\\", "\"", "(", ")", "{", "}", "=", "#", "<|", "|>", "…", "«"
    };
    private static final String[] CONTROLS =
            Arrays.stream(SpecialToken.values()).map(SpecialToken::literal).toArray(String[]::new);
    private static final String[] DIGITS = {"0", "12", "345", "67890", "٣", "²", "Ⅷ", "½", "一", "𝟘"};
    private static final String[] COMBINED = {
        "e\u0301",
        "n\u0303",
        "\u0915\u093F",
        "\u0E01\u0E33",
        "\u1E9E",
        "\u01C5",
        "\u02B0",
        "\uFE0F",
        "\u200D",
        "👨‍👩‍👧",
        "🇩🇪",
        "👍🏽"
    };

    /** Ranges with letters, marks, numbers and symbols; most of Unicode is empty. */
    private static final int[][] RANGES = {
        {0x00, 0x7F},
        {0x80, 0x24F},
        {0x250, 0x36F},
        {0x370, 0x52F},
        {0x530, 0x6FF},
        {0x700, 0xDFF},
        {0xE00, 0x13FF},
        {0x1400, 0x1FFF},
        {0x2000, 0x2BFF},
        {0x2C00, 0x2E7F},
        {0x3000, 0x4DBF},
        {0x4E00, 0x9FFF},
        {0xA000, 0xABFF},
        {0xAC00, 0xD7FF},
        {0xE000, 0xFFFF},
        {0x10000, 0x12FFF},
        {0x16000, 0x18FFF},
        {0x1B000, 0x1BFFF},
        {0x1D000, 0x1FAFF},
        {0x20000, 0x323AF},
        {0xE0000, 0xE01FF},
        {0x10FF00, 0x10FFFF}
    };

    private static final int WORDS = 199_998; // of the vocabulary, special tokens left out
    private static final int MAX_PIECES = 12;

    private final RandomGenerator random;
    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();

    RandomText(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(MAX_PIECES + 1); pieces > 0; pieces--) {
            text.append(piece());
        }
        return text.toString();
    }

    private String piece() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> tokenizer.decode(new int[] {random.nextInt(WORDS)});
            case 3 -> pick(CONTRACTIONS);
            case 4, 5 -> pick(SPACES);
            case 6 -> pick(MARKS);
            case 7 -> pick(DIGITS);
            case 8 -> pick(COMBINED);
            case 9 -> pick(CONTROLS);
            case 10 -> pick(MARKS).repeat(1 + random.nextInt(20));
            default -> ofOneRange();
        };
    }

    private String ofOneRange() {
        int[] range = RANGES[random.nextInt(RANGES.length)];
        StringBuilder text = new StringBuilder();
        for (int n = 1 + random.nextInt(6); n > 0; n--) {
            text.appendCodePoint(random.nextInt(range[0], range[1] + 1));
        }
        return text.toString();
    }

    String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
