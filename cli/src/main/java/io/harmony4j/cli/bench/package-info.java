/**
 * What {@code harmony bench} measures and compares, without its command line. {@link io.harmony4j.cli.bench.TokenizerBench}
 * times the tokenizer beside JTokkit and programs outside of this JVM, {@link io.harmony4j.cli.bench.Differential} looks for
 * text on which it differs. {@link io.harmony4j.cli.bench.EngineBench} times the
 * engine. The JMH benchmarks use the texts and the libraries from here. {@code docs/benchmarks.md} says how
 * to run both and what the figures mean.
 *
 * <p>Where to find what:
 *
 * <ul>
 *   <li>Texts: {@link io.harmony4j.cli.bench.CorpusFolder} has real ones, {@link io.harmony4j.cli.bench.HostileText} hostile
 *       ones, {@link io.harmony4j.cli.bench.VariedText} makes those of the differential run.
 *   <li>Who is timed: a {@link io.harmony4j.cli.bench.Library} in this JVM, doing the work of a {@link
 *       io.harmony4j.cli.bench.Contender}; a {@link io.harmony4j.cli.bench.Peer} outside of it, among them {@link
 *       io.harmony4j.cli.bench.NpmPeers}.
 *   <li>How: each {@link io.harmony4j.cli.bench.Section} is a {@code ...Contest}, which gives a {@link
 *       io.harmony4j.cli.bench.Speed} for each contender, from {@link io.harmony4j.cli.bench.Samples}.
 *   <li>Whether tokens are right: {@link io.harmony4j.cli.bench.TokenCheck} before a measurement, {@link
 *       io.harmony4j.cli.bench.Check} in a differential run, whose findings {@link io.harmony4j.cli.bench.Minimizer} makes
 *       short.
 *   <li>What comes out: {@link io.harmony4j.cli.bench.Results}, shown as {@link io.harmony4j.cli.bench.Comparison} and {@link
 *       io.harmony4j.cli.bench.MarkdownTable}.
 * </ul>
 *
 * <p>Speeds are in MB/s: 1,000,000 bytes of UTF-8 a second.
 */
@NullMarked
package io.harmony4j.cli.bench;

import org.jspecify.annotations.NullMarked;
