package io.harmony4j.generation;

import java.util.function.Consumer;

/**
 * Continues prompts, token by token: an engine in this process, or a runtime elsewhere.
 *
 * <pre>{@code
 * Generation generation = generator.generate(prompt, GenerationOptions.DEFAULT.withMaxTokens(100), token -> {
 *     System.out.println(token.id());
 * });
 * }</pre>
 *
 * <p>A generator does one generation at a time unless its class says otherwise.
 */
@FunctionalInterface
public interface TokenGenerator {

    /**
     * Generates until a stop token, a limit or cancellation.
     *
     * @param prompt the prompt's tokens, at least one; it is not changed
     * @param tokens is given each token as soon as it is drawn, the stop token included, by the calling thread
     * @throws PromptTooLongException if the prompt is longer than the model's context
     * @throws IllegalArgumentException if the prompt is empty, or has a token that is not in the vocabulary, or if the logits are no
     *     numbers, or none is left after the logits processor
     */
    Generation generate(int[] prompt, GenerationOptions options, Consumer<GeneratedToken> tokens);
}
