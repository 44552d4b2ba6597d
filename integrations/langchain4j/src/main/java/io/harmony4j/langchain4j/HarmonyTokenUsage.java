package io.harmony4j.langchain4j;

import dev.langchain4j.model.output.TokenUsage;
import io.harmony4j.chat.Usage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A token usage that also tells how many tokens were thinking, and how many of the prompt had been read before. Immutable.
 *
 * <pre>{@code
 * if (response.tokenUsage() instanceof HarmonyTokenUsage usage) {
 *     usage.reasoningTokenCount();     // of usage.outputTokenCount()
 * }
 * }</pre>
 *
 * <p>The output are all tokens that the model generated, its headers and end tokens included.
 */
public final class HarmonyTokenUsage extends TokenUsage {
    private final int cachedInputTokenCount;
    private final int reasoningTokenCount;

    private HarmonyTokenUsage(
            @Nullable Integer input, @Nullable Integer output, @Nullable Integer total, int cached, int reasoning) {
        super(input, output, total);
        this.cachedInputTokenCount = cached;
        this.reasoningTokenCount = reasoning;
    }

    /** Returns the usage of a turn. */
    static HarmonyTokenUsage of(Usage usage) {
        return new HarmonyTokenUsage(
                usage.promptTokens(),
                usage.completionTokens(),
                usage.totalTokens(),
                usage.cachedTokens(),
                usage.reasoningTokens());
    }

    /** Returns how many tokens of the input had been read before, and did not have to be read again. */
    public int cachedInputTokenCount() {
        return cachedInputTokenCount;
    }

    /** Returns how many tokens of the output are the content of thinking. */
    public int reasoningTokenCount() {
        return reasoningTokenCount;
    }

    /** Returns the usage of both together; one that does not tell of thinking and of what had been read before counts as having none. */
    @Override
    public HarmonyTokenUsage add(@Nullable TokenUsage that) {
        if (that == null) {
            return this;
        }
        HarmonyTokenUsage other = that instanceof HarmonyTokenUsage harmony
                ? harmony
                : new HarmonyTokenUsage(that.inputTokenCount(), that.outputTokenCount(), that.totalTokenCount(), 0, 0);
        return new HarmonyTokenUsage(
                sum(inputTokenCount(), other.inputTokenCount()),
                sum(outputTokenCount(), other.outputTokenCount()),
                sum(totalTokenCount(), other.totalTokenCount()),
                cachedInputTokenCount + other.cachedInputTokenCount,
                reasoningTokenCount + other.reasoningTokenCount);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HarmonyTokenUsage that
                && super.equals(that)
                && cachedInputTokenCount == that.cachedInputTokenCount
                && reasoningTokenCount == that.reasoningTokenCount;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), cachedInputTokenCount, reasoningTokenCount);
    }

    @Override
    public String toString() {
        return "HarmonyTokenUsage { inputTokenCount = " + inputTokenCount() + " (" + cachedInputTokenCount
                + " cached), outputTokenCount = " + outputTokenCount() + " (" + reasoningTokenCount
                + " reasoning), totalTokenCount = " + totalTokenCount() + " }";
    }
}
