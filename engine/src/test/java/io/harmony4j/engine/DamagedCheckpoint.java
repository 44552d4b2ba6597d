package io.harmony4j.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** A copy of a given case's checkpoint with one number changed. */
final class DamagedCheckpoint {
    private DamagedCheckpoint() {}

    /**
     * Copies the case's checkpoint in OpenAI's layout.
     *
     * @param row the row of the tensor whose first number is changed
     * @param bits the new number, as BF16
     */
    static void copy(GivenCase given, Path folder, String tensor, int row, int bits) throws IOException {
        Path file = folder.resolve("model.safetensors");
        Files.copy(given.path("original").resolve("config.json"), folder.resolve("config.json"));
        Files.copy(given.path("original").resolve("model.safetensors"), file);
        Tensor changed = Objects.requireNonNull(SafetensorsFile.read(file).get(tensor));
        int rowBytes = (int) (2 * changed.shape().get(changed.shape().size() - 1)); // BF16
        ByteBuffer number = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
        number.putShort((short) bits).flip();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(number, changed.offset() + (long) row * rowBytes);
        }
    }
}
