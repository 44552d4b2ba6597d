package io.harmony4j.grammar;

import java.util.Arrays;

/**
 * A partition of the 256 bytes: what tells some of them apart tells the same classes apart. A new one has one class, and is refined by sets that no class must
 * lie across. Not thread-safe.
 */
final class ByteClasses {
    private long[] bits = {-1, -1, -1, -1}; // 4 words for each class
    private int count = 1;

    /** Splits the classes that have bytes inside and outside of a set. */
    void split(ByteSet set) {
        int before = count;
        for (int at = 0; at < 4 * before; at += 4) {
            long in0 = bits[at] & set.bits0();
            long in1 = bits[at + 1] & set.bits1();
            long in2 = bits[at + 2] & set.bits2();
            long in3 = bits[at + 3] & set.bits3();
            boolean isAll = in0 == bits[at] && in1 == bits[at + 1] && in2 == bits[at + 2] && in3 == bits[at + 3];
            if ((in0 | in1 | in2 | in3) != 0 && !isAll) {
                if (4 * count == bits.length) {
                    bits = Arrays.copyOf(bits, 2 * bits.length);
                }
                int end = 4 * count++;
                bits[end] = in0;
                bits[end + 1] = in1;
                bits[end + 2] = in2;
                bits[end + 3] = in3;
                bits[at] ^= in0;
                bits[at + 1] ^= in1;
                bits[at + 2] ^= in2;
                bits[at + 3] ^= in3;
            }
        }
    }

    /** Returns the classes as they are now. */
    BytePartition partition() {
        byte[] classOf = new byte[256];
        int[] representatives = new int[count];
        for (int at = 0; at < 4 * count; at++) {
            for (long left = bits[at]; left != 0; left &= left - 1) {
                classOf[64 * (at & 3) + Long.numberOfTrailingZeros(left)] = (byte) (at >> 2);
            }
        }
        for (int value = 255; value >= 0; value--) {
            representatives[classOf[value] & 0xFF] = value;
        }
        return BytePartition.of(classOf, representatives);
    }
}
