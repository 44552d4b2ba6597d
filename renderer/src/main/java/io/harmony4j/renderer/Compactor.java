package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the prompt of a long conversation fit a budget of tokens, by leaving out what the model misses least.
 *
 * <pre>{@code
 * Compactor compactor = new Compactor(tokenizer, options, 131_072 - maxTokens);
 * Compaction compaction = compactor.compact(conversation);
 * conversation = compaction.conversation();        // go on with this one
 * }</pre>
 *
 * <p>While the prompt is within the budget, nothing changes. If it is not, this is left out, oldest first, until the prompt is within a
 * fraction of the budget ({@link #withLow}): thoughts of earlier turns; what tools answered in them, of which is left how long it was, or its
 * beginning and end ({@link #withHeadAndTail}); whole earlier turns, in whose place a summary may stand ({@link #withSummariser}). If it still is
 * not within the budget, then until it is: results of the turn at work, but for the last ones, and its thoughts before the last result. System
 * and developer messages, the user's messages of the turn at work, calls and the last results stay.
 *
 * <p>The budget is the model's context less what the answer may have: a context of 131,072 tokens of which an answer may take 8,192 leaves
 * 122,880 for the prompt.
 *
 * <p>Callers go on with the shorter conversation: since there is room again, the prompts of the next turns go on where the last one ended, and
 * a runtime that has read it reads on. Sizes are exact, and equal conversations become equal ones. Immutable and thread-safe, if the summariser is.
 */
public final class Compactor {
    private static final double DEFAULT_LOW = 0.75;
    private static final int DEFAULT_KEPT_RESULTS = 1;

    private final Tokenizer tokenizer;
    private final RenderOptions options;
    private final int budget;
    private final Settings settings;
    private final HarmonyRenderer withFunctions;
    private final HarmonyRenderer withoutFunctions;

    /** What callers can choose. */
    private record Settings(
            double low,
            int keptResults,
            boolean protectsFirstTurn,
            int head,
            int tail,
            @Nullable Summariser summariser) {
        static final Settings DEFAULT = new Settings(DEFAULT_LOW, DEFAULT_KEPT_RESULTS, false, 0, 0, null);

        Settings {
            require(low > 0 && low <= 1, "a fraction above 0 and up to 1", low);
            require(keptResults >= 0, "at least 0 results to keep", keptResults);
            require(head >= 0, "at least 0 tokens of a result's beginning", head);
            require(tail >= 0, "at least 0 tokens of a result's end", tail);
        }
    }

    /**
     * Creates a compactor that goes down to three quarters of the budget, and keeps one result of the turn at work.
     *
     * @param options how prompts are rendered
     * @param budget the most tokens of a prompt: the model's context without room for the answer
     * @throws IllegalArgumentException if the budget is less than 1, or the tokenizer lacks the special tokens of Harmony
     */
    public Compactor(Tokenizer tokenizer, RenderOptions options, int budget) {
        this(tokenizer, options, budget, Settings.DEFAULT);
    }

    private Compactor(Tokenizer tokenizer, RenderOptions options, int budget, Settings settings) {
        require(budget >= 1, "a budget of at least 1 token", budget);
        this.tokenizer = requireNonNull(tokenizer, "tokenizer");
        this.options = requireNonNull(options, "options");
        this.budget = budget;
        this.settings = settings;
        this.withFunctions = new HarmonyRenderer(tokenizer, options.withFunctionTools(true));
        this.withoutFunctions = new HarmonyRenderer(tokenizer, options.withFunctionTools(false));
    }

    private Compactor with(Settings changed) {
        return new Compactor(tokenizer, options, budget, changed);
    }

    private static void require(boolean isSo, String expected, Number found) {
        if (!isSo) {
            throw new IllegalArgumentException("expected " + expected + " but found " + found);
        }
    }

    /**
     * Returns a copy that goes down to another fraction of the budget. The lower it is, the longer it takes until the next compaction.
     *
     * @throws IllegalArgumentException if it is not above 0 and up to 1
     */
    public Compactor withLow(double fraction) {
        Settings now = settings;
        return with(new Settings(fraction, now.keptResults, now.protectsFirstTurn, now.head, now.tail, now.summariser));
    }

    /**
     * Returns a copy that keeps another number of the last results of the turn at work.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Compactor withKeptResults(int count) {
        Settings now = settings;
        return with(new Settings(now.low, count, now.protectsFirstTurn, now.head, now.tail, now.summariser));
    }

    /**
     * Returns a copy that leaves the first turn as it is while others follow it, or one that does not. There often is the task that the whole
     * conversation is about.
     */
    public Compactor withProtectedFirstTurn(boolean isProtected) {
        Settings now = settings;
        return with(new Settings(now.low, now.keptResults, isProtected, now.head, now.tail, now.summariser));
    }

    /**
     * Returns a copy that keeps the beginning and the end of a result, with a line between them that says how many tokens are left out. With
     * 0 and 0, all of a result is left out. A result stays as it is if little would be won.
     *
     * @param headTokens how many tokens of the beginning stay
     * @param tailTokens how many tokens of the end stay
     * @throws IllegalArgumentException if one is negative
     */
    public Compactor withHeadAndTail(int headTokens, int tailTokens) {
        Settings now = settings;
        return with(
                new Settings(now.low, now.keptResults, now.protectsFirstTurn, headTokens, tailTokens, now.summariser));
    }

    /**
     * Returns a copy that puts a message in the place of the turns that are left out. Its tokens count. Whatever the summariser throws,
     * {@link #compact} throws.
     */
    public Compactor withSummariser(Summariser summariser) {
        requireNonNull(summariser, "summariser");
        Settings now = settings;
        return with(new Settings(now.low, now.keptResults, now.protectsFirstTurn, now.head, now.tail, summariser));
    }

    /** Returns what stands in the place of a result of so many tokens. */
    public static String mark(int tokens) {
        return ResultShortener.mark(tokens);
    }

    /**
     * Makes the prompt of a conversation fit, as far as it can.
     *
     * @throws IllegalArgumentException as {@link HarmonyRenderer#render(Conversation)}, or if a summary is neither a user's nor a
     *     developer's message, or is on the channel analysis
     */
    public Compaction compact(Conversation conversation) {
        return new CompactionWork(requireNonNull(conversation, "conversation"), this).run();
    }

    // What a compaction needs to know.

    int budget() {
        return budget;
    }

    /** Returns down to how many tokens earlier turns are shortened. */
    int target() {
        return (int) Math.floor(budget * settings.low);
    }

    int keptResults() {
        return settings.keptResults;
    }

    boolean protectsFirstTurn() {
        return settings.protectsFirstTurn;
    }

    @Nullable
    Summariser summariser() {
        return settings.summariser;
    }

    ResultShortener shortener() {
        return new ResultShortener(tokenizer, settings.head, settings.tail);
    }

    /** Returns the indices of the messages that a prompt leaves out of those that are left, from 0, ascending. */
    List<Integer> dropped(List<Message> messages) {
        return options.dropped(new Conversation(messages));
    }

    /** Returns the renderer of single messages of a conversation. */
    HarmonyRenderer renderer(List<Message> messages) {
        return HarmonyRenderer.hasFunctionTools(messages) ? withFunctions : withoutFunctions;
    }
}
