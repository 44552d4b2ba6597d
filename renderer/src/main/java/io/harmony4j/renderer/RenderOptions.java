package io.harmony4j.renderer;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to render. Immutable.
 *
 * <pre>{@code
 * RenderOptions.DEFAULT.withKeepAnalysis(true)
 * }</pre>
 */
public final class RenderOptions {
    /** As openai/harmony: the analysis before the first final message is left out once the last one of the assistant is final. */
    public static final RenderOptions DEFAULT = new RenderOptions(false, false);

    private final boolean keepAnalysis;
    private final boolean functionTools;

    private RenderOptions(boolean keepAnalysis, boolean functionTools) {
        this.keepAnalysis = keepAnalysis;
        this.functionTools = functionTools;
    }

    /**
     * Returns whether the chain of thought stays in a conversation where the default leaves it out: messages on the analysis
     * channel before the first message on the final channel, if the assistant's last message is on the final channel. Does not
     * matter for single messages.
     */
    public boolean keepAnalysis() {
        return keepAnalysis;
    }

    /**
     * Returns whether a single system message is rendered as one of a conversation that declares function tools, with a line on
     * the channel of their calls. For whole conversations the renderer looks itself.
     */
    public boolean functionTools() {
        return functionTools;
    }

    /** Returns a copy that keeps analysis, or not. */
    public RenderOptions withKeepAnalysis(boolean keep) {
        return new RenderOptions(keep, functionTools);
    }

    /** Returns a copy for single messages of conversations with function tools, or without. */
    public RenderOptions withFunctionTools(boolean has) {
        return new RenderOptions(keepAnalysis, has);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RenderOptions that
                && keepAnalysis == that.keepAnalysis
                && functionTools == that.functionTools;
    }

    @Override
    public int hashCode() {
        return Objects.hash(keepAnalysis, functionTools);
    }

    @Override
    public String toString() {
        return "keep analysis " + keepAnalysis + ", function tools " + functionTools;
    }
}
