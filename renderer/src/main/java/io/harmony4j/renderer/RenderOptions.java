package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to render. Immutable.
 *
 * <pre>{@code
 * RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL)
 * }</pre>
 */
public final class RenderOptions {
    /** As openai/harmony renders: analysis is left out by {@link AnalysisPolicy#REFERENCE}. */
    public static final RenderOptions DEFAULT = new RenderOptions(AnalysisPolicy.REFERENCE, false);

    private final AnalysisPolicy analysisPolicy;
    private final boolean functionTools;

    private RenderOptions(AnalysisPolicy analysisPolicy, boolean functionTools) {
        this.analysisPolicy = analysisPolicy;
        this.functionTools = functionTools;
    }

    /** Returns which chain of thought a conversation's rendering leaves out. Does not matter for single messages. */
    public AnalysisPolicy analysisPolicy() {
        return analysisPolicy;
    }

    /**
     * Returns whether a single system message is rendered as one of a conversation that declares function tools, with a line on
     * the channel of their calls. For whole conversations the renderer looks itself.
     */
    public boolean functionTools() {
        return functionTools;
    }

    /** Returns a copy that leaves out analysis by another policy. */
    public RenderOptions withAnalysisPolicy(AnalysisPolicy policy) {
        return new RenderOptions(requireNonNull(policy, "policy"), functionTools);
    }

    /** Returns a copy for single messages of conversations with function tools, or without. */
    public RenderOptions withFunctionTools(boolean has) {
        return new RenderOptions(analysisPolicy, has);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RenderOptions that
                && analysisPolicy == that.analysisPolicy
                && functionTools == that.functionTools;
    }

    @Override
    public int hashCode() {
        return Objects.hash(analysisPolicy, functionTools);
    }

    @Override
    public String toString() {
        return "analysis " + analysisPolicy.wireName() + ", function tools " + functionTools;
    }
}
