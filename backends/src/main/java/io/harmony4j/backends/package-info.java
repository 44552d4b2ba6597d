/**
 * Generation by a runtime elsewhere: each of them is a {@link io.harmony4j.generation.TokenGenerator}, as the engine is.
 *
 * <p>{@link io.harmony4j.backends.Backends#of} makes one from a description such as {@code llama-server:http://127.0.0.1:8080}. What
 * goes wrong there is a {@link io.harmony4j.backends.BackendException}, which has the runtime's own words.
 *
 * <p>Inside, a {@code Runtime} is what one of them wants to be asked and how it answers, one file each. All that they share stands
 * once: {@code Backend} is one generation, {@code HttpConnection} sends and tries again, {@code AnswerBytes} are the bytes as they
 * come, {@code Lines} and {@code Events} what they say. An {@code Answer} hands the tokens on and knows when they are over;
 * {@code TextTokens} makes tokens of text, and {@code PromptText} text of tokens, for runtimes that know no ids.
 */
@NullMarked
package io.harmony4j.backends;

import org.jspecify.annotations.NullMarked;
