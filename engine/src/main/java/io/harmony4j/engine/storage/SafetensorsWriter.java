package io.harmony4j.engine.storage;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/** Writes a file in the <a href="https://github.com/huggingface/safetensors#format">safetensors format</a>. */
public final class SafetensorsWriter {
    private SafetensorsWriter() {}

    /**
     * Writes a file.
     *
     * @param progress is called repeatedly with the number of bytes written so far
     * @throws IOException if it cannot be written
     */
    public static void write(Path path, List<NewTensor> tensors, LongConsumer progress) throws IOException {
        JsonObject.Builder header = JsonObject.builder();
        long offset = 0;
        for (NewTensor tensor : tensors) {
            JsonObject entry = JsonObject.builder()
                    .put("dtype", tensor.type().name())
                    .put("shape", array(tensor.shape()))
                    .put("data_offsets", array(List.of(offset, offset + tensor.bytes())))
                    .build();
            header.put(tensor.name(), entry);
            offset += tensor.bytes();
        }
        byte[] json = padded(Json.write(header.build())).getBytes(StandardCharsets.UTF_8);
        try (TensorOutput out = new TensorOutput(path, progress)) {
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(json.length)
                    .flip());
            out.write(ByteBuffer.wrap(json));
            for (NewTensor tensor : tensors) {
                out.write(tensor);
            }
        }
    }

    private static JsonArray array(List<Long> integers) {
        return JsonArray.of(integers.stream().map(JsonValue::of).toList());
    }

    /** Makes the data begin at a multiple of eight bytes. */
    private static String padded(String header) {
        return header + " ".repeat((8 - header.length() % 8) % 8);
    }
}
