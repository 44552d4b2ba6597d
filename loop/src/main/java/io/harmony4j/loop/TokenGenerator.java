package io.harmony4j.loop;

import io.harmony4j.engine.GenerationOptions;
import io.harmony4j.engine.Generator;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** What continues a prompt, token by token: an engine in this process, or one behind a wire. */
@FunctionalInterface
public interface TokenGenerator {

    /**
     * Generates tokens after a prompt.
     *
     * @param prompt the prompt's tokens
     * @param maxTokens the most tokens to generate, at least 1
     * @param cancelled asked now and then; generating ends when it says true
     * @param token gets each token, the stop token included
     */
    Ending generate(int[] prompt, int maxTokens, BooleanSupplier cancelled, IntConsumer token);

    /** Why generating ended. */
    enum Ending {
        /** A stop token came. */
        STOP,
        /** There were as many tokens as asked for, or as the context has room for. */
        LENGTH,
        /** It was cancelled. */
        CANCELLED
    }

    /** Returns what an engine's generator generates, which reads again only what is new in the next prompt. */
    static TokenGenerator of(Generator generator, GenerationOptions options) {
        return (prompt, maxTokens, cancelled, token) -> {
            GenerationOptions limited = options.withMaxTokens(Math.min(options.maxTokens(), maxTokens))
                    .withCancelled(() ->
                            cancelled.getAsBoolean() || options.cancelled().getAsBoolean());
            return switch (generator
                    .generate(prompt, limited, one -> token.accept(one.id()))
                    .finishReason()) {
                case STOP -> Ending.STOP;
                case LENGTH -> Ending.LENGTH;
                case CANCELLED -> Ending.CANCELLED;
            };
        };
    }
}
