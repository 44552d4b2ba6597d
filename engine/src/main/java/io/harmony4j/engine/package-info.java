/**
 * A CPU engine of the gpt-oss architecture: token ids in, the next token's id out. It knows no text.
 *
 * <p>A tour: {@link io.harmony4j.engine.Model} opens a {@link io.harmony4j.engine.Checkpoint}, whose shape
 * ({@link io.harmony4j.engine.ModelConfig}) comes from {@link io.harmony4j.engine.JsonConfig} or {@link io.harmony4j.engine.GgufConfig},
 * whose tensors come from {@link io.harmony4j.engine.SafetensorsFile} or {@link io.harmony4j.engine.GgufFile}, and whose
 * {@link io.harmony4j.engine.Layout} says which tensor is what. {@link io.harmony4j.engine.Forward} is the pass from tokens to logits; it
 * reads like the paper, and so does {@link io.harmony4j.engine.Attention}. Their products go through {@link io.harmony4j.engine.spi.Kernels}, and {@link io.harmony4j.engine.Workers}
 * divide them among threads. {@link io.harmony4j.engine.Sequence} keeps what a model has read, {@link io.harmony4j.engine.Generator}
 * continues it, and {@link io.harmony4j.engine.Sampler} draws each token. {@link io.harmony4j.engine.BatchGenerator} does so for many callers:
 * its {@link io.harmony4j.engine.Scheduler} computes, each {@link io.harmony4j.engine.Call} hands tokens over, and
 * {@link io.harmony4j.engine.PrefixCache} keeps sequences. {@link io.harmony4j.engine.GgufExport} writes a model down
 * for llama.cpp.
 */
@NullMarked
package io.harmony4j.engine;

import org.jspecify.annotations.NullMarked;
