/**
 * How fast Harmony4J is, measured with JMH: encoding, decoding and counting beside JTokkit on the same texts, rendering, and
 * parsing. {@link io.harmony4j.jmh.Benchmarks} runs the benchmarks; {@code docs/benchmarks.md} says how, with results.
 *
 * <p>Each benchmark is one class, and {@code BenchmarkCorrectnessTest} holds that what it times is right. Real texts, hostile
 * texts, libraries and tables are those of {@code harmony bench}; {@code MadeText} and {@code Dialogue} make texts and messages
 * that are the same everywhere.
 *
 * <p>JMH runs on the class path, so this is no Java module.
 */
@NullMarked
package io.harmony4j.jmh;

import org.jspecify.annotations.NullMarked;
