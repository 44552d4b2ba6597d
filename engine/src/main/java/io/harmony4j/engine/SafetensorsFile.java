package io.harmony4j.engine;

import io.harmony4j.engine.storage.TensorType;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of tensors in the <a href="https://github.com/huggingface/safetensors#format">safetensors format</a>: the length of a
 * JSON header in 8 bytes, the header, which says each tensor's type, shape and place, then the tensors.
 */
final class SafetensorsFile {
    /** The longest header that is read, in bytes; the format's own limit. */
    private static final long MAX_HEADER = 100_000_000;

    private SafetensorsFile() {}

    /** Returns the file's tensors by name. */
    static Map<String, Tensor> read(Path path) {
        MappedFile file = MappedFile.open(path);
        if (file.size() < 8) {
            throw new CheckpointException(path, "expected a header length of 8 bytes but the file has " + file.size());
        }
        long headerLength = file.slice(0, 8).getLong(0);
        if (headerLength < 2 || headerLength > Math.min(MAX_HEADER, file.size() - 8)) {
            throw new CheckpointException(
                    path,
                    "expected a header of 2 to " + Math.min(MAX_HEADER, file.size() - 8) + " bytes but its length says "
                            + Long.toUnsignedString(headerLength) + "; is it a safetensors file, and whole?");
        }
        byte[] header = new byte[(int) headerLength];
        file.slice(8, headerLength).get(header);
        JsonObject entries = JsonFile.parse(path, "header: ", header);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        entries.members().forEach((name, entry) -> {
            if (!name.equals("__metadata__")) {
                tensors.put(name, tensor(file, 8 + headerLength, name, entry));
            }
        });
        return tensors;
    }

    private static Tensor tensor(MappedFile file, long dataStart, String name, JsonValue entry) {
        List<Long> shape = longs(entry.get("shape"));
        List<Long> offsets = longs(entry.get("data_offsets"));
        if (shape == null || offsets == null || offsets.size() != 2) {
            throw new CheckpointException(
                    file.path(), "tensor " + name + ": expected dtype, shape and data_offsets but found " + entry);
        }
        long begin = offsets.get(0);
        long end = offsets.get(1);
        if (begin < 0 || end < begin || end > file.size() - dataStart) {
            throw new CheckpointException(
                    file.path(),
                    "tensor " + name + ": expected its data within the " + (file.size() - dataStart)
                            + " bytes after the header but found " + offsets + "; is the file whole?");
        }
        TensorType type = type(file, name, entry.get("dtype"));
        long elements = Tensor.elements(shape);
        if (elements < 0 || type.bytes(elements) != end - begin) {
            throw new CheckpointException(
                    file.path(),
                    "tensor " + name + ": expected the bytes of " + type + " " + shape + " but found " + (end - begin));
        }
        return new Tensor(name, type, shape, file, dataStart + begin);
    }

    private static TensorType type(MappedFile file, String name, JsonValue dtype) {
        return switch (String.valueOf(dtype.textOrNull())) {
            case "F32" -> TensorType.F32;
            case "F16" -> TensorType.F16;
            case "BF16" -> TensorType.BF16;
            case "U8" -> TensorType.U8;
            default ->
                throw new CheckpointException(
                        file.path(), "tensor " + name + ": expected dtype F32, F16, BF16 or U8 but found " + dtype);
        };
    }

    /** Returns a list of integers, or null if it is anything else. */
    private static @Nullable List<Long> longs(JsonValue array) {
        if (!array.isArray()) {
            return null;
        }
        List<Long> longs = new ArrayList<>();
        for (JsonValue element : array.elements()) {
            try {
                longs.add(element.longValue());
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return longs;
    }
}
