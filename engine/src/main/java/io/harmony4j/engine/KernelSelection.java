package io.harmony4j.engine;

import io.harmony4j.engine.spi.Kernels;
import io.harmony4j.engine.spi.KernelsProvider;
import java.util.Iterator;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The kernels that a model uses, and why not faster ones.
 *
 * @param kernels what computes
 * @param isPlain whether these are the plain ones
 * @param reason why these are not the vector kernels, and what to do; empty if they are, or if plain ones were asked for
 */
record KernelSelection(Kernels kernels, boolean isPlain, Optional<String> reason) {
    /** Active parameters below which compiling the vector kernels takes longer than they save. */
    private static final long SMALL_MODEL = 100_000_000;

    /**
     * @param activeParameterCount how many parameters each token is multiplied with
     * @throws IllegalArgumentException if what is asked for cannot be had here
     */
    static KernelSelection select(ModelOptions options, long activeParameterCount) {
        boolean needed =
                options.kernels() == ModelOptions.KernelChoice.VECTOR || options.activations() == Activations.INT8;
        if (options.kernels() == ModelOptions.KernelChoice.PLAIN) {
            if (options.activations() == Activations.INT8) {
                throw new IllegalArgumentException(
                        "expected vector kernels for INT8 activations but plain ones were chosen");
            }
            return new KernelSelection(Kernels.plain(), true, Optional.empty());
        }
        if (!needed && activeParameterCount < SMALL_MODEL) {
            return plain("the model is small, and plain kernels start faster; ask for vector kernels to have them");
        }
        String obstacle = "harmony-engine-vector is not on the class path";
        try {
            Iterator<KernelsProvider> providers = ServiceLoader.load(
                            KernelsProvider.class, KernelsProvider.class.getClassLoader())
                    .iterator();
            while (providers.hasNext()) {
                KernelsProvider provider = providers.next();
                Optional<String> found = provider.obstacle();
                if (found.isEmpty()) {
                    return new KernelSelection(provider.kernels(options.activations()), false, Optional.empty());
                }
                obstacle = found.get();
            }
        } catch (UnsupportedClassVersionError e) {
            obstacle = "they need JDK 25 and this is " + Runtime.version().feature();
        } catch (ServiceConfigurationError | LinkageError e) {
            obstacle = "they cannot be loaded: " + e.getMessage();
        }
        if (needed) {
            throw new IllegalArgumentException("expected vector kernels but " + obstacle);
        }
        return plain(obstacle);
    }

    private static KernelSelection plain(String reason) {
        return new KernelSelection(Kernels.plain(), true, Optional.of(reason));
    }

    /** Returns a human-readable text: which kernels are used, and why no faster ones. */
    String description() {
        return kernels.description()
                + reason.map(why -> " (no vector kernels: " + why + ")").orElse("");
    }
}
