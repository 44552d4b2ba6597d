/**
 * Checkpoints of random weights, for measurements and tests.
 *
 * <pre>{@code
 * ModelConfig shape = PublishedShape.GPT_OSS_20B.config();
 * SyntheticCheckpoint checkpoint = new SyntheticCheckpoint(shape, SyntheticCheckpoint.Format.GGUF, 1);
 * checkpoint.write(Path.of("random.gguf"), bytes -> System.out.println(bytes + " of " + checkpoint.bytes()));
 * }</pre>
 *
 * <p>{@link io.harmony4j.engine.synthetic.SyntheticTensors} lists the tensors of a shape, whose elements
 * {@link io.harmony4j.engine.synthetic.RandomWeights} draws.
 */
@NullMarked
package io.harmony4j.engine.synthetic;

import org.jspecify.annotations.NullMarked;
