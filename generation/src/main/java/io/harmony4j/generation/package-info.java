/**
 * What generating means: a prompt's tokens in, the tokens that follow out.
 *
 * <p>A {@link io.harmony4j.generation.TokenGenerator} continues a prompt; an engine in this process is one, and so is a client of
 * a runtime elsewhere. {@link io.harmony4j.generation.GenerationOptions} say how: how many tokens, where to stop, how to draw
 * ({@link io.harmony4j.generation.Sampling}), and what may be drawn at all ({@link io.harmony4j.generation.LogitsProcessor}). The
 * result is a {@link io.harmony4j.generation.Generation}; while it grows, each {@link io.harmony4j.generation.GeneratedToken} is
 * handed over as soon as it is drawn.
 *
 * <p>Nothing here knows the Harmony format. Tokens are ids, and a program that speaks Harmony passes the format's stop tokens
 * ({@code SpecialToken.stopIds()} of harmony-core).
 */
@NullMarked
package io.harmony4j.generation;

import org.jspecify.annotations.NullMarked;
