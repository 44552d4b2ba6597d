package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to render. Immutable. All options are serialized, so that a renderer may be a part of a task for another machine.
 *
 * <pre>{@code
 * RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL)
 * }</pre>
 */
public final class RenderOptions implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * As openai/harmony renders, but for training: prompts leave analysis out by {@link AnalysisPolicy#REFERENCE}, training examples keep
     * all of it, so that a model does not learn to answer without thinking.
     */
    public static final RenderOptions DEFAULT = new RenderOptions(Dialect.OPENAI, null, false, false, false);

    private final Dialect dialect;

    /** Null if none was named. */
    private final @Nullable AnalysisPolicy analysisPolicy;

    private final boolean dropPairs;
    private final boolean functionTools;
    private final boolean faithfulTypeScript;

    private RenderOptions(
            Dialect dialect,
            @Nullable AnalysisPolicy analysisPolicy,
            boolean dropPairs,
            boolean functionTools,
            boolean faithfulTypeScript) {
        this.dialect = dialect;
        this.analysisPolicy = analysisPolicy;
        this.dropPairs = dropPairs;
        this.functionTools = functionTools;
        this.faithfulTypeScript = faithfulTypeScript;
    }

    /** Returns how the details are written. */
    public Dialect dialect() {
        return dialect;
    }

    /**
     * Returns which chain of thought a conversation's rendering leaves out: the one that was named, or else the dialect's. Does not matter for
     * single messages.
     */
    public AnalysisPolicy analysisPolicy() {
        return analysisPolicy == null ? dialect.policy() : analysisPolicy;
    }

    /**
     * Returns which chain of thought a training example leaves out: the one that was named, or else {@link AnalysisPolicy#KEEP_ALL}. What
     * openai/harmony leaves out there is the thought of the very turn that is to be learnt.
     */
    public AnalysisPolicy trainingPolicy() {
        return analysisPolicy == null ? AnalysisPolicy.KEEP_ALL : analysisPolicy;
    }

    /**
     * Returns whether a call and its result are left out together where the policy leaves out one of them, because only one is on the
     * channel analysis. Otherwise, and in openai/harmony, the other one stays without it.
     */
    public boolean dropPairs() {
        return dropPairs;
    }

    /** Returns the indices of the messages that prompts leave out of a conversation, from 0, ascending. */
    public List<Integer> dropped(Conversation conversation) {
        return dropped(conversation, analysisPolicy());
    }

    /** Returns the indices of the messages that are left out by a policy, from 0, ascending. */
    List<Integer> dropped(Conversation conversation, AnalysisPolicy policy) {
        List<Integer> dropped = policy.dropped(conversation);
        return dropPairs && !dropped.isEmpty() ? CallPairs.of(conversation).withTheOthers(dropped) : dropped;
    }

    /**
     * Returns whether a single system message is rendered as one of a conversation that declares function tools, with a line on
     * the channel of their calls. For whole conversations the renderer looks itself.
     */
    public boolean functionTools() {
        return functionTools;
    }

    /**
     * Returns whether the TypeScript of tools shows all of their schemas, as {@link HarmonyRenderer#faithfulTypeScript} has it. The models
     * were trained on what openai/harmony shows, which leaves out much.
     */
    public boolean faithfulTypeScript() {
        return faithfulTypeScript;
    }

    /** Returns a copy that writes another dialect. */
    public RenderOptions withDialect(Dialect newDialect) {
        return new RenderOptions(
                requireNonNull(newDialect, "newDialect"), analysisPolicy, dropPairs, functionTools, faithfulTypeScript);
    }

    /** Returns a copy that leaves out analysis by another policy. */
    public RenderOptions withAnalysisPolicy(AnalysisPolicy policy) {
        return new RenderOptions(
                dialect, requireNonNull(policy, "policy"), dropPairs, functionTools, faithfulTypeScript);
    }

    /** Returns a copy that leaves out a call and its result together, or not. */
    public RenderOptions withDropPairs(boolean drops) {
        return new RenderOptions(dialect, analysisPolicy, drops, functionTools, faithfulTypeScript);
    }

    /** Returns a copy for single messages of conversations with function tools, or without. */
    public RenderOptions withFunctionTools(boolean has) {
        return new RenderOptions(dialect, analysisPolicy, dropPairs, has, faithfulTypeScript);
    }

    /** Returns a copy whose TypeScript shows all of the schemas of tools, or what openai/harmony shows of them. */
    public RenderOptions withFaithfulTypeScript(boolean isFaithful) {
        return new RenderOptions(dialect, analysisPolicy, dropPairs, functionTools, isFaithful);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RenderOptions that
                && dialect == that.dialect
                && analysisPolicy == that.analysisPolicy
                && dropPairs == that.dropPairs
                && functionTools == that.functionTools
                && faithfulTypeScript == that.faithfulTypeScript;
    }

    @Override
    public int hashCode() {
        return Objects.hash(dialect, analysisPolicy, dropPairs, functionTools, faithfulTypeScript);
    }

    @Override
    public String toString() {
        String training =
                analysisPolicy == null ? " (in training " + trainingPolicy().wireName() + ")" : "";
        return "dialect " + dialect.wireName() + ", analysis "
                + analysisPolicy().wireName() + training + (dropPairs ? ", pairs together" : "") + ", function tools "
                + functionTools + (faithfulTypeScript ? ", faithful TypeScript" : "");
    }
}
