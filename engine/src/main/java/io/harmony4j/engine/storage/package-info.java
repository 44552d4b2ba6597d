/**
 * How checkpoints are stored in files, and what writes such files.
 *
 * <p>A {@link io.harmony4j.engine.storage.NewTensor} has a {@link io.harmony4j.engine.storage.TensorType}, a shape, and elements that come
 * when they are written; {@link io.harmony4j.engine.storage.SafetensorsWriter} and {@link io.harmony4j.engine.storage.GgufWriter} write many
 * of them. What a GGUF says beside its tensors is in {@link io.harmony4j.engine.storage.GgufMetadata}.
 */
@NullMarked
package io.harmony4j.engine.storage;

import org.jspecify.annotations.NullMarked;
