package io.harmony4j.openai;

import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;

/**
 * One generation on its way into an answer: a turn of a conversation, or the continuation of a text.
 *
 * <pre>{@code
 * turn.finish(generator.generate(prompt, options.withCancelled(turn::isDone), turn::accept));
 * }</pre>
 *
 * <p>Used by one thread at a time; so are all turns of one answer together.
 */
public sealed interface Turn permits AnswerTurn, TextTurn {

    /**
     * Takes a token.
     *
     * @throws IllegalStateException if the turn is finished or has failed
     */
    void accept(GeneratedToken token);

    /** Returns whether nothing more is wanted. What is given all the same counts as generated, but may be no part of the answer. */
    boolean isDone();

    /**
     * Ends the turn with what a generator says of it.
     *
     * @throws IllegalStateException if the turn is finished or has failed
     */
    void finish(Generation generation);

    /**
     * Ends the turn because the model failed. The client gets what came so far, and the error.
     *
     * @throws IllegalStateException if the turn is finished or has failed
     */
    void fail(ApiException error);
}
