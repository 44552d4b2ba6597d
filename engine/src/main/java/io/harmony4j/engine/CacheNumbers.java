package io.harmony4j.engine;

import io.harmony4j.engine.spi.Kernels;
import io.harmony4j.engine.spi.Vectors;

/** The keys or the values of a page of a {@link LayerCache}. Not safe for use by several threads at once, except for reading. */
abstract class CacheNumbers {

    /** Returns zeros. */
    static CacheNumbers of(KeyValues type, int size) {
        return type == KeyValues.F16 ? new Halves(new short[size]) : new Floats(new float[size]);
    }

    /** Writes {@code count} floats; element {@code i} goes to {@code at + i * step}. */
    abstract void write(float[] from, int offset, int count, int at, int step);

    /**
     * Returns vectors that follow each other.
     *
     * @param at where the first begins
     * @param size the length of a vector
     * @param scratch room for their elements
     */
    abstract Vectors read(Kernels kernels, int at, int size, int count, float[] scratch);

    abstract CacheNumbers copy();

    private static final class Floats extends CacheNumbers {
        private final float[] floats;

        Floats(float[] floats) {
            this.floats = floats;
        }

        @Override
        void write(float[] from, int offset, int count, int at, int step) {
            for (int i = 0; i < count; i++) {
                floats[at + i * step] = from[offset + i];
            }
        }

        @Override
        Vectors read(Kernels kernels, int at, int size, int count, float[] scratch) {
            return new Vectors(floats, at, size, count);
        }

        @Override
        CacheNumbers copy() {
            return new Floats(floats.clone());
        }
    }

    private static final class Halves extends CacheNumbers {
        private final short[] halves;

        Halves(short[] halves) {
            this.halves = halves;
        }

        @Override
        void write(float[] from, int offset, int count, int at, int step) {
            for (int i = 0; i < count; i++) {
                halves[at + i * step] = Kernels.half(from[offset + i]);
            }
        }

        @Override
        Vectors read(Kernels kernels, int at, int size, int count, float[] scratch) {
            kernels.unpack(halves, at, size * count, scratch);
            return new Vectors(scratch, 0, size, count);
        }

        @Override
        CacheNumbers copy() {
            return new Halves(halves.clone());
        }
    }
}
