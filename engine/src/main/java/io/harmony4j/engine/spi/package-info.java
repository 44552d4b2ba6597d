/**
 * What other modules of this project plug into the engine. Their classes are found by {@link java.util.ServiceLoader}; programs that
 * use the engine need none of this.
 *
 * <p>A {@link io.harmony4j.engine.spi.KernelsProvider} (harmony-engine-vector) offers {@link io.harmony4j.engine.spi.Kernels}, the
 * engine's arithmetic: a {@link io.harmony4j.engine.spi.Product} of a {@link io.harmony4j.engine.spi.Matrix} of weights with
 * {@link io.harmony4j.engine.spi.Vectors}. {@link io.harmony4j.engine.spi.PlainKernels} define what it computes, and are used where there
 * are no others. A {@link io.harmony4j.engine.spi.BundledCheckpoint} (harmony-tiny) is a model in a jar.
 */
@NullMarked
package io.harmony4j.engine.spi;

import org.jspecify.annotations.NullMarked;
