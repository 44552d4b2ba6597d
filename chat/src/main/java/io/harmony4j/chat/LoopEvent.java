package io.harmony4j.chat;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Recipient;
import io.harmony4j.parser.ParseEvent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a loop, in this order in each round: {@link RoundStarted}; for each token {@link Generated} and what it {@link Parsed}
 * to; for each call {@link ToolCalled} and {@link ToolAnswered}.
 */
public sealed interface LoopEvent {

    /**
     * The model is asked.
     *
     * @param round which round, from 1
     * @param prompt the tokens that it continues; a copy
     */
    @SuppressWarnings("ArrayRecordComponent") // copied in and out, and compared by what is in it
    record RoundStarted(int round, int[] prompt) implements LoopEvent {
        public RoundStarted {
            prompt = requireNonNull(prompt, "prompt").clone();
        }

        @Override
        public int[] prompt() {
            return prompt.clone();
        }

        /** Returns how many tokens the prompt has. */
        public int promptTokens() {
            return prompt.length;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof RoundStarted that && round == that.round && Arrays.equals(prompt, that.prompt);
        }

        @Override
        public int hashCode() {
            return 31 * round + Arrays.hashCode(prompt);
        }

        @Override
        public String toString() {
            return "RoundStarted[round=" + round + ", promptTokens=" + prompt.length + "]";
        }
    }

    /**
     * The model generated a token.
     *
     * @param token its id
     */
    record Generated(int token) implements LoopEvent {}

    /**
     * The parser understood something.
     *
     * @param event what
     */
    record Parsed(ParseEvent event) implements LoopEvent {
        public Parsed {
            requireNonNull(event, "event");
        }
    }

    /**
     * A tool is called.
     *
     * @param tool the tool: the declared one that was meant; if none was, the name that the model wrote
     * @param arguments what the model wrote, verbatim
     */
    record ToolCalled(Recipient tool, String arguments) implements LoopEvent {
        public ToolCalled {
            requireNonNull(tool, "tool");
            requireNonNull(arguments, "arguments");
        }
    }

    /**
     * A tool answered.
     *
     * @param tool the tool, as in {@link ToolCalled}
     * @param text what the model will read
     * @param failed whether it is an error: of the tool, or because there is no such tool
     */
    record ToolAnswered(Recipient tool, String text, boolean failed) implements LoopEvent {
        public ToolAnswered {
            requireNonNull(tool, "tool");
            requireNonNull(text, "text");
        }
    }
}
