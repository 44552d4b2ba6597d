package io.harmony4j.springai;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether the model may call tools, or must: {@link #AUTO}, {@link #NONE}, {@link #REQUIRED} or {@link #tool}. Immutable.
 *
 * <pre>{@code
 * HarmonyChatOptions.builder().toolChoice(ToolChoice.tool("get_weather"))
 * }</pre>
 *
 * <p>A choice that demands a call holds for each turn of the model. A loop that calls tools until the model has called none, as
 * {@code ToolCallingAdvisor}, does not end with it: demand calls where your own code runs the tools.
 */
public final class ToolChoice {
    /** The model decides; also what no choice means. */
    public static final ToolChoice AUTO = new ToolChoice(Kind.AUTO, null);

    /** No tool is called: the model is told of none. */
    public static final ToolChoice NONE = new ToolChoice(Kind.NONE, null);

    /** One of the tools is called. */
    public static final ToolChoice REQUIRED = new ToolChoice(Kind.REQUIRED, null);

    private final Kind kind;
    private final @Nullable String tool;

    /** What is chosen. */
    enum Kind {
        AUTO,
        NONE,
        REQUIRED,
        TOOL
    }

    private ToolChoice(Kind kind, @Nullable String tool) {
        this.kind = kind;
        this.tool = tool;
    }

    /** Returns that the tool with the given name is called. */
    public static ToolChoice tool(String name) {
        return new ToolChoice(Kind.TOOL, requireNonNull(name, "name"));
    }

    Kind kind() {
        return kind;
    }

    /** Returns the name of the tool that is called; null unless a certain one is. */
    @Nullable
    String tool() {
        return tool;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ToolChoice that && kind == that.kind && Objects.equals(tool, that.tool);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, tool);
    }

    /** Returns the choice as code says it, as in {@code REQUIRED} or {@code tool("get_weather")}. */
    @Override
    public String toString() {
        return tool == null ? kind.name() : "tool(\"" + tool + "\")";
    }
}
