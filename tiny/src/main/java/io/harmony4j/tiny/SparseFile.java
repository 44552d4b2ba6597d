package io.harmony4j.tiny;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is mostly zeros, written down as what is not zero. Most rows of the tiny model's embedding are zero, because the
 * model knows a few thousand of the 201,088 tokens: of 100 MB, three are left. Written back with holes, where the file system
 * has such, the zeros take no space and no time either.
 *
 * <p>The form, all numbers big-endian: the file's length (64 bits), then for each stretch its offset (64 bits), its length (32
 * bits) and its bytes, in the order of the offsets; the last stretch is followed by the end of the form.
 */
final class SparseFile {
    /** Fewer zeros in a row than this are not worth a stretch of their own. */
    private static final int GAP = 64;

    private static final int MAX_STRETCH = 1 << 16;

    private SparseFile() {}

    /** Writes a file's content in the form above. */
    static void pack(byte[] content, OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        out.writeLong(content.length);
        int from = nextByte(content, 0);
        while (from < content.length) {
            int end = endOfStretch(content, from);
            out.writeLong(from);
            out.writeInt(end - from);
            out.write(content, from, end - from);
            from = nextByte(content, end);
        }
        out.flush();
    }

    /**
     * Writes the file back.
     *
     * @param packed the form above
     * @param file the file, which must not exist
     * @throws IOException if the form is cut off or not what it should be, or the file cannot be written
     */
    static void unpack(InputStream packed, Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(packed));
                FileChannel out = FileChannel.open(
                        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            long size = in.readLong();
            byte[] stretch = new byte[MAX_STRETCH];
            long end = 0;
            while (hasMore(in)) {
                long offset = in.readLong();
                int length = in.readInt();
                if (offset < end || length < 0 || length > Math.min(MAX_STRETCH, size - offset)) {
                    throw new IOException("expected a stretch between " + end + " and " + size + " but found " + length
                            + " bytes at " + offset);
                }
                in.readFully(stretch, 0, length);
                write(ByteBuffer.wrap(stretch, 0, length), out, offset);
                end = offset + length;
            }
            fill(out, size);
        }
    }

    private static boolean hasMore(DataInputStream in) throws IOException {
        in.mark(1);
        boolean more = in.read() >= 0;
        in.reset();
        return more;
    }

    private static void write(ByteBuffer bytes, FileChannel to, long offset) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += to.write(bytes, at);
        }
    }

    /** Makes the file so long, with zeros at its end. */
    private static void fill(FileChannel out, long size) throws IOException {
        if (out.size() < size) {
            write(ByteBuffer.allocate(1), out, size - 1);
        }
    }

    private static int nextByte(byte[] content, int from) {
        int at = from;
        while (at < content.length && content[at] == 0) {
            at++;
        }
        return at;
    }

    /** Returns the end of the stretch that begins here: before a gap, or when it is as long as one may be. */
    private static int endOfStretch(byte[] content, int from) {
        int limit = Math.min(content.length, from + MAX_STRETCH);
        int end = from;
        for (int at = from; at < limit && at - end < GAP; at++) {
            if (content[at] != 0) {
                end = at + 1;
            }
        }
        return end;
    }
}
