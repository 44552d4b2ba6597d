package io.harmony4j.engine;

import io.harmony4j.engine.storage.TensorType;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A file of metadata and tensors in the <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">GGUF format</a>, version 2
 * or 3. Of the metadata, numbers, booleans and strings are kept; arrays are passed over, except that short ones of numbers are kept as
 * lists.
 */
final class GgufFile {
    private static final int MAGIC = 0x46554747; // "GGUF"
    /** The most keys, and the most tensors, against damaged and hostile files: real ones have some dozens and some hundreds. */
    private static final long MAX_ENTRIES = 1 << 16;

    /** The most bytes of all keys, names and texts together; real ones have some thousands, the longest being a chat template. */
    private static final int MAX_TEXTS = 1 << 24;

    /** The most elements of all arrays of texts and of arrays together; a vocabulary and its merges have less than a million. */
    private static final int MAX_ELEMENTS = 1 << 24;

    private static final int MAX_DIMENSIONS = 4;
    private static final int MAX_KEPT_ARRAY = 1024;
    private static final int MAX_ARRAY_DEPTH = 8;
    private static final long MAX_ALIGNMENT = 1 << 20;

    private final MappedFile file;
    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /** Where the next value is, in bytes. */
    private long position;

    /** How many bytes of texts, and how many elements, may still come. */
    private long textsLeft = MAX_TEXTS;

    private long elementsLeft = MAX_ELEMENTS;

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

    /** Returns the metadata: Long, BigInteger, Double, Boolean, String, or a List of these. */
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
            String key = string("a key");
            Object value = value(key, uint32(), 0);
            if (metadata.put(key, value) != null) {
                throw problem("key " + key + ": expected it once but found it again");
            }
        }
        Object parts = metadata.getOrDefault("split.count", 1L);
        if (!parts.equals(0L) && !parts.equals(1L)) {
            throw problem("key split.count: expected the whole model in one file but found one of " + parts
                    + " parts; merge them with llama.cpp's gguf-split --merge");
        }
        List<Runnable> places = new ArrayList<>();
        for (long i = 0; i < tensorCount; i++) {
            places.add(tensor());
        }
        long alignment = alignment();
        position = (position + alignment - 1) & -alignment;
        places.forEach(Runnable::run);
    }

    private long alignment() {
        Object found = metadata.getOrDefault("general.alignment", 32L);
        if (found instanceof Long alignment
                && alignment > 0
                && alignment <= MAX_ALIGNMENT
                && Long.bitCount(alignment) == 1) {
            return alignment;
        }
        throw problem("key general.alignment: expected a power of two up to " + MAX_ALIGNMENT + " but found " + found);
    }

    /** Reads a tensor's entry, and returns what is left to do when it is known where the data begin. */
    private Runnable tensor() {
        String name = string("a tensor's name");
        long dimensions = uint32();
        if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
            throw problem(
                    "tensor " + name + ": expected 1 to " + MAX_DIMENSIONS + " dimensions but found " + dimensions);
        }
        List<Long> shape = new ArrayList<>(); // the file has the fastest dimension first
        for (int i = 0; i < dimensions; i++) {
            shape.add(0, uint64());
        }
        TensorType type = type(name, uint32());
        long offset = uint64();
        return () -> place(name, type, shape, offset);
    }

    private void place(String name, TensorType type, List<Long> shape, long offset) {
        long elements = Tensor.elements(shape);
        if (elements < 0) {
            throw problem("tensor " + name + ": expected a shape of less than 2^57 elements but found "
                    + shape.stream().map(Long::toUnsignedString).toList());
        }
        if (shape.get(shape.size() - 1) % type.blockElements() != 0) {
            throw problem("tensor " + name + ": expected rows of whole blocks of " + type.blockElements()
                    + " but found " + shape);
        }
        long available = file.size() - position;
        if (offset < 0 || offset > available || type.bytes(elements) > available - offset) {
            throw problem("tensor " + name + ": expected " + type.bytes(elements) + " bytes of " + type + " " + shape
                    + " from byte " + offset + " of the data but there are only " + Math.max(0, available)
                    + "; is the file whole?");
        }
        Tensor tensor = new Tensor(name, type, shape, file, position + offset);
        if (tensors.put(name, tensor) != null) {
            throw tensor.problem("expected it once but found it again");
        }
    }

    private TensorType type(String name, long ggmlType) {
        return switch ((int) ggmlType) {
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
            case 8 -> string("key " + key);
            case 9 -> array(key, depth);
            case 10 -> unsigned(uint64());
            case 11 -> uint64();
            case 12 -> bytes(8).getDouble(0);
            default -> throw problem("key " + key + ": expected a value of type 0 to 12 but found type " + type);
        };
    }

    /** Returns a number as a Long, or as a BigInteger if it is too large for one. */
    private static Object unsigned(long number) {
        return number >= 0 ? (Object) number : new BigInteger(Long.toUnsignedString(number));
    }

    private List<Object> array(String key, int depth) {
        if (depth == MAX_ARRAY_DEPTH) {
            throw problem("key " + key + ": expected arrays at most " + MAX_ARRAY_DEPTH + " deep");
        }
        long type = uint32();
        long length = count("elements of key " + key, file.size());
        int elementBytes = bytesOf(key, type);
        List<Object> elements = new ArrayList<>();
        if (elementBytes > 0 && (length > MAX_KEPT_ARRAY || depth > 0)) {
            skip(length * elementBytes);
            return elements;
        }
        if (elementBytes == 0) {
            elementsLeft -= length;
            if (elementsLeft < 0) {
                throw problem("key " + key + ": expected at most " + MAX_ELEMENTS
                        + " texts and arrays in all arrays together but found more");
            }
        }
        for (long i = 0; i < length; i++) {
            switch ((int) type) {
                case 8 -> skip(count("bytes of key " + key, file.size()));
                case 9 -> array(key, depth + 1);
                default -> elements.add(value(key, type, depth));
            }
        }
        return elements;
    }

    /** Returns how many bytes a value of a type has; 0 if that differs. */
    private int bytesOf(String key, long type) {
        return switch ((int) type) {
            case 0, 1, 7 -> 1;
            case 2, 3 -> 2;
            case 4, 5, 6 -> 4;
            case 10, 11, 12 -> 8;
            case 8, 9 -> 0;
            default -> throw problem("key " + key + ": expected elements of type 0 to 12 but found type " + type);
        };
    }

    private String string(String what) {
        long length = count("bytes of " + what, file.size());
        textsLeft -= length;
        if (textsLeft < 0) {
            throw problem(what + ": expected at most " + MAX_TEXTS
                    + " bytes of keys, names and texts together but found more");
        }
        ByteBuffer bytes = bytes(length);
        byte[] utf8 = new byte[(int) length];
        bytes.get(utf8);
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

    /** Passes over bytes, which must be in the file. */
    private void skip(long length) {
        Objects.checkFromIndexSize(position, length, file.size());
        position += length;
    }

    private CheckpointException problem(String problem) {
        return new CheckpointException(file.path(), problem);
    }
}
