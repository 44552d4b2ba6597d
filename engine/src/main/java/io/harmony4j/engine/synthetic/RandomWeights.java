package io.harmony4j.engine.synthetic;

import io.harmony4j.engine.storage.NewTensor;
import io.harmony4j.engine.storage.TensorType;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Makes random weights quickly: random bits, moved so that the numbers have about the size that those of a trained model
 * have. A root mean square of {@code 1 / sqrt(inputs)} lets a layer neither shrink nor blow up what passes through it.
 */
final class RandomWeights {
    private final SplittableRandom seeds;

    RandomWeights(long seed) {
        seeds = new SplittableRandom(seed);
    }

    /**
     * Returns elements of a root mean square near {@code 1 / sqrt(inputs)}.
     *
     * @param inputs how many elements are summed up where these are used; 1 for elements near 1
     */
    NewTensor.Elements of(TensorType type, int inputs) {
        SplittableRandom random = seeds.split();
        double log = -0.5 * Math.log(inputs) / Math.log(2); // of the root mean square, base 2
        return switch (type) {
            case F32 -> floats(random, 0x81FF_FFFF, exponent(log) << 23);
            case BF16 -> halves(random, 0x81FF, exponent(log) << 7);
            case Q8_0 -> q8(random, (int) Math.round(log - 6.8)); // bytes have 2^6.2, scales 2^0.6
            case MXFP4 -> mxfp4(random, scale(log));
            case F16, U8 -> throw new IllegalArgumentException("expected F32, BF16, Q8_0 or MXFP4 but found " + type);
        };
    }

    /** Returns elements from 1 to 1.1: scales of a norm. */
    NewTensor.Elements nearOne(TensorType type) {
        SplittableRandom random = seeds.split();
        return switch (type) {
            case F32 -> floats(random, 0xF_FFFF, 127 << 23);
            case BF16 -> halves(random, 0xF, 127 << 7);
            default -> throw new IllegalArgumentException("expected F32 or BF16 but found " + type);
        };
    }

    /** Returns OpenAI's MXFP4 blocks, whose scales stand apart. */
    NewTensor.Elements blocks() {
        SplittableRandom random = seeds.split();
        return buffer -> {
            while (buffer.hasRemaining()) {
                buffer.putLong(random.nextLong());
            }
        };
    }

    /** Returns the scales of such blocks, whose elements then have a root mean square near {@code 1 / sqrt(inputs)}. */
    NewTensor.Elements scales(int inputs) {
        SplittableRandom random = seeds.split();
        int scale = scale(-0.5 * Math.log(inputs) / Math.log(2));
        return buffer -> {
            while (buffer.hasRemaining()) {
                buffer.put((byte) (scale + (random.nextInt() >>> 30)));
            }
        };
    }

    /** Returns the lowest of four exponents in a row: together they have 2^2.8 of what the lowest has. */
    private static int exponent(double log) {
        return (int) Math.round(127 + log - 2.8);
    }

    /** Returns the lowest of four scales in E8M0: nibbles have 2^1.55, and four scales in a row 2^2.2 of the lowest. */
    private static int scale(double log) {
        return (int) Math.round(127 + log - 3.75);
    }

    private static NewTensor.Elements floats(SplittableRandom random, int mask, int least) {
        return buffer -> {
            while (buffer.hasRemaining()) {
                buffer.putInt((random.nextInt() & mask) + least);
            }
        };
    }

    private static NewTensor.Elements halves(SplittableRandom random, int mask, int least) {
        long masks = mask * 0x0001_0001_0001_0001L;
        long leasts = least * 0x0001_0001_0001_0001L;
        return buffer -> {
            while (buffer.hasRemaining()) {
                buffer.putLong((random.nextLong() & masks) + leasts);
            }
        };
    }

    private static NewTensor.Elements q8(SplittableRandom random, int exponent) {
        return buffer -> {
            while (buffer.hasRemaining()) {
                buffer.putShort((short) ((exponent + 15) << 10 | random.nextInt() >>> 22));
                putBytes(
                        buffer,
                        random,
                        4,
                        0x0101_0101_0101_0101L); // odd bytes: never -128, which the format does not use
            }
        };
    }

    private static NewTensor.Elements mxfp4(SplittableRandom random, int scale) {
        return buffer -> {
            while (buffer.hasRemaining()) {
                buffer.put((byte) (scale + (random.nextInt() >>> 30)));
                putBytes(buffer, random, 2, 0);
            }
        };
    }

    private static void putBytes(ByteBuffer buffer, SplittableRandom random, int longs, long set) {
        for (int i = 0; i < longs; i++) {
            buffer.putLong(random.nextLong() | set);
        }
    }
}
