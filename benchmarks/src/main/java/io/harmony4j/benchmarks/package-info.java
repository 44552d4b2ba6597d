/**
 * How fast Harmony4J is, measured with JMH: encoding, decoding and counting beside JTokkit on the same texts, rendering, and
 * parsing. Texts, libraries and tables are those of {@code harmony bench}. {@link io.harmony4j.benchmarks.Benchmarks} runs them; {@code docs/benchmarks.md} says how, with results.
 *
 * <p>It runs on the class path, as JMH does, so it is no module.
 */
@NullMarked
package io.harmony4j.benchmarks;

import org.jspecify.annotations.NullMarked;
