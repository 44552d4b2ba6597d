package io.harmony4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A text in UTF-8, read line by line or block by block, so that a long one need not fit into memory. All methods throw
 * {@code IllegalArgumentException} with the byte offset if it is not UTF-8.
 *
 * <p>A block ends after a line feed that a letter follows. No token of o200k reaches across that place, and what
 * follows does not change the tokens before it: in the pattern of o200k, a word has no line feed before its first letter, and
 * whitespace with a line feed in it ends at the last one. So the tokens of the blocks are the tokens of the text.
 */
final class TextReader {
    /** The size in bytes that a block has at least, unless the text ends. */
    static final int MIN_BLOCK = 1 << 16;

    private static final char REPLACEMENT = '\uFFFD';

    /** The bytes FE and FF, one of which begins a file in UTF-16, are in no UTF-8. */
    private static final int UTF_16_MARK = 0xFE;

    private final InputStream in;
    private byte[] buffer = new byte[2 * MIN_BLOCK];

    /** The part of the buffer that has been read but not returned: from start to end, exclusive. */
    private int start;

    private int end;

    /** The byte offset of start in the text. */
    private long offset;

    TextReader(InputStream in) {
        this.in = in;
    }

    /** Returns the next line with its line feed, or null at the end. */
    @Nullable
    String line() throws IOException {
        int length = 1;
        while (has(length) && buffer[start + length - 1] != '\n') {
            length++;
        }
        return take(length);
    }

    /** Returns the next block, or null at the end. */
    @Nullable
    String block() throws IOException {
        int length = MIN_BLOCK;
        while (has(length + 1) && !(buffer[start + length - 1] == '\n' && isLetter(buffer[start + length]))) {
            length++;
        }
        return take(length);
    }

    /** Returns whether the last block has been returned. */
    boolean hasNoMoreBlocks() {
        return start == end;
    }

    private static boolean isLetter(byte b) {
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    /** Reads on until there are so many bytes; returns false if the text has fewer. */
    private boolean has(int length) throws IOException {
        while (end - start < length) {
            if (end == buffer.length) {
                makeRoom();
            }
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                return false;
            }
            end += read;
        }
        return true;
    }

    private void makeRoom() {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        } else {
            // beyond 1 GiB without a place to end, this fails as any lack of memory does
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, Integer.MAX_VALUE));
        }
    }

    /** Returns the text of so many bytes; of all that are left if they are fewer, or null if there are none. */
    private @Nullable String take(int length) {
        int taken = Math.min(length, end - start);
        if (taken == 0) {
            return null;
        }
        String text = decode(buffer, start, taken, offset);
        start += taken;
        offset += taken;
        return text;
    }

    /**
     * Returns the text of bytes.
     *
     * @param offset where they stand in the input, for the message
     * @throws IllegalArgumentException if they are not UTF-8
     */
    static String decode(byte[] bytes, int start, int length, long offset) {
        String text = new String(bytes, start, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            ByteBuffer in = ByteBuffer.wrap(bytes, start, length);
            CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, CharBuffer.allocate(length), true);
            if (result.isError()) {
                long at = offset + in.position() - start;
                int found = bytes[in.position()] & 0xFF;
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "expected UTF-8 but found byte %02X at byte offset %d", found, at)
                                + (at == 0 && found >= UTF_16_MARK ? "; if the file is UTF-16, save it as UTF-8" : ""));
            }
        }
        return text;
    }
}
