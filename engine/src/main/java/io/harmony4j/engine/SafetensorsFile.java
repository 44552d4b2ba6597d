package io.harmony4j.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
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

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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
        JsonNode root = parse(path, header);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (!entry.getKey().equals("__metadata__")) {
                tensors.put(entry.getKey(), tensor(file, 8 + headerLength, entry.getKey(), entry.getValue()));
            }
        }
        return tensors;
    }

    private static JsonNode parse(Path path, byte[] header) {
        try {
            JsonNode root = JSON.readTree(new String(header, StandardCharsets.UTF_8));
            if (root.isObject()) {
                return root;
            }
        } catch (JsonProcessingException e) {
            throw new CheckpointException(path, "expected a JSON header but found: " + e.getOriginalMessage());
        }
        throw new CheckpointException(path, "expected a JSON object as header");
    }

    private static Tensor tensor(MappedFile file, long dataStart, String name, JsonNode entry) {
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
                            + " bytes behind the header but found " + offsets + "; is the file whole?");
        }
        TensorType type = type(file, name, entry.path("dtype").asText());
        long elements = Tensor.elements(shape);
        if (elements < 0 || type.bytes(elements) != end - begin) {
            throw new CheckpointException(
                    file.path(),
                    "tensor " + name + ": expected the bytes of " + type + " " + shape + " but found " + (end - begin));
        }
        return new Tensor(name, type, shape, file, dataStart + begin);
    }

    private static TensorType type(MappedFile file, String name, String dtype) {
        return switch (dtype) {
            case "F32" -> TensorType.F32;
            case "F16" -> TensorType.F16;
            case "BF16" -> TensorType.BF16;
            case "U8" -> TensorType.U8;
            default ->
                throw new CheckpointException(
                        file.path(),
                        "tensor " + name + ": expected dtype F32, F16, BF16 or U8 but found \"" + dtype + "\"");
        };
    }

    private static @Nullable List<Long> longs(@Nullable JsonNode array) {
        if (array == null || !array.isArray()) {
            return null;
        }
        List<Long> longs = new ArrayList<>();
        for (JsonNode element : array) {
            if (!element.canConvertToLong() || !element.isIntegralNumber()) {
                return null;
            }
            longs.add(element.asLong());
        }
        return longs;
    }
}
