package io.harmony4j.bench;

import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A source of documents as unlike each other as text can be, the same ones for the same seed and the same JDK. Some are of one
 * kind throughout, most mix kinds, for tokenizers err where one kind meets another. Not thread-safe.
 *
 * <p>A JDK before 24 knows fewer characters than Unicode 16 has. What is unassigned there is left out, for a tokenizer that
 * asks the JDK cannot be right about it.
 */
final class VariedText {
    private static final int UNICODE_16_JDK = 24;
    private static final boolean KNOWS_ALL = Runtime.version().feature() >= UNICODE_16_JDK;

    private static final int FIRST_SURROGATE = 0xD800;
    private static final int SURROGATES = 0x800;
    private static final int ORDINARY_TOKENS = 199_998;

    /** Ranges of code points, last one included, from which words are made. */
    private static final List<int[]> SCRIPTS = List.of(
            new int[] {'a', 'z'},
            new int[] {'a', 'z'},
            new int[] {'A', 'Z'},
            new int[] {0xC0, 0x24F}, // Latin letters with marks, capitals and small ones in turns
            new int[] {0x300, 0x36F}, // marks alone
            new int[] {0x370, 0x3FF}, // Greek
            new int[] {0x400, 0x4FF}, // Cyrillic
            new int[] {0x430, 0x44F},
            new int[] {0x531, 0x58A}, // Armenian
            new int[] {0x591, 0x5EA}, // Hebrew, with points
            new int[] {0x620, 0x65F}, // Arabic, with marks
            new int[] {0x900, 0x97F}, // Devanagari
            new int[] {0xB80, 0xBFF}, // Tamil
            new int[] {0xE01, 0xE4E}, // Thai
            new int[] {0x10A0, 0x10FF}, // Georgian
            new int[] {0x1100, 0x11FF}, // Korean letters
            new int[] {0x1E00, 0x1EFF}, // Latin again
            new int[] {0x3041, 0x3096}, // Hiragana
            new int[] {0x30A1, 0x30FE}, // Katakana
            new int[] {0x4E00, 0x9FFF},
            new int[] {0x4E00, 0x52FF},
            new int[] {0xAC00, 0xD7A3}, // Korean syllables
            new int[] {0x10400, 0x1044F}, // Deseret, which has capitals beyond the first plane
            new int[] {0x1D400, 0x1D7FF}, // mathematical letters
            new int[] {0x1E900, 0x1E95F}, // Adlam
            new int[] {0x20000, 0x2A6DF});

    private static final String[] SPACES = {
        " ", " ", " ", "  ", "    ", "\t", "\n", "\n\n", "\r\n", "\r", "\u000B", "\f", "\u0085", "\u00A0", "\u1680",
        "\u2003", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000", "\uFEFF", "\u200B", "\u001C", "\u180E"
    };

    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~¡§«»¿‐–—‘’“”…‰′※€₹№™←→∀∑∞■★☃、。「」！？～";

    private static final String[] CONTRACTIONS = {
        "'s", "'S", "'t", "'T", "'re", "'RE", "'Re", "'ve", "'VE", "'m", "'M", "'ll", "'LL", "'lL", "'d", "'D",
        "'\u017F", "’s", "''s", "'x", "'r", "'l", "'v", "' s"
    };

    private static final String[] EMOJI = {
        "😀",
        "❤",
        "❤\uFE0F",
        "👩\u200D💻",
        "👨\u200D👩\u200D👧\u200D👦",
        "🏳\uFE0F\u200D🌈",
        "🇯🇵",
        "🇫",
        "👍🏽",
        "1\uFE0F\u20E3",
        "\u200D",
        "\uFE0F"
    };

    private static final String[] CODE = {
        "public static void ",
        "return ",
        "if (",
        ") {\n",
        "}\n",
        "    ",
        "\t\t",
        ";\n",
        "// ",
        "/* ",
        " */",
        "getHTTPResponse",
        "snake_case_name",
        "XMLHttpRequest2",
        "->",
        "=>",
        "!==",
        "&&",
        "+= ",
        "0x1F",
        "1e-9",
        "\\n",
        "\"",
        "'",
        "<div class=\"",
        "</a>",
        "https://",
        "://",
        "/../",
        "def __init__(self):\n",
        "#include <",
        "{\"id\":",
        "[]",
        "();\n\n",
        "\r\n",
        "<|start|>",
        "<|end",
        "|>"
    };

    /** What a part of a document is. */
    private enum Kind {
        TOKENS,
        CODE_POINTS,
        WORDS,
        UNSPACED_WORDS,
        SPACES,
        PUNCTUATION,
        NUMBERS,
        RUN,
        CODE,
        CONTRACTIONS,
        EMOJI,
        SURROGATES,
        LETTERS_AND_DIGITS
    }

    private static final Kind[] KINDS = Kind.values();

    private final Random random;
    private final Tokenizer tokenizer = Tokenizer.o200kBase();
    private StringBuilder text = new StringBuilder();

    VariedText(long seed) {
        random = new Random(seed);
    }

    /** Returns the next document, mostly of some thousand characters. Its pieces are seldom longer than a few hundred. */
    String next() {
        text = new StringBuilder();
        int length = oneIn(50) ? 50_000 : oneIn(5) ? number(100) : 200 + number(4_000);
        boolean isPure = oneIn(4);
        Kind kind = any(KINDS);
        while (text.length() < length) {
            append(isPure ? kind : any(KINDS));
        }
        return KNOWS_ALL ? text.toString() : known(text.toString());
    }

    private void append(Kind kind) {
        switch (kind) {
            case TOKENS -> several(40, () -> text.append(tokenizer.decode(number(ORDINARY_TOKENS))));
            case CODE_POINTS -> several(20, () -> text.appendCodePoint(codePoint()));
            case WORDS -> several(20, () -> text.append(word()).append(oneIn(5) ? any(SPACES) : " "));
            case UNSPACED_WORDS -> several(6, () -> text.append(word()));
            case SPACES -> several(8, () -> text.append(any(SPACES)));
            case PUNCTUATION -> several(6, () -> text.append(PUNCTUATION.charAt(number(PUNCTUATION.length()))));
            case NUMBERS -> text.append(random.nextLong() >>> number(64)).append(oneIn(2) ? "." : oneIn(2) ? "," : "");
            case RUN -> text.append(Character.toString(runner()).repeat(runLength()));
            case CODE -> several(10, () -> text.append(any(CODE)).append(oneIn(3) ? word() : ""));
            case CONTRACTIONS ->
                text.append(oneIn(3) ? "" : word()).append(any(CONTRACTIONS)).append(oneIn(2) ? "" : word());
            case EMOJI -> several(5, () -> text.append(any(EMOJI)));
            case SURROGATES -> text.append((char) (FIRST_SURROGATE + number(SURROGATES)));
            case LETTERS_AND_DIGITS ->
                several(60, () -> text.append(Character.forDigit(number(Character.MAX_RADIX), Character.MAX_RADIX)));
        }
    }

    /** Returns a letter or mark by another, of one script, in one of the ways to write capitals. */
    private String word() {
        int[] script = any(SCRIPTS.toArray(int[][]::new));
        StringBuilder word = new StringBuilder();
        int length = 1 + number(oneIn(50) ? 200 : 10);
        for (int i = 0; i < length; i++) {
            word.appendCodePoint(script[0] + number(script[1] - script[0] + 1));
            if (oneIn(40)) {
                word.appendCodePoint(0x300 + number(0x70)); // a mark
            }
        }
        return switch (number(6)) {
            case 0 -> word.toString().toUpperCase(Locale.ROOT);
            case 1 -> word.toString().toLowerCase(Locale.ROOT);
            case 2 -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
            default -> word.toString();
        };
    }

    /** Returns any code point, surrogates too: half the time of the first plane. */
    private int codePoint() {
        return switch (number(4)) {
            case 0 -> number(0x3000);
            case 1 -> number(0x10000);
            case 2 -> 0x10000 + number(0x22000);
            default -> number(Character.MAX_CODE_POINT + 1);
        };
    }

    /** Returns what is to be repeated: mostly a character that comes in runs. */
    private int runner() {
        return oneIn(4)
                ? codePoint()
                : any(new Integer[] {(int) ' ', (int) '\n', (int) 'a', (int) '=', (int) '-', 0x4E00, 0xE9});
    }

    /** Long runs are rare, since JTokkit is slow at them. */
    private int runLength() {
        return 1 + number(oneIn(500) ? 10_000 : oneIn(20) ? 1_000 : 80);
    }

    private static String known(String text) {
        return text.codePoints()
                .map(c -> Character.isDefined(c) ? c : 'x')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private void several(int most, Runnable action) {
        for (int i = number(most); i >= 0; i--) {
            action.run();
        }
    }

    private int number(int bound) {
        return random.nextInt(bound);
    }

    private boolean oneIn(int chances) {
        return number(chances) == 0;
    }

    private <T> T any(T[] choices) {
        return choices[number(choices.length)];
    }
}
