package io.harmony4j.renderer;

import io.harmony4j.tokenizer.EncodedText;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.regex.Pattern;

/** What stands in the place of a long result: how long it was, or its beginning and its end. Immutable. */
final class ResultShortener {
    private static final Pattern MARK = Pattern.compile("\\[result left out: [0-9]+ tokens]");

    private final Tokenizer tokenizer;
    private final int head;
    private final int tail;

    /**
     * @param head how many tokens of the beginning stay
     * @param tail how many tokens of the end stay
     */
    ResultShortener(Tokenizer tokenizer, int head, int tail) {
        this.tokenizer = tokenizer;
        this.head = head;
        this.tail = tail;
    }

    /** Returns what stands in the place of a result of so many tokens. */
    static String mark(int tokens) {
        return "[result left out: " + tokens + " tokens]";
    }

    /** Returns what stands for a text, which may be the text itself: what has been shortened is left as it is. */
    String shorten(String text) {
        if (MARK.matcher(text).matches()) {
            return text;
        }
        return head == 0 && tail == 0 ? mark(tokenizer.count(text)) : headAndTail(text);
    }

    private String headAndTail(String text) {
        EncodedText tokens = tokenizer.encodeWithOffsets(text);
        int left = tokens.size() - head - tail;
        String middle = "\n[left out: " + left + " tokens]\n";
        if (left < 2 * tokenizer.count(middle)) { // little is won, and what has been shortened before would be again
            return text;
        }
        return text.substring(0, tokens.offset(head))
                + middle
                + (tail == 0 ? "" : text.substring(tokens.offset(tokens.size() - tail)));
    }
}
