package io.harmony4j.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Puts text together from the bytes of tokens, where a character may be spread over several tokens. Ill-formed bytes become
 * U+FFFD, one for each maximal subpart of a character (Unicode 16, section 3.9, "U+FFFD Substitution of Maximal Subparts"),
 * as in Rust and Python; Java's own decoder counts an encoded surrogate as one.
 *
 * <p>{@code buffer[start..end)} holds the bytes whose text is not out yet. Belongs to one stream.
 */
final class Utf8Decoder {
    private static final char REPLACEMENT = '\uFFFD';

    /** What {@link #sequenceLength} returns for a character whose end is still to come. */
    private static final int INCOMPLETE = 0;

    private final boolean oneErrorAtATime;
    private final StringBuilder text = new StringBuilder();
    private byte[] buffer = new byte[256];
    private int start;
    private int end;
    private boolean hasReplaced;

    /**
     * @param oneErrorAtATime whether {@link #decode} stops after an ill-formed sequence and leaves the rest for the next call,
     *     as openai/harmony does; otherwise it holds back at most three bytes
     */
    Utf8Decoder(boolean oneErrorAtATime) {
        this.oneErrorAtATime = oneErrorAtATime;
    }

    /** Makes room for the given number of bytes; the caller writes them to {@link #buffer()} at the returned index. */
    int reserve(int length) {
        if (start == end) {
            start = 0;
            end = 0;
        } else if (end + length > buffer.length && start >= buffer.length / 2) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end + length > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, end + length));
        }
        return end;
    }

    byte[] buffer() {
        return buffer;
    }

    /** Returns the text that the given number of further bytes in the buffer brings; may be empty. */
    String decode(int length) {
        end += length;
        if (isAscii()) {
            String ascii = new String(buffer, start, end - start, StandardCharsets.ISO_8859_1);
            start = end;
            return ascii;
        }
        text.setLength(0);
        while (start < end) {
            int sequence = sequenceLength(start);
            if (sequence == INCOMPLETE) {
                break;
            }
            append(sequence);
            if (sequence < 0 && oneErrorAtATime) {
                break;
            }
        }
        return text.toString();
    }

    /** Returns the text of what was held back, and forgets it. */
    String finish() {
        text.setLength(0);
        while (start < end) {
            int sequence = sequenceLength(start);
            append(sequence == INCOMPLETE ? start - end : sequence);
        }
        return text.toString();
    }

    /** Returns whether anything has been replaced since this was asked last. */
    boolean takeReplaced() {
        boolean replaced = hasReplaced;
        hasReplaced = false;
        return replaced;
    }

    /** Forgets what was held back. */
    void clear() {
        start = 0;
        end = 0;
        hasReplaced = false;
    }

    private boolean isAscii() {
        for (int i = start; i < end; i++) {
            if (buffer[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Appends the next character, or U+FFFD for a negative length, and moves on. */
    private void append(int sequence) {
        switch (sequence) {
            case 1 -> text.append((char) buffer[start]);
            case 2 -> text.append((char) ((buffer[start] & 0x1F) << 6 | continuation(1)));
            case 3 -> text.append((char) ((buffer[start] & 0x0F) << 12 | continuation(1) << 6 | continuation(2)));
            case 4 ->
                text.appendCodePoint(
                        (buffer[start] & 0x07) << 18 | continuation(1) << 12 | continuation(2) << 6 | continuation(3));
            default -> {
                text.append(REPLACEMENT);
                hasReplaced = true;
            }
        }
        start += Math.abs(sequence);
    }

    private int continuation(int offset) {
        return buffer[start + offset] & 0x3F;
    }

    /**
     * Returns the length of the well-formed sequence at an index, {@link #INCOMPLETE}, or minus the length of the maximal
     * subpart of an ill-formed one (Unicode 16, table 3-7).
     */
    private int sequenceLength(int at) {
        int lead = buffer[at] & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        if (lead < 0xC2 || lead > 0xF4) {
            return -1;
        }
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        int lowest = switch (lead) {
            case 0xE0 -> 0xA0;
            case 0xF0 -> 0x90;
            default -> 0x80;
        };
        int highest = switch (lead) {
            case 0xED -> 0x9F;
            case 0xF4 -> 0x8F;
            default -> 0xBF;
        };
        for (int i = 1; i < length; i++) {
            if (at + i == end) {
                return INCOMPLETE;
            }
            int next = buffer[at + i] & 0xFF;
            if (next < lowest || next > highest) {
                return -i;
            }
            lowest = 0x80;
            highest = 0xBF;
        }
        return length;
    }

    /** Returns whether no byte is held back. */
    boolean isEmpty() {
        return start == end;
    }

    /** Returns the bytes that are held back. */
    byte[] pending() {
        return Arrays.copyOfRange(buffer, start, end);
    }

    /** Holds bytes back, as if they had come before. */
    void restore(byte[] pending) {
        clear();
        int at = reserve(pending.length);
        System.arraycopy(pending, 0, buffer, at, pending.length);
        end = at + pending.length;
    }
}
