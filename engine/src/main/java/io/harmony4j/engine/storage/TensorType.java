package io.harmony4j.engine.storage;

/** How a tensor's elements are stored: in blocks of so many elements and bytes, one after the other. */
public enum TensorType {
    F32(1, 4),
    F16(1, 2),
    BF16(1, 2),
    /** Bytes, which only the blocks and scales of MXFP4 in safetensors are. */
    U8(1, 1),
    /** GGUF: 32 signed bytes after their common scale, an F16. */
    Q8_0(32, 34),
    /** GGUF: 32 numbers of 4 bits after their common scale, an E8M0. */
    MXFP4(32, 17);

    private final int blockElements;
    private final int blockBytes;

    TensorType(int blockElements, int blockBytes) {
        this.blockElements = blockElements;
        this.blockBytes = blockBytes;
    }

    /** Returns how many elements a block has; a row is a whole number of blocks. */
    public int blockElements() {
        return blockElements;
    }

    /** Returns the bytes of a block. */
    int blockBytes() {
        return blockBytes;
    }

    /** Returns the bytes of so many elements, which are whole blocks. */
    public long bytes(long elements) {
        return elements / blockElements * blockBytes;
    }
}
