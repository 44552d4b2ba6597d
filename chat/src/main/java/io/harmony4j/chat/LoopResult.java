package io.harmony4j.chat;

import io.harmony4j.Conversation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a loop ended. Immutable. */
public final class LoopResult {
    private final Conversation conversation;
    private final @Nullable String answer;
    private final Ending ending;
    private final int rounds;
    private final int generatedTokens;

    LoopResult(Conversation conversation, @Nullable String answer, Ending ending, int rounds, int generatedTokens) {
        this.conversation = conversation;
        this.answer = answer;
        this.ending = ending;
        this.rounds = rounds;
        this.generatedTokens = generatedTokens;
    }

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

    /** Returns the conversation with all that was generated and all that tools answered. */
    public Conversation conversation() {
        return conversation;
    }

    /** Returns the text of the last message on the final channel, if there is one. */
    public Optional<String> answer() {
        return Optional.ofNullable(answer);
    }

    /** Returns why the loop ended. */
    public Ending ending() {
        return ending;
    }

    /** Returns how often the model was asked. */
    public int rounds() {
        return rounds;
    }

    /** Returns how many tokens it generated. */
    public int generatedTokens() {
        return generatedTokens;
    }

    @Override
    public String toString() {
        return ending + " after " + rounds + " rounds and " + generatedTokens + " tokens: " + answer;
    }
}
