package io.harmony4j.springai;

import io.harmony4j.ReasoningEffort;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.DefaultToolCallingChatOptions;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

/**
 * What a {@link HarmonySpringChatModel} can be told: Spring AI's common options, tools, a schema of the answer, and what gpt-oss has of
 * its own. Immutable.
 *
 * <pre>{@code
 * HarmonyChatOptions.builder().reasoningEffort(ReasoningEffort.LOW).temperature(0.0).maxTokens(500).build()
 * }</pre>
 *
 * <p>What is null is as the model does it by itself: temperature 1, nothing left out, up to 4096 tokens, medium effort, another seed each
 * time. There are no frequency and presence penalties; others than 0 are refused.
 */
public final class HarmonyChatOptions extends DefaultToolCallingChatOptions implements StructuredOutputChatOptions {
    private final @Nullable ReasoningEffort reasoningEffort;
    private final @Nullable Long seed;
    private final @Nullable ToolChoice toolChoice;
    private final @Nullable String outputSchema;

    private HarmonyChatOptions(ToolCallingChatOptions common, Builder own) {
        super(
                common.getToolCallbacks(),
                common.getToolContext(),
                common.getModel(),
                common.getFrequencyPenalty(),
                common.getMaxTokens(),
                common.getPresencePenalty(),
                common.getStopSequences(),
                common.getTemperature(),
                common.getTopK(),
                common.getTopP());
        this.reasoningEffort = own.reasoningEffort;
        this.seed = own.seed;
        this.toolChoice = own.toolChoice;
        this.outputSchema = own.outputSchema;
    }

    /** Returns a builder of options in which nothing is set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns how long the model is asked to think. */
    public @Nullable ReasoningEffort getReasoningEffort() {
        return reasoningEffort;
    }

    /** Returns where the random numbers begin; with one, an engine of this project says the same each time. */
    public @Nullable Long getSeed() {
        return seed;
    }

    /** Returns whether the model may call tools, or must. */
    public @Nullable ToolChoice getToolChoice() {
        return toolChoice;
    }

    /** Returns the JSON Schema that the model is asked to follow in its answer. */
    @Override
    public @Nullable String getOutputSchema() {
        return outputSchema;
    }

    @Override
    public Builder mutate() {
        return of(this);
    }

    /** Returns a builder with all that options of any class say. */
    static Builder of(ChatOptions options) {
        Builder builder = builder()
                .model(options.getModel())
                .frequencyPenalty(options.getFrequencyPenalty())
                .maxTokens(options.getMaxTokens())
                .presencePenalty(options.getPresencePenalty())
                .stopSequences(options.getStopSequences())
                .temperature(options.getTemperature())
                .topK(options.getTopK())
                .topP(options.getTopP());
        if (options instanceof ToolCallingChatOptions tools) {
            builder.toolCallbacks(tools.getToolCallbacks()).toolContext(tools.getToolContext());
        }
        if (options instanceof StructuredOutputChatOptions structured) {
            builder.outputSchema(structured.getOutputSchema());
        }
        if (options instanceof HarmonyChatOptions own) {
            builder.reasoningEffort(own.reasoningEffort).seed(own.seed).toolChoice(own.toolChoice);
        }
        return builder;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HarmonyChatOptions that
                && super.equals(that)
                && reasoningEffort == that.reasoningEffort
                && Objects.equals(seed, that.seed)
                && Objects.equals(toolChoice, that.toolChoice)
                && Objects.equals(outputSchema, that.outputSchema);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), reasoningEffort, seed, toolChoice, outputSchema);
    }

    /** Builds {@link HarmonyChatOptions}. */
    public static final class Builder extends DefaultToolCallingChatOptions.Builder<Builder>
            implements StructuredOutputChatOptions.Builder<Builder> {
        private @Nullable ReasoningEffort reasoningEffort;
        private @Nullable Long seed;
        private @Nullable ToolChoice toolChoice;
        private @Nullable String outputSchema;

        private Builder() {}

        /** Sets how long the model is asked to think. */
        public Builder reasoningEffort(@Nullable ReasoningEffort effort) {
            this.reasoningEffort = effort;
            return this;
        }

        /** Sets where the random numbers begin. */
        public Builder seed(@Nullable Long newSeed) {
            this.seed = newSeed;
            return this;
        }

        /** Sets whether the model may call tools, or must. */
        public Builder toolChoice(@Nullable ToolChoice choice) {
            this.toolChoice = choice;
            return this;
        }

        /** Sets the JSON Schema that the model is asked to follow in its answer; it is not forced. */
        @Override
        public Builder outputSchema(@Nullable String schema) {
            this.outputSchema = schema;
            return this;
        }

        /** Takes all that is set in another builder of any class; stop sequences and tools are added to those that are here. */
        @Override
        public Builder combineWith(ChatOptions.Builder<?> other) {
            Builder that = of(other.build());
            super.combineWith(that);
            reasoningEffort = that.reasoningEffort == null ? reasoningEffort : that.reasoningEffort;
            seed = that.seed == null ? seed : that.seed;
            toolChoice = that.toolChoice == null ? toolChoice : that.toolChoice;
            outputSchema = that.outputSchema == null ? outputSchema : that.outputSchema;
            return this;
        }

        @Override
        public HarmonyChatOptions build() {
            return new HarmonyChatOptions(super.build(), this);
        }
    }
}
