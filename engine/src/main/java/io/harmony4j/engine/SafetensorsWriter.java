package io.harmony4j.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/** Writes a file in the format that {@link SafetensorsFile} reads. */
final class SafetensorsWriter {
    private SafetensorsWriter() {}

    /** @param progress is told how many bytes have been written, again and again */
    static void write(Path path, List<NewTensor> tensors, LongConsumer progress) throws IOException {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        long offset = 0;
        for (NewTensor tensor : tensors) {
            ObjectNode entry =
                    header.putObject(tensor.name()).put("dtype", tensor.type().name());
            tensor.shape().forEach(entry.putArray("shape")::add);
            entry.putArray("data_offsets").add(offset).add(offset + tensor.bytes());
            offset += tensor.bytes();
        }
        byte[] json = padded(header.toString()).getBytes(StandardCharsets.UTF_8);
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

    /** Makes the data begin at a multiple of eight bytes. */
    private static String padded(String header) {
        return header + " ".repeat((8 - header.length() % 8) % 8);
    }
}
