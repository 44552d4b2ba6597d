package io.harmony4j.engine.vector;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Floats that begin at a multiple of 64 bytes in memory: a vector then never lies in two lines of the cache.
 *
 * <p>Java does not say where an array is, but a native function that is given the array and returns its address does: {@code memset} of
 * no bytes. It is called once for each array, which the collector may move later. So the alignment is only likely, and affects speed
 * alone: with vectors across lines, a product that waits for memory takes up to 1.5 times as long (docs/algorithms/engine.md). Where
 * native functions may not be called, arrays are not aligned.
 */
final class AlignedFloats {
    private static final int LINE = 64; // bytes
    private static final @Nullable MethodHandle ADDRESS = address();

    private final float[] array;
    private final int offset;

    private AlignedFloats(float[] array, int offset) {
        this.array = array;
        this.offset = offset;
    }

    /** Returns zeros. */
    static AlignedFloats allocate(int length) {
        float[] array = new float[length + LINE / Float.BYTES];
        return new AlignedFloats(array, offset(array));
    }

    /** Returns what holds the floats, and others before and after them. */
    float[] array() {
        return array;
    }

    /** Returns where in the array they begin. */
    int offset() {
        return offset;
    }

    /** Returns whether arrays can be aligned in this process. */
    static boolean canAlign() {
        return ADDRESS != null;
    }

    private static int offset(float[] array) {
        if (ADDRESS == null) {
            return 0;
        }
        try {
            long address = (long) ADDRESS.invokeExact(MemorySegment.ofArray(array), 0, 0L);
            return (int) (-address & (LINE - 1)) / Float.BYTES;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot tell where an array is", e);
        }
    }

    @SuppressWarnings("restricted") // asked only if this module may
    private static @Nullable MethodHandle address() {
        if (!AlignedFloats.class.getModule().isNativeAccessEnabled()) {
            return null;
        }
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("memset")
                .map(memset -> linker.downcallHandle(
                        memset,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_LONG,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG),
                        Linker.Option.critical(true)))
                .orElse(null);
    }
}
