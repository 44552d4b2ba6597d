package io.harmony4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;

/**
 * Reads token ids from text that comes in parts: numbers with white space or commas between them, with or
 * without brackets around them.
 */
final class IdScanner {
    private static final Pattern ONLY_IDS = Pattern.compile("[\\s,\\[\\]]*\\d[\\d\\s,\\[\\]]*");

    private static final int BUFFER_SIZE = 1 << 13;

    /** Is given each id as soon as it is complete. */
    private final IntConsumer ids;

    /** The beginning of the next id. */
    private final StringBuilder word = new StringBuilder();

    /** The index of the next id. */
    private long index;

    IdScanner(IntConsumer ids) {
        this.ids = ids;
    }

    /** Returns whether there is nothing but ids in a text. */
    static boolean looksLikeIds(String text) {
        return ONLY_IDS.matcher(text).matches();
    }

    /**
     * Reads a stream to its end; hands on each id as soon as it is complete.
     *
     * @throws IllegalArgumentException if something is not an id; the message says what and where
     */
    void scan(InputStream in) throws IOException {
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
        CharBuffer part = CharBuffer.allocate(BUFFER_SIZE);
        while (reader.read(part.clear()) >= 0) {
            scan(part.flip());
        }
        end();
    }

    /**
     * Reads the next part.
     *
     * @throws IllegalArgumentException if something is not an id; the message says what and where
     */
    void scan(CharSequence part) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (Character.isWhitespace(c) || c == ',' || c == '[' || c == ']') {
                end();
            } else {
                word.append(c);
            }
        }
    }

    /**
     * Ends the last id, if it has not ended yet.
     *
     * @throws IllegalArgumentException if it is not an id
     */
    void end() {
        if (!word.isEmpty()) {
            ids.accept(id(word.toString()));
            word.setLength(0);
            index++;
        }
    }

    private int id(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a token id but found \"" + text + "\" at index " + index, e);
        }
    }
}
