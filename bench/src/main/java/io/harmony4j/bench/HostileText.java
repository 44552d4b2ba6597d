package io.harmony4j.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** Texts that a tokenizer may take very long for, or fail at: each is one piece, or pieces of a kind that is rarely seen. */
public enum HostileText {
    ONE_LETTER {
        @Override
        String next(Random random) {
            return "a";
        }
    },

    SPACES {
        @Override
        String next(Random random) {
            return " ";
        }
    },

    NEWLINES {
        @Override
        String next(Random random) {
            return "\n";
        }
    },

    RANDOM_LETTERS {
        @Override
        String next(Random random) {
            return Character.toString('a' + random.nextInt(26));
        }
    },

    /** Any of the 20,989 ideographs of the first block that JDK 17 knows too, with no break between them. */
    CJK {
        @Override
        String next(Random random) {
            return Character.toString(0x4E00 + random.nextInt(0x51FD));
        }
    },

    /** Marks upon marks, on one letter. */
    COMBINING_MARKS {
        @Override
        String next(Random random) {
            return Character.toString(0x300 + random.nextInt(0x70));
        }
    },

    /** Emoji, each joined to the next. */
    JOINED_EMOJI {
        private static final String[] EMOJI = {"👩", "👨", "👧", "👦", "💻", "🚀", "❤️", "🏳️", "🌈", "👩🏽"};

        @Override
        String next(Random random) {
            return EMOJI[random.nextInt(EMOJI.length)] + "\u200D";
        }
    };

    private static final long SEED = 4;

    /** Returns what comes next in the text. */
    abstract String next(Random random);

    /** Returns a text of as many bytes of UTF-8, or a few less; always the same one. */
    public String text(int bytes) {
        return texts(bytes, 1).get(0);
    }

    /** Returns several texts, which differ if the kind lets them, each of as many bytes of UTF-8 or a few less. */
    List<String> texts(int bytes, int count) {
        Random random = new Random(SEED);
        return Stream.generate(() -> text(bytes, random)).limit(count).toList();
    }

    private String text(int bytes, Random random) {
        StringBuilder text = new StringBuilder(bytes);
        int length = 0;
        while (true) {
            String next = next(random);
            length += next.getBytes(StandardCharsets.UTF_8).length;
            if (length > bytes) {
                return text.toString();
            }
            text.append(next);
        }
    }

    /** Returns the name, as in {@code one letter}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
