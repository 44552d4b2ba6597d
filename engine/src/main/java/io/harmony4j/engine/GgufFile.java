package io.harmony4j.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of metadata and tensors in the <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">GGUF format</a>, version 2
 * or 3. Of the metadata, numbers, booleans and strings are kept; arrays are passed over, except that short ones of numbers are kept as
 * lists.
 */
final class GgufFile {
    private static final int MAGIC = 0x46554747; // "GGUF"
    /** Limits against damaged files: real ones have some dozens of keys and hundreds of tensors. */
    private static final long MAX_ENTRIES = 1 << 20;

    private static final int MAX_NAME = 1 << 16;
    private static final int MAX_TEXT = 1 << 24;
    private static final int MAX_DIMENSIONS = 4;
    private static final int MAX_KEPT_ARRAY = 1024;
    private static final int MAX_ARRAY_DEPTH = 8;

    private final MappedFile file;
    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /** Where the next value is, in bytes. */
    private long position;

    private GgufFile(MappedFile file) {
        this.file = file;
    }

    static GgufFile read(Path path) {
        GgufFile gguf = new GgufFile(MappedFile.open(path));
        try {
            gguf.read();
        } catch (IndexOutOfBoundsException e) {
            throw gguf.problem("the file ends at byte " + gguf.file.size() + ", within its header; is it whole?");
        }
        return gguf;
    }

    Path path() {
        return file.path();
    }

    /** Returns the metadata: Long, Double, Boolean, String, or a List of these. */
    Map<String, Object> metadata() {
        return metadata;
    }

    Map<String, Tensor> tensors() {
        return tensors;
    }

    private void read() {
        if (file.size() < 4 || uint32() != MAGIC) {
            throw problem("expected \"GGUF\" in the first 4 bytes");
        }
        long version = uint32();
        if (version != 2 && version != 3) {
            throw problem("expected GGUF version 2 or 3 but found " + version);
        }
        long tensorCount = count("tensors", MAX_ENTRIES);
        long keyCount = count("keys", MAX_ENTRIES);
        for (long i = 0; i < keyCount; i++) {
            String key = string("a key", MAX_NAME);
            Object value = value(key, uint32(), 0);
            metadata.put(key, value);
        }
        if (metadata.get("split.count") instanceof Long parts && parts > 1) {
            throw problem("expected the whole model in one file but found one of " + parts
                    + " parts; merge them with llama.cpp's gguf-split --merge");
        }
        List<Runnable> places = new ArrayList<>();
        for (long i = 0; i < tensorCount; i++) {
            places.add(tensor());
        }
        long alignment = metadata.get("general.alignment") instanceof Long given ? given : 32;
        if (alignment <= 0 || Long.bitCount(alignment) != 1) {
            throw problem("key general.alignment: expected a power of two but found " + alignment);
        }
        position = (position + alignment - 1) & -alignment;
        places.forEach(Runnable::run);
    }

    /** Reads a tensor's entry, and returns what is left to do when it is known where the data begin. */
    private Runnable tensor() {
        String name = string("a tensor's name", MAX_NAME);
        long dimensions = uint32();
        if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
            throw problem(
                    "tensor " + name + ": expected 1 to " + MAX_DIMENSIONS + " dimensions but found " + dimensions);
        }
        List<Long> shape = new ArrayList<>(); // the file has the fastest dimension first
        for (int i = 0; i < dimensions; i++) {
            shape.add(0, uint64());
        }
        TensorType type = type(name, (int) uint32());
        long offset = uint64();
        return () -> place(name, type, shape, offset);
    }

    private void place(String name, TensorType type, List<Long> shape, long offset) {
        long elements = Tensor.elements(shape);
        if (elements < 0 || shape.get(shape.size() - 1) % type.blockElements() != 0) {
            throw problem("tensor " + name + ": expected rows of whole blocks of " + type.blockElements()
                    + " but found " + shape);
        }
        long available = file.size() - position;
        if (offset < 0 || offset > available || type.bytes(elements) > available - offset) {
            throw problem("tensor " + name + ": expected " + type.bytes(elements) + " bytes of " + type + " " + shape
                    + " from byte " + offset + " of the data but there are only " + Math.max(0, available)
                    + "; is the file whole?");
        }
        tensors.put(name, new Tensor(name, type, shape, file, position + offset));
    }

    private TensorType type(String name, int ggmlType) {
        return switch (ggmlType) {
            case 0 -> TensorType.F32;
            case 1 -> TensorType.F16;
            case 8 -> TensorType.Q8_0;
            case 30 -> TensorType.BF16;
            case 39 -> TensorType.MXFP4;
            default ->
                throw problem("tensor " + name
                        + ": expected type F32 (0), F16 (1), Q8_0 (8), BF16 (30) or MXFP4 (39) but found "
                        + "ggml type " + ggmlType);
        };
    }

    private Object value(String key, long type, int depth) {
        return switch ((int) type) {
            case 0 -> (long) (bytes(1).get(0) & 0xFF);
            case 1 -> (long) bytes(1).get(0);
            case 2 -> (long) (bytes(2).getShort(0) & 0xFFFF);
            case 3 -> (long) bytes(2).getShort(0);
            case 4 -> uint32();
            case 5 -> (long) bytes(4).getInt(0);
            case 6 -> (double) bytes(4).getFloat(0);
            case 7 -> bytes(1).get(0) != 0;
            case 8 -> string("key " + key, MAX_TEXT);
            case 9 -> array(key, depth);
            case 10, 11 -> uint64();
            case 12 -> bytes(8).getDouble(0);
            default -> throw problem("key " + key + ": expected a value of type 0 to 12 but found type " + type);
        };
    }

    private List<Object> array(String key, int depth) {
        if (depth == MAX_ARRAY_DEPTH) {
            throw problem("key " + key + ": expected arrays at most " + MAX_ARRAY_DEPTH + " deep");
        }
        long type = uint32();
        long length = count("elements of " + key, file.size());
        boolean kept = length <= MAX_KEPT_ARRAY && type != 8 && type != 9;
        List<Object> elements = new ArrayList<>();
        for (long i = 0; i < length; i++) {
            if (type == 8) {
                long bytes = count("bytes of " + key, file.size());
                position += bytes;
            } else {
                Object element = value(key, type, depth + 1);
                if (kept) {
                    elements.add(element);
                }
            }
        }
        return elements;
    }

    private String string(String what, int limit) {
        long length = count("bytes of " + what, limit);
        byte[] utf8 = new byte[Math.toIntExact(Math.min(length, Math.max(0, file.size() - position)))];
        bytes(length).get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private long count(String of, long limit) {
        long count = uint64();
        if (count < 0 || count > limit) {
            throw problem("expected at most " + limit + " " + of + " but found " + Long.toUnsignedString(count)
                    + " at byte " + (position - 8));
        }
        return count;
    }

    private long uint32() {
        return bytes(4).getInt(0) & 0xFFFF_FFFFL;
    }

    private long uint64() {
        return bytes(8).getLong(0);
    }

    private ByteBuffer bytes(long length) {
        ByteBuffer bytes = file.slice(position, length);
        position += length;
        return bytes;
    }

    private CheckpointException problem(String problem) {
        return new CheckpointException(file.path(), problem);
    }
}
