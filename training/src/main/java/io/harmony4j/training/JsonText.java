package io.harmony4j.training;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.LongStream;

/** Lines of JSON that are mostly lists of integers, written fast. */
final class JsonText {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** [number below 1000], its three digits, the first one in the lowest byte. */
    private static final long[] THREE_DIGITS =
            LongStream.range(0, 1000).map(JsonText::threeDigits).toArray();

    private static final int MILLION = 1_000_000;
    private static final long SIX_ZEROS = 0x30_30_30_30_30_30L;
    private static final long COMMA = (long) ',' << (6 * Byte.SIZE);

    private byte[] bytes;
    private int size;

    /**
     * @param capacity the bytes to begin with
     */
    JsonText(int capacity) {
        bytes = new byte[capacity];
    }

    private static long threeDigits(long number) {
        return 0x30_30_30 + number / 100 + ((number / 10 % 10) << Byte.SIZE) + ((number % 10) << (2 * Byte.SIZE));
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
        if (number < 0 || number >= MILLION) {
            add(number + ",");
            return;
        }
        reserve(Long.BYTES);
        int thousands = number / 1000;
        long text = THREE_DIGITS[thousands] | (THREE_DIGITS[number - 1000 * thousands] << (3 * Byte.SIZE)) | COMMA;
        int zeros = Math.min(Long.numberOfTrailingZeros(text ^ SIX_ZEROS) / Byte.SIZE, 5); // 0 itself is written
        LONG.set(bytes, size, text >>> (zeros * Byte.SIZE));
        size += 7 - zeros;
    }

    /** Puts the end of a list where the comma after its last element is; after {@code [}, there is none. */
    void endList() {
        if (bytes[size - 1] == ',') {
            size--;
        }
        add("]");
    }

    /** Returns the bytes; nothing is to be appended after that. */
    ByteBuffer toBytes() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}
