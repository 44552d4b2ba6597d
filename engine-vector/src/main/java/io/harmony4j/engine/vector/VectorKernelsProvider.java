package io.harmony4j.engine.vector;

import io.harmony4j.engine.Activations;
import io.harmony4j.engine.spi.Kernels;
import io.harmony4j.engine.spi.KernelsProvider;
import java.util.Optional;

/** Offers {@link VectorKernels} where they can be used. Names no vector type, because these may be missing. */
public final class VectorKernelsProvider implements KernelsProvider {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    /** For {@link java.util.ServiceLoader}. */
    public VectorKernelsProvider() {}

    @Override
    public Optional<String> obstacle() {
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
            return Optional.of("module " + VECTOR_MODULE + " is not readable; pass --add-modules " + VECTOR_MODULE);
        }
        return VectorWidth.obstacle();
    }

    @Override
    public Kernels kernels(Activations activations) {
        return new VectorKernels(activations);
    }

    /** Asks the machine; loaded only if the vector module is there. */
    private static final class VectorWidth {
        static Optional<String> obstacle() {
            if (Lanes.COUNT >= Lanes.LEAST) {
                return Optional.empty();
            }
            return Optional.of("this machine has vectors of " + Float.SIZE * Lanes.COUNT + " bits and the kernels need "
                    + Float.SIZE * Lanes.LEAST);
        }
    }
}
