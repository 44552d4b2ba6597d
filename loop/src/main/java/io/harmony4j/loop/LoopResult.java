package io.harmony4j.loop;

import io.harmony4j.Conversation;
import java.util.Optional;

/**
 * How a loop ended.
 *
 * @param conversation the conversation with all that was generated and all that tools answered
 * @param answer the text of the last message on the final channel, if there is one
 * @param ending why it ended
 * @param rounds how often the model was asked
 * @param generatedTokens how many tokens it generated
 */
public record LoopResult(
        Conversation conversation, Optional<String> answer, Ending ending, int rounds, int generatedTokens) {

    /** Why a loop ended. */
    public enum Ending {
        /** The model ended its turn without calling a tool. */
        ANSWERED,
        /** The limit of rounds was reached: the last call's result was not read. */
        ROUNDS,
        /** The limit of tokens was reached, or the end of the context: the last message may be cut off. */
        TOKENS,
        /** It was cancelled. */
        CANCELLED
    }
}
