package io.harmony4j.engine.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Writes a file in the <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">GGUF format</a>, version 3. */
public final class GgufWriter {
    private static final int ALIGNMENT = 32;

    /** The format's numbers for types of values. */
    private static final int UINT32 = 4;

    private static final int INT32 = 5;
    private static final int FLOAT32 = 6;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private final ByteArrayOutputStream header = new ByteArrayOutputStream();

    private GgufWriter() {}

    /**
     * Writes a file.
     *
     * @param metadata values are Integer (UINT32), Float (FLOAT32), Boolean, String, int[] (INT32 each) or a list of String
     * @param progress is called repeatedly with the number of bytes written so far
     * @throws IOException if it cannot be written
     */
    public static void write(Path path, Map<String, Object> metadata, List<NewTensor> tensors, LongConsumer progress)
            throws IOException {
        try (TensorOutput out = new TensorOutput(path, progress)) {
            out.write(ByteBuffer.wrap(new GgufWriter().header(metadata, tensors)));
            for (NewTensor tensor : tensors) {
                out.align(ALIGNMENT);
                out.write(tensor);
            }
        }
    }

    private byte[] header(Map<String, Object> metadata, List<NewTensor> tensors) {
        header.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        uint32(3);
        uint64(tensors.size());
        uint64(metadata.size());
        metadata.forEach(this::entry);
        long offset = 0;
        for (NewTensor tensor : tensors) {
            string(tensor.name());
            uint32(tensor.shape().size());
            for (int i = tensor.shape().size() - 1; i >= 0; i--) { // the fastest dimension first
                uint64(tensor.shape().get(i));
            }
            uint32(ggmlType(tensor.type()));
            uint64(offset);
            offset = (offset + tensor.bytes() + ALIGNMENT - 1) & -ALIGNMENT;
        }
        return header.toByteArray();
    }

    private void entry(String key, Object value) {
        string(key);
        if (value instanceof Integer number) {
            uint32(UINT32);
            uint32(number);
        } else if (value instanceof Float number) {
            uint32(FLOAT32);
            uint32(Float.floatToRawIntBits(number));
        } else if (value instanceof Boolean bool) {
            uint32(BOOL);
            header.write(bool ? 1 : 0);
        } else if (value instanceof String text) {
            uint32(STRING);
            string(text);
        } else if (value instanceof int[] numbers) {
            array(INT32, numbers.length);
            for (int number : numbers) {
                uint32(number);
            }
        } else if (value instanceof List<?> texts) {
            array(STRING, texts.size());
            texts.forEach(text -> string((String) text));
        } else {
            throw new IllegalArgumentException(
                    "expected an Integer, Float, Boolean, String, int[] or List for " + key + " but found " + value);
        }
    }

    private void array(int type, int length) {
        uint32(ARRAY);
        uint32(type);
        uint64(length);
    }

    private static int ggmlType(TensorType type) {
        return switch (type) {
            case F32 -> 0;
            case F16 -> 1;
            case Q8_0 -> 8;
            case BF16 -> 30;
            case MXFP4 -> 39;
            case U8 -> throw new IllegalArgumentException("expected a type that GGUF has but found " + type);
        };
    }

    private void string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        uint64(utf8.length);
        header.writeBytes(utf8);
    }

    private void uint32(int value) {
        header.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    private void uint64(long value) {
        header.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }
}
