package io.harmony4j.chat;

import static java.util.Objects.requireNonNull;

import io.harmony4j.parser.TokenCounts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How many tokens a turn took. An immutable value. */
public final class Usage {
    private final int promptTokens;
    private final int cachedTokens;
    private final int cacheWriteTokens;
    private final int completionTokens;
    private final int reasoningTokens;

    private Usage(int promptTokens, int cachedTokens, int cacheWriteTokens, int completionTokens, int reasoningTokens) {
        this.promptTokens = promptTokens;
        this.cachedTokens = cachedTokens;
        this.cacheWriteTokens = cacheWriteTokens;
        this.completionTokens = completionTokens;
        this.reasoningTokens = reasoningTokens;
    }

    /** Returns what a parser has counted; nothing is known of the prompt. */
    public static Usage of(TokenCounts counts) {
        requireNonNull(counts, "counts");
        return of(counts.total(), counts.reasoning());
    }

    /**
     * Returns what a runtime has counted itself; nothing is known of the prompt.
     *
     * @param completionTokens all tokens that were generated
     * @param reasoningTokens how many of these are the content of reasoning
     */
    public static Usage of(int completionTokens, int reasoningTokens) {
        return new Usage(0, 0, 0, completionTokens, reasoningTokens);
    }

    /**
     * Returns a copy that knows of the prompt.
     *
     * @param tokens how many tokens it has
     * @param cached how many of these had been read before
     */
    public Usage withPrompt(int tokens, int cached) {
        return new Usage(tokens, cached, cacheWriteTokens, completionTokens, reasoningTokens);
    }

    /** Returns a copy with the number of the prompt's tokens that were put into a cache for later prompts. */
    public Usage withCacheWrites(int tokens) {
        return new Usage(promptTokens, cachedTokens, tokens, completionTokens, reasoningTokens);
    }

    /** Returns the usage of both together, of two turns for instance. */
    public Usage plus(Usage other) {
        requireNonNull(other, "other");
        return new Usage(
                promptTokens + other.promptTokens,
                cachedTokens + other.cachedTokens,
                cacheWriteTokens + other.cacheWriteTokens,
                completionTokens + other.completionTokens,
                reasoningTokens + other.reasoningTokens);
    }

    /** Returns the prompt's tokens; 0 if they are not known. */
    public int promptTokens() {
        return promptTokens;
    }

    /** Returns how many of the prompt's tokens had been read before. */
    public int cachedTokens() {
        return cachedTokens;
    }

    /** Returns how many of the prompt's tokens were put into a cache for later prompts; 0 unless the runtime tells. */
    public int cacheWriteTokens() {
        return cacheWriteTokens;
    }

    /** Returns all tokens that were generated. */
    public int completionTokens() {
        return completionTokens;
    }

    /** Returns how many of these are the content of reasoning. */
    public int reasoningTokens() {
        return reasoningTokens;
    }

    /** Returns the tokens of prompt and completion. */
    public int totalTokens() {
        return promptTokens + completionTokens;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Usage that
                && promptTokens == that.promptTokens
                && cachedTokens == that.cachedTokens
                && cacheWriteTokens == that.cacheWriteTokens
                && completionTokens == that.completionTokens
                && reasoningTokens == that.reasoningTokens;
    }

    @Override
    public int hashCode() {
        return Objects.hash(promptTokens, cachedTokens, cacheWriteTokens, completionTokens, reasoningTokens);
    }

    @Override
    public String toString() {
        return promptTokens + " prompt tokens (" + cachedTokens + " cached), " + completionTokens
                + " completion tokens (" + reasoningTokens + " reasoning)";
    }
}
