package io.harmony4j.chat;

import static java.util.Objects.requireNonNull;

import io.harmony4j.parser.TokenCounts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How many tokens a turn took. An immutable value. */
public final class Usage {
    private final int promptTokens;
    private final int cachedTokens;
    private final int completionTokens;
    private final int reasoningTokens;

    private Usage(int promptTokens, int cachedTokens, int completionTokens, int reasoningTokens) {
        this.promptTokens = promptTokens;
        this.cachedTokens = cachedTokens;
        this.completionTokens = completionTokens;
        this.reasoningTokens = reasoningTokens;
    }

    /** Returns what a parser has counted; nothing is known of the prompt. */
    public static Usage of(TokenCounts counts) {
        requireNonNull(counts, "counts");
        return new Usage(0, 0, counts.total(), counts.reasoning());
    }

    /**
     * Returns a copy that knows of the prompt.
     *
     * @param tokens how many tokens it has
     * @param cached how many of these had been read before
     */
    public Usage withPrompt(int tokens, int cached) {
        return new Usage(tokens, cached, completionTokens, reasoningTokens);
    }

    /** Returns the prompt's tokens; 0 if they are not known. */
    public int promptTokens() {
        return promptTokens;
    }

    /** Returns how many of the prompt's tokens had been read before. */
    public int cachedTokens() {
        return cachedTokens;
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
                && completionTokens == that.completionTokens
                && reasoningTokens == that.reasoningTokens;
    }

    @Override
    public int hashCode() {
        return Objects.hash(promptTokens, cachedTokens, completionTokens, reasoningTokens);
    }

    @Override
    public String toString() {
        return promptTokens + " prompt tokens (" + cachedTokens + " cached), " + completionTokens
                + " completion tokens (" + reasoningTokens + " reasoning)";
    }
}
