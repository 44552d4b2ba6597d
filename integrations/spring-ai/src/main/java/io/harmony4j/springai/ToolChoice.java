package io.harmony4j.springai;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Whether the model may call tools, or must.
 *
 * <pre>{@code
 * HarmonyChatOptions.builder().toolChoice(ToolChoice.tool("get_weather"))
 * }</pre>
 *
 * <p>A choice that demands a call holds for each turn of the model. A loop that calls tools until the model has called none, as
 * {@code ToolCallingAdvisor}, does not end with it: demand calls where your own code runs the tools.
 *
 * @param kind what is chosen
 * @param tool the name of the tool that must be called, for {@link Kind#TOOL} alone
 */
public record ToolChoice(Kind kind, @Nullable String tool) {
    /** The model decides; also what no choice means. */
    public static final ToolChoice AUTO = new ToolChoice(Kind.AUTO, null);

    /** No tool is called: the model is told of none. */
    public static final ToolChoice NONE = new ToolChoice(Kind.NONE, null);

    /** One of the tools is called. */
    public static final ToolChoice REQUIRED = new ToolChoice(Kind.REQUIRED, null);

    /** What is chosen. */
    public enum Kind {
        /** The model decides. */
        AUTO,
        /** No tool is called. */
        NONE,
        /** One of the tools is called. */
        REQUIRED,
        /** A certain tool is called. */
        TOOL
    }

    /**
     * Creates a choice.
     *
     * @throws IllegalArgumentException if there is a tool and the kind is another than {@link Kind#TOOL}, or there is none for it
     */
    public ToolChoice {
        requireNonNull(kind, "kind");
        if ((kind == Kind.TOOL) != (tool != null)) {
            throw new IllegalArgumentException(
                    "expected a tool's name for " + Kind.TOOL + " and for no other kind but found "
                            + (tool == null ? "none" : "\"" + tool + "\"") + " for " + kind);
        }
    }

    /** Returns that the tool with the given name is called. */
    public static ToolChoice tool(String name) {
        return new ToolChoice(Kind.TOOL, requireNonNull(name, "name"));
    }
}
