package io.harmony4j.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file mapped into memory, read only; nothing is read before it is touched, and the mapping lasts until no slice is left.
 *
 * <p>A {@link ByteBuffer} holds less than two gigabytes. The file is therefore mapped in segments that begin every gigabyte and
 * are up to two gigabytes long: any range of at most {@link #MAX_SLICE} bytes lies within one. Immutable.
 */
final class MappedFile {
    /** The longest range that {@link #slice} gives, in bytes. */
    static final long MAX_SLICE = 1L << 30;

    /** The largest file that is mapped, in bytes: 4 TiB, ten times gpt-oss-120b in 32 bits. */
    private static final long MAX_SIZE = 1L << 42;

    private final Path path;
    private final long size;
    private final ByteBuffer[] segments;

    private MappedFile(Path path, long size, ByteBuffer[] segments) {
        this.path = path;
        this.size = size;
        this.segments = segments;
    }

    static MappedFile open(Path path) {
        requireFile(path);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = requireSize(path, channel.size(), MAX_SIZE);
            ByteBuffer[] segments = new ByteBuffer[(int) ((size + MAX_SLICE - 1) / MAX_SLICE)];
            for (int i = 0; i < segments.length; i++) {
                long start = i * MAX_SLICE;
                segments[i] = channel.map(MapMode.READ_ONLY, start, Math.min(2 * MAX_SLICE - 1, size - start));
            }
            return new MappedFile(path, size, segments);
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Throws if there is no file, or something else of its name: to read a device or a pipe might never end. */
    static void requireFile(Path path) {
        if (!Files.isRegularFile(path)) {
            String found = Files.isDirectory(path) ? "a folder" : "something else";
            throw new CheckpointException(
                    path, Files.exists(path) ? "expected a file but found " + found : "no such file");
        }
    }

    /** Returns a file's size, in bytes; throws if it is more than {@code most}. */
    static long requireSize(Path path, long size, long most) {
        if (size > most) {
            throw new CheckpointException(path, "expected a file of at most " + most + " bytes but found " + size);
        }
        return size;
    }

    Path path() {
        return path;
    }

    /** Returns the file's length in bytes. */
    long size() {
        return size;
    }

    /** Returns the segments; their positions are at 0. */
    List<ByteBuffer> segments() {
        return List.of(segments);
    }

    /**
     * Returns {@code length} bytes from {@code offset}, in little-endian order.
     *
     * @throws IndexOutOfBoundsException if they are not all in the file
     * @throws IllegalArgumentException if they are more than {@link #MAX_SLICE}
     */
    ByteBuffer slice(long offset, long length) {
        if (length > MAX_SLICE) {
            throw new IllegalArgumentException("expected at most " + MAX_SLICE + " bytes but found " + length);
        }
        if (offset < 0 || length < 0 || offset > size - length) {
            throw new IndexOutOfBoundsException(path + ": ends at byte " + size + ", before byte " + (offset + length));
        }
        if (length == 0) {
            return ByteBuffer.allocate(0);
        }
        int segment = (int) (offset / MAX_SLICE);
        return segments[segment]
                .slice((int) (offset - segment * MAX_SLICE), (int) length)
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
