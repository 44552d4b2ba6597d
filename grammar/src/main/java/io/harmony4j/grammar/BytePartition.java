package io.harmony4j.grammar;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The 256 bytes in classes that lead to the same. Immutable; equal if the classes have the same bytes and numbers. */
final class BytePartition {
    /** Those that came before: many expressions tell the same bytes apart. */
    private static final Map<BytePartition, BytePartition> SHARED = new ConcurrentHashMap<>();

    private static final int MAX_SHARED = 10_000;

    private final byte[] classOfByte;
    private final int[] representatives; // by class
    private final int hash;

    private BytePartition(byte[] classOfByte, int[] representatives) {
        this.classOfByte = classOfByte;
        this.representatives = representatives;
        this.hash = Arrays.hashCode(classOfByte);
    }

    /**
     * Returns a partition; it takes the arrays over.
     *
     * @param classOfByte the number of its class for each byte
     * @param representatives one byte of each class
     */
    static BytePartition of(byte[] classOfByte, int[] representatives) {
        BytePartition made = new BytePartition(classOfByte, representatives);
        BytePartition known = SHARED.get(made);
        if (known == null && SHARED.size() < MAX_SHARED) {
            SHARED.put(made, made);
        }
        return known == null ? made : known;
    }

    /** Returns the number of a byte's class. */
    int classOf(int value) {
        return classOfByte[value] & 0xFF;
    }

    /** Returns the number of classes. */
    int size() {
        return representatives.length;
    }

    /** Returns one byte of each class, by the number of the class; not to be changed. */
    int[] representatives() {
        return representatives;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BytePartition partition && Arrays.equals(classOfByte, partition.classOfByte);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
