package io.harmony4j.chat;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a loop ended. Immutable. */
public final class LoopResult {
    private final TokenHistory history;
    private final @Nullable String answer;
    private final Ending ending;
    private final int rounds;
    private final int generatedTokens;
    private final List<Message> inventedMessages;

    LoopResult(
            TokenHistory history,
            @Nullable String answer,
            Ending ending,
            int rounds,
            int generatedTokens,
            List<Message> inventedMessages) {
        this.history = history;
        this.answer = answer;
        this.ending = ending;
        this.rounds = rounds;
        this.generatedTokens = generatedTokens;
        this.inventedMessages = List.copyOf(inventedMessages);
    }

    /** Why a loop ended. */
    public enum Ending {
        /** The model ended its turn with an answer: it said something to the user and called no tool. */
        ANSWERED,
        /** The model ended its turn without an answer and without a call: it thought and said nothing, or wrote nothing at all. */
        NO_ANSWER,
        /** The limit of rounds was reached: the last call's result was not read. */
        ROUNDS,
        /**
         * The limit of tokens was reached, or the end of the model's context: the last message may be cut off, or be a tool's answer that
         * the model has no room to read.
         */
        TOKENS,
        /** It was cancelled, or its thread was interrupted; the interrupt flag is still set. */
        CANCELLED
    }

    /** Returns the conversation with all that the assistant said and all that tools answered. */
    public Conversation conversation() {
        return history.conversation();
    }

    /** Returns {@link #conversation()} as tokens, those that the model generated as it did, to go on from. */
    public TokenHistory history() {
        return history;
    }

    /**
     * Returns the answer of the last turn: what it says to the user, whatever the channel, the texts of several messages joined by
     * line feeds. Commentary is the answer only if nothing else is, and no call follows: otherwise it announces what the model is about
     * to do. Empty if there is no such text; cut off if the turn was.
     */
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

    /**
     * Returns the messages that the model wrote in the name of others, in order: of the user, the developer, the system or a tool.
     * Nobody else said this, so it is not in the conversation, and the model does not read it in the next round.
     */
    public List<Message> inventedMessages() {
        return inventedMessages;
    }

    @Override
    public String toString() {
        return ending + " after " + rounds + " rounds and " + generatedTokens + " tokens: " + answer;
    }
}
