package io.harmony4j.parser;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** The content of a message while it comes, as UTF-8: what most tokens are. Belongs to one stream. */
final class ContentText {
    private static final int INITIAL = 1 << 10;

    private byte[] utf8 = new byte[INITIAL];
    private int end;

    /** In UTF-16 code units. */
    private int length;

    /** Appends the text of a short plain token. */
    void add(int token) {
        makeRoom(PlainTokens.WRITTEN);
        end += PlainTokens.write(token, utf8, end);
        length += PlainTokens.length(token);
    }

    /** Appends text, which has no half of a surrogate pair. */
    void add(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        makeRoom(bytes.length);
        System.arraycopy(bytes, 0, utf8, end, bytes.length);
        end += bytes.length;
        length += text.length();
    }

    private void makeRoom(int more) {
        if (more > utf8.length - end) {
            utf8 = Arrays.copyOf(utf8, Math.max(Math.addExact(end, more), end + (end >> 1)));
        }
    }

    /** Returns the length in UTF-16 code units. */
    int length() {
        return length;
    }

    /** Returns the last UTF-16 code unit; 0 if there is none. */
    char last() {
        if (end == 0 || utf8[end - 1] >= 0) {
            return end == 0 ? 0 : (char) utf8[end - 1];
        }
        int begin = end - 1;
        while ((utf8[begin] & 0xC0) == 0x80) {
            begin--;
        }
        String character = new String(utf8, begin, end - begin, UTF_8);
        return character.charAt(character.length() - 1);
    }

    void clear() {
        end = 0;
        length = 0;
    }

    /** Returns the content so far. */
    @Override
    public String toString() {
        return new String(utf8, 0, end, UTF_8);
    }
}
