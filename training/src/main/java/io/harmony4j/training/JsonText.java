package io.harmony4j.training;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Lines of JSON that are mostly lists of integers, written fast. */
final class JsonText {
    /** More than the digits of any {@code int}, its sign, and a comma. */
    private static final int MAX_NUMBER = 12;

    private byte[] bytes;
    private int size;

    /**
     * @param capacity the bytes to begin with
     */
    JsonText(int capacity) {
        bytes = new byte[capacity];
    }

    /** Appends a text. */
    void add(String text) {
        byte[] more = text.getBytes(StandardCharsets.UTF_8);
        reserve(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    /** Appends a text of ASCII so many times. */
    void addRepeated(String ascii, int count) {
        int from = size;
        int length = ascii.length() * count;
        reserve(length);
        if (count > 0) {
            add(ascii);
        }
        while (size < from + length) { // what is there, once more
            int more = Math.min(size - from, from + length - size);
            System.arraycopy(bytes, from, bytes, size, more);
            size += more;
        }
    }

    /** Returns how many bytes there are. */
    int size() {
        return size;
    }

    /**
     * Appends numbers that are there already once more, with a comma after the last one.
     *
     * @param from where the first of them begins
     * @param to after the comma, or the end of a list, that follows the last one
     */
    void addAgain(int from, int to) {
        reserve(to - from);
        System.arraycopy(bytes, from, bytes, size, to - from);
        size += to - from;
        bytes[size - 1] = ',';
    }

    /** Appends an integer and a comma. */
    void addNumber(int number) {
        reserve(MAX_NUMBER);
        int rest = number;
        if (number < 0) {
            bytes[size++] = '-';
            rest = -number;
        }
        int digits = digits(rest);
        for (int at = size + digits - 1; at >= size; at--) {
            int tens = rest / 10;
            bytes[at] = (byte) ('0' + rest - 10 * tens);
            rest = tens;
        }
        size += digits;
        bytes[size++] = ',';
    }

    private static int digits(int number) {
        int digits = 1;
        for (int power = 10; number >= power && digits < 9; power *= 10) {
            digits++;
        }
        return number >= 1_000_000_000 ? 10 : digits;
    }

    /** Puts the end of a list where the comma after its last element is; after {@code [}, there is none. */
    void endList() {
        if (bytes[size - 1] == ',') {
            size--;
        }
        add("]");
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}
