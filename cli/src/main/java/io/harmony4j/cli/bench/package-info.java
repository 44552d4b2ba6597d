/**
 * What {@code harmony bench} measures and compares, without its command line. {@link io.harmony4j.cli.bench.TokenizerBench}
 * times the tokenizer beside JTokkit and programs outside of this JVM, {@link io.harmony4j.cli.bench.Differential} looks for
 * text on which it differs. The JMH benchmarks use the texts and the libraries from here. {@code docs/benchmarks.md} says how
 * to run both and what the figures mean.
 *
 * <p>Speeds are in MB/s: 1,000,000 bytes of UTF-8 a second.
 */
@NullMarked
package io.harmony4j.cli.bench;

import org.jspecify.annotations.NullMarked;
