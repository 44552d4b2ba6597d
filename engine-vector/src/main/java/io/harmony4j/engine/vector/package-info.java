/**
 * The engine's kernels on the Vector API, for JDK 25 and later: {@link io.harmony4j.engine.vector.VectorKernels}, which
 * {@link io.harmony4j.engine.vector.VectorKernelsProvider} offers.
 *
 * <p>A tour: a {@link io.harmony4j.engine.vector.MatrixProduct} has vectors in the order that a format wants
 * ({@link io.harmony4j.engine.vector.Arrangement}), and multiplies them with rows of weights where these lie, in the mapped file. With many
 * vectors it has {@link io.harmony4j.engine.vector.Tiles} do so, for which rows are unpacked first. Each format has a subclass with these
 * two: {@code dot} and {@code unpack}. Attention consists of {@link io.harmony4j.engine.vector.WeightedSums}, and softmax and SwiGLU need the
 * {@link io.harmony4j.engine.vector.Exponential} function. docs/algorithms/engine.md says why they are as they are, and what else was tried.
 *
 * <p>Code that runs before it is compiled is a thousand times slower here, because vectors are objects then; and it stays slow if the
 * compiler gives up on a method. Therefore inner loops are methods of their own, short enough, and without calls of long methods.
 */
@NullMarked
package io.harmony4j.engine.vector;

import org.jspecify.annotations.NullMarked;
