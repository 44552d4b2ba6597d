package io.harmony4j.engine.storage;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A tensor that is to be written to a checkpoint.
 *
 * @param name its name in the checkpoint
 * @param type how its elements are stored
 * @param shape its dimensions, slowest first
 * @param elements where its bytes come from
 */
public record NewTensor(String name, TensorType type, List<Long> shape, Elements elements) {

    /** Copies the shape. */
    public NewTensor {
        shape = List.copyOf(shape);
    }

    /** Makes a tensor's bytes, from the first to the last. */
    @FunctionalInterface
    public interface Elements {
        /** Fills the rest of a little-endian buffer, a whole number of blocks and of eight elements, with what comes next. */
        void fill(ByteBuffer buffer);
    }

    /** Returns the bytes of all elements. */
    public long bytes() {
        return type.bytes(shape.stream().reduce(1L, Math::multiplyExact));
    }
}
