package io.harmony4j.backends;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of an answer in UTF-8, which end with LF or CR LF, however the bytes are cut. */
final class Lines {
    /** The longest line that is read, in bytes: SGLang repeats the whole answer in each. */
    static final int MAX_BYTES = 16 << 20;

    private final AnswerBytes bytes;
    private @Nullable ByteBuffer current;
    private byte[] line = new byte[1024];
    private int length;

    Lines(AnswerBytes bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns the next line, without its end; null after the last.
     *
     * @throws BackendException if it is too long
     */
    @Nullable
    String next() {
        while (true) {
            ByteBuffer buffer = current != null && current.hasRemaining() ? current : bytes.next();
            current = buffer;
            if (buffer == null) {
                return length == 0 ? null : take();
            }
            int start = buffer.position();
            int end = start;
            while (end < buffer.limit() && buffer.get(end) != '\n') {
                end++;
            }
            append(buffer, end - start);
            if (buffer.hasRemaining()) {
                buffer.get(); // the line's end
                return take();
            }
        }
    }

    private void append(ByteBuffer buffer, int count) {
        if (count > MAX_BYTES - length) {
            String start = new String(line, 0, Math.min(length, 400), StandardCharsets.UTF_8);
            throw bytes.broken(
                    "sent a line of more than " + MAX_BYTES + " bytes, which begins with " + ErrorWords.excerpt(start),
                    null);
        }
        if (count > line.length - length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + count));
        }
        buffer.get(line, length, count);
        length += count;
    }

    private String take() {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        length = 0;
        return new String(line, 0, end, StandardCharsets.UTF_8);
    }
}
