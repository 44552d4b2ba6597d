package io.harmony4j.engine.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/** Writes the bytes of a checkpoint's file, tensor by tensor and in chunks, so that a whole tensor is never in memory. */
final class TensorOutput implements AutoCloseable {
    /** Blocks of a chunk: a multiple of eight, of a megabyte or two. */
    private static final int CHUNK_BLOCKS = 1 << 16;

    /** Bytes that are written at once. Linux keeps what comes in whole pieces of 2 MB in memory in pages of that size. */
    private static final int PIECE = 4 << 20;

    private final FileChannel channel;
    private final LongConsumer progress;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    private long position;

    /** @param progress is called repeatedly with the number of bytes written so far */
    TensorOutput(Path path, LongConsumer progress) throws IOException {
        this.progress = progress;
        this.channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int count = Math.min(piece.remaining(), bytes.remaining());
            piece.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            position += count;
            if (!piece.hasRemaining()) {
                writePiece();
            }
        }
        progress.accept(position);
    }

    private void writePiece() throws IOException {
        piece.flip();
        while (piece.hasRemaining()) {
            channel.write(piece);
        }
        piece.clear();
    }

    /** Writes zeros up to the next multiple of {@code alignment}. */
    void align(int alignment) throws IOException {
        write(ByteBuffer.allocate((int) ((alignment - position % alignment) % alignment)));
    }

    void write(NewTensor tensor) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocateDirect(
                        CHUNK_BLOCKS * tensor.type().blockBytes())
                .order(ByteOrder.LITTLE_ENDIAN);
        for (long left = tensor.bytes(); left > 0; left -= chunk.limit()) {
            tensor.elements().fill(chunk.clear());
            write(chunk.flip().limit((int) Math.min(left, chunk.capacity())));
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            writePiece();
        }
    }
}
