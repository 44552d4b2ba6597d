package io.harmony4j.engine.vector;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Asks Linux to keep a mapped file in pages of 2 MB instead of 4 KB. A model of many gigabytes has more small pages than a processor has
 * address translations for; at each new page it then waits for memory before it can even ask for the weights. This is a hint that affects
 * speed alone, and only what is read from disk afterwards: see docs/algorithms/engine.md.
 */
final class HugePages {
    private static final int MADV_HUGEPAGE = 14; // <asm-generic/mman-common.h>
    private static final long PAGE = 4096;

    private HugePages() {}

    /** Asks for huge pages for all of a mapped buffer. */
    @SuppressWarnings("restricted") // asked only if this module may
    static void want(ByteBuffer mapped) {
        if (!HugePages.class.getModule().isNativeAccessEnabled()
                || !System.getProperty("os.name").equals("Linux")) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> madvise = linker.defaultLookup().find("madvise");
        if (madvise.isEmpty()) {
            return;
        }
        MethodHandle advise = linker.downcallHandle(
                madvise.get(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
        MemorySegment segment = MemorySegment.ofBuffer(mapped);
        long start = segment.address() & -PAGE;
        long length = segment.address() + segment.byteSize() - start;
        try {
            // A kernel without huge pages refuses, and all stays as it is.
            int unused = (int) advise.invokeExact(start, length, MADV_HUGEPAGE);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot call madvise", e);
        }
    }
}
