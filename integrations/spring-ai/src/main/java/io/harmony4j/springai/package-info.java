/**
 * A chat model of Spring AI for gpt-oss, on any {@link io.harmony4j.generation.TokenGenerator}, and its auto-configuration.
 *
 * <p>{@link io.harmony4j.springai.HarmonySpringChatModel} answers prompts, at once or as a stream;
 * {@link io.harmony4j.springai.HarmonyChatOptions} is what it can be told. {@link
 * io.harmony4j.springai.HarmonyTokenCountEstimator} counts tokens exactly. {@link io.harmony4j.springai.HarmonyAutoConfiguration} makes
 * all of them in an application with Spring Boot.
 *
 * <p>Inside, {@code PromptReader} makes a conversation of a prompt, {@code Responses} makes Spring AI's responses of an answer, and
 * {@code Failures} are Spring AI's exceptions.
 */
@NullMarked
package io.harmony4j.springai;

import org.jspecify.annotations.NullMarked;
