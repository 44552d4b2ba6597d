package io.harmony4j.engine.synthetic;

/** How the elements of a tensor are written: in blocks of so many elements and bytes, one after the other. */
enum ElementType {
    F32(1, 4),
    BF16(1, 2),
    /** Bytes: the blocks and the scales of MXFP4 in safetensors. */
    U8(1, 1),
    /** GGUF: 32 signed bytes after their common scale, an F16. */
    Q8_0(32, 34),
    /** GGUF: 32 numbers of 4 bits after their common scale, an E8M0. */
    MXFP4(32, 17);

    private final int blockElements;
    private final int blockBytes;

    ElementType(int blockElements, int blockBytes) {
        this.blockElements = blockElements;
        this.blockBytes = blockBytes;
    }

    /** Returns the bytes of a block. */
    int blockBytes() {
        return blockBytes;
    }

    /** Returns the bytes of so many elements, which are whole blocks. */
    long bytes(long elements) {
        return elements / blockElements * blockBytes;
    }
}
