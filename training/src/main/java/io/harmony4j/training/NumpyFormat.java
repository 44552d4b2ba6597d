package io.harmony4j.training;

import io.harmony4j.renderer.TrainingSample;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link Layout#NPY}: arrays of one dimension in NumPy's format 1.0. How many numbers there are is written last, into a header of fixed length.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>
 */
final class NumpyFormat implements ShardFormat {
    static final String INT = "<i4";
    static final String LONG = "<i8";
    static final String FLOAT = "<f4";

    static final int HEADER = 128; // bytes, a multiple of 64
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    private final boolean isPacked;
    private final boolean isWeighted;

    NumpyFormat(boolean isPacked, boolean isWeighted) {
        this.isPacked = isPacked;
        this.isWeighted = isWeighted;
    }

    @Override
    public List<String> rowFiles() {
        List<String> files = new ArrayList<>(List.of(".ids.npy", ".labels.npy"));
        if (isWeighted) {
            files.add(".weights.npy");
        }
        return files;
    }

    @Override
    public List<String> indexFiles() {
        return isPacked ? List.of(".offsets.npy", ".samples.npy") : List.of(".offsets.npy");
    }

    @Override
    public int reservedBytes() {
        return HEADER;
    }

    @Override
    public List<ByteBuffer> encode(List<Row> rows) {
        int tokens = rows.stream().mapToInt(Row::tokens).sum();
        ByteBuffer ids = ByteBuffer.allocate(Integer.BYTES * tokens).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer labels = ByteBuffer.allocate(Integer.BYTES * tokens).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer weights =
                ByteBuffer.allocate(isWeighted ? Float.BYTES * tokens : 0).order(ByteOrder.LITTLE_ENDIAN);
        for (Row row : rows) {
            for (TrainingSample sample : row.samples()) {
                put(ids, sample.tokens());
                put(labels, sample.labels());
                if (isWeighted) {
                    weights.asFloatBuffer().put(sample.weights());
                    weights.position(weights.position() + Float.BYTES * sample.length());
                }
            }
        }
        ids.flip();
        labels.flip();
        weights.flip();
        return isWeighted ? List.of(ids, labels, weights) : List.of(ids, labels);
    }

    private static void put(ByteBuffer bytes, int[] numbers) {
        bytes.asIntBuffer().put(numbers);
        bytes.position(bytes.position() + Integer.BYTES * numbers.length);
    }

    @Override
    public void finish(ShardLengths lengths, List<Path> rowFiles, List<Path> indexFiles) throws IOException {
        String[] types = {INT, INT, FLOAT};
        for (int i = 0; i < rowFiles.size(); i++) {
            try (FileChannel file = FileChannel.open(rowFiles.get(i), StandardOpenOption.WRITE)) {
                ByteBuffer header = ByteBuffer.wrap(header(types[i], lengths.tokens()));
                while (header.hasRemaining()) {
                    file.write(header, header.position());
                }
            }
        }
        writeLongs(indexFiles.get(0), ShardLengths.offsets(lengths.rowLengths()));
        if (isPacked) {
            writeLongs(indexFiles.get(1), ShardLengths.offsets(lengths.samples().toArray()));
        }
    }

    private static void writeLongs(Path file, long[] numbers) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(header(LONG, numbers.length));
            out.write(LittleEndian.ofLongs(numbers));
        }
    }

    /** Returns the header of an array of one dimension. */
    static byte[] header(String type, long length) {
        String description = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + length + ",), }";
        int textLength = HEADER - MAGIC.length - Short.BYTES;
        String text = description + " ".repeat(textLength - 1 - description.length()) + "\n";
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).putShort((short) textLength).put(text.getBytes(StandardCharsets.US_ASCII));
        return header.array();
    }
}
