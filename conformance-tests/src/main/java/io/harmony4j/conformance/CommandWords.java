package io.harmony4j.conformance;

import java.util.ArrayList;
import java.util.List;

/** A command line as a shell would divide it: at spaces, but not between quotes, single or double. */
final class CommandWords {
    private CommandWords() {}

    /**
     * Returns the words.
     *
     * @throws IllegalArgumentException if there is none, or a quote has no end
     */
    static List<String> of(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean isWord = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                isWord = true;
            } else if (!Character.isWhitespace(c)) {
                word.append(c);
                isWord = true;
            } else if (isWord) {
                words.add(word.toString());
                word.setLength(0);
                isWord = false;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("expected a second " + quote + " but found none in: " + line);
        }
        if (isWord) {
            words.add(word.toString());
        }
        if (words.isEmpty()) {
            throw new IllegalArgumentException("expected the command of a driver but found nothing");
        }
        return words;
    }
}
