package io.harmony4j.training;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines, in blocks that can be worked on apart. Where a block ends depends on the bytes from its start on, and on nothing else, so that reading can be
 * taken up again at any block.
 */
final class LineBlocks implements Closeable {
    /** The most bytes of a line: longer ones are not kept. */
    static final int MAX_LINE = 1 << 28;

    private static final int BLOCK = 1 << 22;
    private static final byte LINE_FEED = '\n';

    private final InputStream in;
    private final int blockSize;
    private final int maxLine;
    private byte[] rest = {};
    private long line = 1;

    LineBlocks(InputStream in) {
        this(in, BLOCK, MAX_LINE);
    }

    /**
     * @param blockSize how many bytes a block has at most, unless its first line has more
     * @param maxLine the most bytes of a line, at least the size of a block
     */
    LineBlocks(InputStream in, int blockSize, int maxLine) {
        this.in = in;
        this.blockSize = blockSize;
        this.maxLine = maxLine;
    }

    /**
     * Some lines.
     *
     * @param bytes those of the lines, in UTF-8, up to the length
     * @param length how many bytes there are
     * @param firstLine the number of the first line, from 1
     * @param nextLine the number of the line after the last
     * @param isTooLong whether these are the first bytes of one line that is too long to be kept
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, by one task
    record Block(byte[] bytes, int length, long firstLine, long nextLine, boolean isTooLong) {}

    /** Returns the next block, or null at the end. */
    @Nullable
    Block next() throws IOException {
        byte[] bytes = Arrays.copyOf(rest, Math.max(blockSize, rest.length));
        int length = fill(bytes, rest.length);
        if (length == 0) {
            return null;
        }
        int end = lastLineEnd(bytes, 0, Math.min(length, blockSize));
        int searched = Math.min(length, blockSize);
        while (end == 0 && (searched < length || length == bytes.length)) {
            if (searched == length) { // the first line goes on
                if (length >= maxLine) {
                    return skipLine(bytes, length);
                }
                bytes = Arrays.copyOf(bytes, (int) Math.min(maxLine, 2L * length));
                length = fill(bytes, length);
                if (length == searched) {
                    break;
                }
            }
            end = firstLineEnd(bytes, searched, length);
            searched = length;
        }
        if (end == 0) { // the last line has no line feed
            end = length;
        }
        rest = Arrays.copyOfRange(bytes, end, length);
        return block(bytes, end, false);
    }

    private Block block(byte[] bytes, int end, boolean isTooLong) {
        long first = line;
        line += isTooLong ? 1 : count(bytes, end);
        return new Block(bytes, end, first, line, isTooLong);
    }

    /** Reads over the rest of a line that is too long. */
    private Block skipLine(byte[] bytes, int length) throws IOException {
        byte[] more = new byte[blockSize];
        rest = new byte[0];
        for (int read = in.readNBytes(more, 0, more.length); read > 0; read = in.readNBytes(more, 0, more.length)) {
            int end = firstLineEnd(more, 0, read);
            if (end > 0) {
                rest = Arrays.copyOfRange(more, end, read);
                break;
            }
        }
        return block(bytes, length, true);
    }

    private int fill(byte[] bytes, int from) throws IOException {
        return from + in.readNBytes(bytes, from, bytes.length - from);
    }

    /** Returns the index after the last line feed; {@code from} if there is none. */
    private static int lastLineEnd(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && bytes[end - 1] != LINE_FEED) {
            end--;
        }
        return end;
    }

    /** Returns the index after the first line feed; 0 if there is none. */
    private static int firstLineEnd(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == LINE_FEED) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Counts lines; the last one may have no line feed. */
    private static long count(byte[] bytes, int length) {
        long count = bytes[length - 1] == LINE_FEED ? 0 : 1;
        for (int i = 0; i < length; i++) {
            count += bytes[i] == LINE_FEED ? 1 : 0;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
