package io.harmony4j.engine.spi;

import io.harmony4j.engine.Activations;
import java.util.Optional;

/** Offers kernels that need more than Java 17 has. */
public interface KernelsProvider {

    /** Returns why the kernels cannot be used here, and what to do; empty if they can. */
    Optional<String> obstacle();

    /**
     * Returns the kernels.
     *
     * @param activations how precise the vectors are that matrices are multiplied with
     */
    Kernels kernels(Activations activations);
}
