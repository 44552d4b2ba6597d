/**
 * Data sets for the training of gpt-oss models.
 *
 * <p>A {@link io.harmony4j.training.RowImporter} reads a row of any {@link io.harmony4j.training.RowShape} as a conversation.
 */
@NullMarked
package io.harmony4j.training;

import org.jspecify.annotations.NullMarked;
