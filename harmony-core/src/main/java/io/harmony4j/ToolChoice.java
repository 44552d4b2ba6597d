package io.harmony4j;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Which tools a model may call in its turn, and whether it must.
 *
 * @param mode whether it may or must
 * @param tools the tools it may call; empty for all that are declared
 */
public record ToolChoice(Mode mode, List<Recipient> tools) {
    /** The model decides. */
    public static final ToolChoice AUTO = new ToolChoice(Mode.AUTO, List.of());

    /** No tool is in the prompt. */
    public static final ToolChoice NONE = new ToolChoice(Mode.NONE, List.of());

    /** The model must call a tool. */
    public static final ToolChoice REQUIRED = new ToolChoice(Mode.REQUIRED, List.of());

    public ToolChoice {
        requireNonNull(mode, "mode");
        tools = List.copyOf(requireNonNull(tools, "tools"));
    }

    /** Returns whether the model must call a tool: any, or the one that is named. */
    public boolean mustCall() {
        return mode == Mode.REQUIRED || mode == Mode.NAMED;
    }

    /** Whether the model may call tools, or must. */
    public enum Mode {
        AUTO,
        NONE,
        REQUIRED,
        /** It must call the one tool that the request names. */
        NAMED
    }
}
