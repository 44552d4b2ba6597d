/**
 * A small model of the gpt-oss architecture that speaks Harmony, and what it can do.
 *
 * <p>{@link io.harmony4j.tiny.TinyCheckpoint} is the checkpoint, in OpenAI's original layout. {@link io.harmony4j.tiny.Skill}
 * lists what the model was trained to do, {@link io.harmony4j.tiny.TinyTools} the tools that it knows, and
 * {@link io.harmony4j.tiny.TinySkills} the questions by which it is tested.
 *
 * <p>Inside, a {@code Skill} draws a {@code Dialogue}: a {@code Setup} (system and developer message) and {@code Turn}s of a
 * {@code Topic}. The renderer turns it into {@code Sample}s, from which {@code training/train} makes the checkpoint;
 * docs/tiny-model.md is its model card.
 */
@NullMarked
package io.harmony4j.tiny;

import org.jspecify.annotations.NullMarked;
