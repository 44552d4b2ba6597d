package io.harmony4j.jmh;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Texts of several kinds, each of about 50,000 bytes, made from lists of words: the same on every machine. They repeat a few
 * hundred words, where real text has many thousand.
 */
enum MadeText {
    ENGLISH {
        @Override
        String paragraph(Words words) {
            return words.several(3 + words.number(5), " ", words::englishSentence) + "\n\n";
        }
    },

    JAVA {
        @Override
        String paragraph(Words words) {
            return String.format(
                    Locale.ROOT,
                    """
                        /**
                         * %1$s
                         */
                        public %2$s %3$s(List<%4$s> %5$s, int %3$s) {
                            if (%5$s == null || %5$s.size() > %6$d) {
                                throw new IllegalArgumentException("%7$s" + %5$s);
                            }
                            %2$s %8$s = new %2$s<>();
                            for (int i = 0; i < %5$s.size(); i++) {
                                %8$s.%9$s(%5$s.get(i) * 0x%10$X);  // %11$s
                            }
                            return %8$s;
                        }

                    """,
                    words.englishSentence(),
                    words.type(),
                    words.variable(),
                    words.type(),
                    words.variable(),
                    words.number(5000),
                    words.englishSentence(),
                    words.variable(),
                    words.variable(),
                    words.number(1 << 30),
                    words.english());
        }
    },

    /** One small record a line. */
    JSON {
        @Override
        String paragraph(Words words) {
            return String.format(
                    Locale.ROOT,
                    """
                    {"id":%d,"%s":"%s","tags":["%s","%s"],"price":%d.%02d,"%s":{"%s":%b,"text":"%s"}}
                    """,
                    words.number(1_000_000),
                    words.variable(),
                    words.type(),
                    words.english(),
                    words.english(),
                    words.number(1000),
                    words.number(100),
                    words.variable(),
                    words.variable(),
                    words.oneIn(2),
                    words.englishSentence());
        }
    },

    CHINESE {
        @Override
        String paragraph(Words words) {
            return words.several(3 + words.number(5), "", words::chineseSentence) + "\n";
        }
    },

    RUSSIAN {
        @Override
        String paragraph(Words words) {
            return words.several(3 + words.number(5), " ", words::russianSentence) + "\n\n";
        }
    },

    /** Markdown in several languages, with code, JSON, numbers and emoji. */
    MIXED {
        private static final List<String> EMOJI = List.of("✅", "🚀", "👩🏽‍💻", "❤️", "🇯🇵", "😀😀", "→", "☔");

        @Override
        String paragraph(Words words) {
            return "## " + words.type() + " " + words.any(EMOJI) + "\n\n"
                    + ENGLISH.paragraph(words)
                    + "| " + words.english() + " | " + words.number(100_000) + " | `" + words.variable() + "` |\n"
                    + "- [x] https://example.org/" + words.english() + "/" + words.number(1000) + "?q=" + words.type()
                    + "\n\n```java\n" + JAVA.paragraph(words) + "```\n\n"
                    + CHINESE.paragraph(words)
                    + words.any(EMOJI) + " " + RUSSIAN.paragraph(words)
                    + "> Åse's naïve café in 東京は" + words.number(40) + "°C, 서울 " + words.any(EMOJI) + "\n\n"
                    + JSON.paragraph(words);
        }
    };

    private static final int BYTES = 50_000;

    /** Returns a piece of text that ends with a line end. */
    abstract String paragraph(Words words);

    /** Returns the text. */
    String text() {
        return text(BYTES, 0);
    }

    /** Returns a text of at least the given number of bytes, another one for another seed. */
    String text(int minBytes, long seed) {
        Words words = new Words(seed);
        StringBuilder text = new StringBuilder();
        for (int bytes = 0; bytes < minBytes; ) {
            String paragraph = paragraph(words);
            text.append(paragraph);
            bytes += paragraph.getBytes(StandardCharsets.UTF_8).length;
        }
        return text.toString();
    }

    /**
     * Returns the text with a name, in lower case.
     *
     * @throws IllegalArgumentException if there is none
     */
    static MadeText named(String name) {
        return Arrays.stream(values())
                .filter(text -> text.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected one of " + Arrays.toString(values()) + " but found \"" + name + "\""));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
