/**
 * Functions of Spark SQL for gpt-oss: text to tokens and back, conversations to prompts and training samples, what is wrong with them.
 *
 * <p>{@link io.harmony4j.spark.HarmonyExtensions} brings them into a session as {@code harmony_count} and so on,
 * {@link io.harmony4j.spark.HarmonyCatalog} into a catalog as {@code harmony.count}, {@link io.harmony4j.spark.HarmonyUdfs} into a session that
 * has begun. The page {@code docs/integrations/spark.md} says what each of them does.
 *
 * <p>A row that is wrong costs its own result and nothing else: the functions throw only if their options say {@code strict}.
 */
@NullMarked
package io.harmony4j.spark;

import org.jspecify.annotations.NullMarked;
