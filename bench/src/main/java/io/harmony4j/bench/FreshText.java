package io.harmony4j.bench;

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A source of texts that were not there before, the same ones for the same seed. Their words are mostly those of a text, a few in a row as it has them,
 * and then others from elsewhere in it; one in {@value #WORDS_TO_A_NEW_ONE} is new, so that the more text there is, the more words there are. Not
 * thread-safe.
 */
final class FreshText {
    private static final int WORDS_TO_A_NEW_ONE = 32;
    private static final int MOST_IN_A_ROW = 12;

    /** A word and the space after it; what is written without spaces is cut all the same. */
    private static final Pattern WORD = Pattern.compile("\\S{1,16}\\s{0,16}|\\s{1,16}");

    private final List<String> words;
    private final Random random;

    FreshText(Corpus corpus, long seed) {
        this.words = WORD.matcher(corpus.text())
                .results()
                .map(MatchResult::group)
                .map(String::intern)
                .toList();
        this.random = new Random(seed);
    }

    /**
     * Returns the next text.
     *
     * @param length how many UTF-16 code units it has at least
     */
    String next(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            int first = random.nextInt(words.size());
            int last = Math.min(words.size(), first + 1 + random.nextInt(MOST_IN_A_ROW));
            words.subList(first, last)
                    .forEach(word -> text.append(random.nextInt(WORDS_TO_A_NEW_ONE) == 0 ? newWord(word) : word));
        }
        return text.toString();
    }

    /** Returns the first half of a word with the second half of another. */
    private String newWord(String begin) {
        String end = words.get(random.nextInt(words.size()));
        return begin.substring(0, half(begin)) + end.substring(half(end));
    }

    private static int half(String word) {
        return word.offsetByCodePoints(0, word.codePointCount(0, word.length()) / 2);
    }
}
