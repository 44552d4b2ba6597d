package io.harmony4j.training;

import io.harmony4j.renderer.TrainingSample;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@link Layout#MEGATRON}: the numbers back to back, and an index of where each sequence and each document begins. A sample is a sequence, a row a
 * document. Which tokens are learnt is a second such pair.
 *
 * @see <a href="https://github.com/NVIDIA/Megatron-LM/blob/main/megatron/core/datasets/indexed_dataset.py">indexed_dataset.py</a>
 */
final class MegatronFormat implements ShardFormat {
    private static final byte[] MAGIC = "MMIDIDX\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final long VERSION = 1;

    /** The byte offset in an index at which it says how many sequences and documents there are. */
    static final int COUNTS = MAGIC.length + Long.BYTES + 1;

    /** What a number is stored as, by Megatron's codes. */
    enum Type {
        BYTE(1, Byte.BYTES),
        INT(4, Integer.BYTES);

        private final int code;
        private final int bytes;

        Type(int code, int bytes) {
            this.code = code;
            this.bytes = bytes;
        }
    }

    @Override
    public List<String> rowFiles() {
        return List.of(".bin", "_mask.bin");
    }

    @Override
    public List<String> indexFiles() {
        return List.of(".idx", "_mask.idx");
    }

    @Override
    public List<ByteBuffer> encode(List<Row> rows) {
        int tokens = rows.stream().mapToInt(Row::tokens).sum();
        ByteBuffer ids = ByteBuffer.allocate(Integer.BYTES * tokens).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer masks = ByteBuffer.allocate(tokens);
        for (Row row : rows) {
            for (TrainingSample sample : row.samples()) {
                ids.put(LittleEndian.ofInts(sample.tokens()));
                masks.put(LabelMask.of(sample));
            }
        }
        return List.of(ids.flip(), masks.flip());
    }

    @Override
    public void finish(ShardLengths lengths, List<Path> rowFiles, List<Path> indexFiles) throws IOException {
        writeIndex(
                indexFiles.get(0),
                Type.INT,
                lengths.samples().toArray(),
                lengths.rows().toArray());
        writeIndex(
                indexFiles.get(1),
                Type.BYTE,
                lengths.samples().toArray(),
                lengths.rows().toArray());
    }

    /**
     * Writes an index.
     *
     * @param type what the numbers are stored as
     * @param sequences the lengths of the sequences, in numbers
     * @param documents how many sequences each document has
     */
    static void writeIndex(Path file, Type type, int[] sequences, int[] documents) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(MAGIC);
            out.write(LittleEndian.ofLongs(VERSION));
            out.write(type.code);
            out.write(LittleEndian.ofLongs(sequences.length, documents.length + 1L));
            out.write(LittleEndian.ofInts(sequences));
            long[] offsets = ShardLengths.offsets(sequences);
            long[] begins = new long[sequences.length];
            for (int i = 0; i < begins.length; i++) {
                begins[i] = offsets[i] * type.bytes;
            }
            out.write(LittleEndian.ofLongs(begins));
            out.write(LittleEndian.ofLongs(ShardLengths.offsets(documents)));
        }
    }
}
