package io.harmony4j.chat;

import io.harmony4j.Recipient;
import io.harmony4j.parser.ParseEvent;

/**
 * What happens in a loop, in this order in each round: {@link RoundStarted}; for each token {@link Generated} and what it {@link Parsed}
 * to; for each call {@link ToolCalled} and {@link ToolAnswered}.
 */
public sealed interface LoopEvent {

    /**
     * The model is asked.
     *
     * @param round which round, from 1
     * @param promptTokens how many tokens the prompt has
     */
    record RoundStarted(int round, int promptTokens) implements LoopEvent {}

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
    record Parsed(ParseEvent event) implements LoopEvent {}

    /**
     * A tool is called.
     *
     * @param tool the tool
     * @param arguments what the model wrote, verbatim
     */
    record ToolCalled(Recipient tool, String arguments) implements LoopEvent {}

    /**
     * A tool answered.
     *
     * @param tool the tool
     * @param text what the model will read
     * @param failed whether it is an error: of the tool, or because there is no such tool
     */
    record ToolAnswered(Recipient tool, String text, boolean failed) implements LoopEvent {}
}
