/**
 * Measures the tokenizer and the engine, compares them with others, and puts load on the server. {@code docs/benchmarks.md} says how to run the
 * measurements and what the figures mean.
 *
 * <p>There are four programs to run, each told to a {@link io.harmony4j.bench.Listener} as it goes:
 *
 * <ul>
 *   <li>{@link io.harmony4j.bench.TokenizerBench} times the tokenizer beside JTokkit and beside programs outside of this
 *       JVM. It checks the tokens first, then runs one {@link io.harmony4j.bench.Section} after the other.
 *   <li>{@link io.harmony4j.bench.Differential} looks for text on which our tokens and JTokkit's differ, and makes it short.
 *   <li>{@link io.harmony4j.bench.EngineBench} times a model beside what the memory allows and beside other programs.
 *   <li>{@link io.harmony4j.bench.ServerBench} has many clients of a server in a process of its own, also hostile ones.
 * </ul>
 *
 * <p>What is measured: the real texts of a {@link io.harmony4j.bench.CorpusFolder}, each cut into the documents of a
 * {@link io.harmony4j.bench.Corpus}; {@link io.harmony4j.bench.HostileText}, which is hard to divide; and text made from a
 * seed. Who is measured: a {@link io.harmony4j.bench.Library} in this JVM, or a {@link io.harmony4j.bench.Peer}, a program
 * outside of it that times itself; {@link io.harmony4j.bench.NpmPeers} installs two. Results are in JSON, and in tables
 * ({@link io.harmony4j.bench.MarkdownTable}).
 *
 * <p>Inside, each section is a {@code Contest}: its {@code Contender}s take turns, slice by slice, and their {@code Samples}
 * become a {@code Speed}, in MB/s (1,000,000 bytes of UTF-8 a second).
 */
@NullMarked
package io.harmony4j.bench;

import org.jspecify.annotations.NullMarked;
