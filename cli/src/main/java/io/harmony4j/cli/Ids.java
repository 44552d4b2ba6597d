package io.harmony4j.cli;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Token ids as text: numbers with white space or commas between them, brackets around them or not. */
final class Ids {
    private static final Pattern ONLY_IDS = Pattern.compile("[\\s,\\[\\]]*\\d[\\d\\s,\\[\\]]*");
    private static final Pattern BETWEEN = Pattern.compile("[\\s,\\[\\]]+");

    private Ids() {}

    /** Returns whether a text has nothing in it but ids. */
    static boolean looksLikeIds(String text) {
        return ONLY_IDS.matcher(text).matches();
    }

    /**
     * @throws IllegalArgumentException if something is no id, with what and where
     */
    static int[] parse(String text) {
        String[] words = BETWEEN.split(text.strip(), -1);
        int[] ids = new int[words.length];
        int size = 0;
        for (String word : words) {
            if (!word.isEmpty()) {
                ids[size++] = parse(word, size - 1);
            }
        }
        return Arrays.copyOf(ids, size);
    }

    private static int parse(String word, int index) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a token id but found \"" + word + "\" at index " + index, e);
        }
    }

    static String format(int[] ids) {
        return Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }
}
