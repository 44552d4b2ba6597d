package io.harmony4j.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * 64 bytes as eight bit planes: bit {@code k} of plane {@code i} is bit {@code i} of byte {@code k}. One operation on
 * planes then asks the same of all 64 bytes. Known from Parabix (R. D. Cameron, 2007) as
 * parallel bit streams.
 */
final class BitPlanes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EVEN_BYTES = 0x00FF_00FF_00FF_00FFL;
    private static final long EVEN_PAIRS = 0x0000_FFFF_0000_FFFFL;
    private static final long EVEN_QUADS = 0x0000_0000_FFFF_FFFFL;
    private static final long EVEN_BITS = 0x5555_5555_5555_5555L;
    private static final long EVEN_BIT_PAIRS = 0x3333_3333_3333_3333L;
    private static final long EVEN_BIT_QUADS = 0x0F0F_0F0F_0F0F_0F0FL;

    private BitPlanes() {}

    /** Writes the planes of the 64 bytes from {@code at} on. */
    static void read(byte[] text, int at, long[] planes) {
        // An array that stays in this method, with indexes that are constants: the compiler makes registers of it.
        long[] w = new long[8];
        w[0] = (long) LONG.get(text, at);
        w[1] = (long) LONG.get(text, at + 8);
        w[2] = (long) LONG.get(text, at + 16);
        w[3] = (long) LONG.get(text, at + 24);
        w[4] = (long) LONG.get(text, at + 32);
        w[5] = (long) LONG.get(text, at + 40);
        w[6] = (long) LONG.get(text, at + 48);
        w[7] = (long) LONG.get(text, at + 56);

        // Bytes: from byte k of word i to byte i of word k.
        exchangeNeighbours(w, Byte.SIZE, EVEN_BYTES);
        exchangePairs(w, 2 * Byte.SIZE, EVEN_PAIRS);
        exchangeHalves(w, 4 * Byte.SIZE, EVEN_QUADS);

        // Bits of bytes: from bit i of word k to bit k of word i.
        exchangeNeighbours(w, 1, EVEN_BITS);
        exchangePairs(w, 2, EVEN_BIT_PAIRS);
        exchangeHalves(w, 4, EVEN_BIT_QUADS);

        planes[0] = w[0];
        planes[1] = w[1];
        planes[2] = w[2];
        planes[3] = w[3];
        planes[4] = w[4];
        planes[5] = w[5];
        planes[6] = w[6];
        planes[7] = w[7];
    }

    private static void exchangeNeighbours(long[] w, int shift, long even) {
        exchange(w, 0, 1, shift, even);
        exchange(w, 2, 3, shift, even);
        exchange(w, 4, 5, shift, even);
        exchange(w, 6, 7, shift, even);
    }

    private static void exchangePairs(long[] w, int shift, long even) {
        exchange(w, 0, 2, shift, even);
        exchange(w, 1, 3, shift, even);
        exchange(w, 4, 6, shift, even);
        exchange(w, 5, 7, shift, even);
    }

    private static void exchangeHalves(long[] w, int shift, long even) {
        exchange(w, 0, 4, shift, even);
        exchange(w, 1, 5, shift, even);
        exchange(w, 2, 6, shift, even);
        exchange(w, 3, 7, shift, even);
    }

    /** Exchanges the odd fields of word {@code i} with the even ones of word {@code j}. */
    private static void exchange(long[] w, int i, int j, int shift, long even) {
        long different = ((w[i] >>> shift) ^ w[j]) & even;
        w[j] ^= different;
        w[i] ^= different << shift;
    }
}
