package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

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
 * fraction of the budget ({@link #withLow}): thoughts of earlier turns; what tools answered in them, of which is left how long it was; whole
 * earlier turns. If it still is not within the budget, then until it is: results of the turn at work, but for the last ones, and
 * its thoughts before the last result. System and developer messages, the user's messages of the turn at work, calls and the last results stay.
 *
 * <p>Callers go on with the shorter conversation: since there is room again, the prompts of the next turns go on where the last one ended, and
 * a runtime that has read it reads on. Sizes are exact, and equal conversations become equal ones. Immutable and thread-safe.
 */
public final class Compactor {
    private static final double DEFAULT_LOW = 0.75;
    private static final int DEFAULT_KEPT_RESULTS = 1;

    /** {@code <|start|>assistant}, with which a prompt ends. */
    private static final int NEXT_MESSAGE_TOKENS = 2;

    private static final int UNKNOWN = -1;

    private final Tokenizer tokenizer;
    private final RenderOptions options;
    private final int budget;
    private final double low;
    private final int keptResults;
    private final HarmonyRenderer withFunctions;
    private final HarmonyRenderer withoutFunctions;

    /**
     * Creates a compactor that goes down to three quarters of the budget, and keeps one result of the turn at work.
     *
     * @param options how prompts are rendered
     * @param budget the most tokens of a prompt: the model's context without room for the answer
     * @throws IllegalArgumentException if the budget is less than 1, or the tokenizer lacks the special tokens of Harmony
     */
    public Compactor(Tokenizer tokenizer, RenderOptions options, int budget) {
        this(tokenizer, options, budget, DEFAULT_LOW, DEFAULT_KEPT_RESULTS);
    }

    private Compactor(Tokenizer tokenizer, RenderOptions options, int budget, double low, int keptResults) {
        require(budget >= 1, "a budget of at least 1 token", budget);
        require(low > 0 && low <= 1, "a fraction above 0 and up to 1", low);
        require(keptResults >= 0, "at least 0 results to keep", keptResults);
        this.tokenizer = requireNonNull(tokenizer, "tokenizer");
        this.options = requireNonNull(options, "options");
        this.budget = budget;
        this.low = low;
        this.keptResults = keptResults;
        this.withFunctions = new HarmonyRenderer(tokenizer, options.withFunctionTools(true));
        this.withoutFunctions = new HarmonyRenderer(tokenizer, options.withFunctionTools(false));
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
        return new Compactor(tokenizer, options, budget, fraction, keptResults);
    }

    /**
     * Returns a copy that keeps another number of the last results of the turn at work.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Compactor withKeptResults(int count) {
        return new Compactor(tokenizer, options, budget, low, count);
    }

    /** Returns what stands in the place of a result of so many tokens. */
    public static String mark(int tokens) {
        return "[result left out: " + tokens + " tokens]";
    }

    /**
     * Makes the prompt of a conversation fit, as far as it can.
     *
     * @throws IllegalArgumentException as {@link HarmonyRenderer#render(Conversation)}
     */
    public Compaction compact(Conversation conversation) {
        return new Work(requireNonNull(conversation, "conversation")).run();
    }

    /** One conversation at work. */
    private final class Work {
        private final Conversation whole;
        private final HarmonyRenderer renderer;

        /** The messages as they are now; those that are left out stay in their place. */
        private final List<Message> messages;

        private final boolean[] isThere; // [messages]

        /** How many tokens each message has; {@link #UNKNOWN} until somebody asks. */
        private final int[] sizes; // [messages]

        /** Those of the messages that the policy leaves in the prompt, as of the last {@link #measure}. */
        private final Set<Integer> inPrompt = new HashSet<>();

        private final List<Compaction.Step> steps = new ArrayList<>();

        /** Where the turn at work begins. */
        private final int current;

        /** How many tokens the prompt has. */
        private int size;

        Work(Conversation conversation) {
            this.whole = conversation;
            this.messages = new ArrayList<>(conversation.messages());
            this.renderer = HarmonyRenderer.hasFunctionTools(messages) ? withFunctions : withoutFunctions;
            this.isThere = new boolean[messages.size()];
            Arrays.fill(isThere, true);
            this.sizes = new int[messages.size()];
            Arrays.fill(sizes, UNKNOWN);
            this.current = Turns.last(messages);
            this.size = measure();
        }

        Compaction run() {
            int before = size;
            if (before > budget) {
                shortenEarlierTurns((int) Math.floor(budget * low));
                shortenTurnAtWork();
            }
            List<Integer> left = left();
            return new Compaction(
                    steps.isEmpty() ? whole : conversation(left), size <= budget, before, size, left, steps);
        }

        private void shortenEarlierTurns(int target) {
            for (int i = 0; i < current && size > target; i++) {
                if (isThought(i) && inPrompt.contains(i)) {
                    leaveOut(Compaction.Kind.ANALYSIS, List.of(i));
                }
            }
            for (int i = 0; i < current && size > target; i++) {
                shortenResult(i);
            }
            for (int begin = 0; begin < current && size > target; ) {
                int end = Turns.next(messages, begin + 1);
                leaveOut(
                        Compaction.Kind.TURN,
                        IntStream.range(begin, end)
                                .filter(i -> isThere[i] && !isPinned(i))
                                .boxed()
                                .toList());
                begin = end;
            }
        }

        private void shortenTurnAtWork() {
            List<Integer> results = IntStream.range(current, messages.size())
                    .filter(this::isResult)
                    .boxed()
                    .toList();
            for (int i = 0; i < results.size() - keptResults && size > budget; i++) {
                shortenResult(results.get(i));
            }
            int lastResult = results.isEmpty() ? current : results.get(results.size() - 1);
            for (int i = current; i < lastResult && size > budget; i++) {
                if (isThought(i) && inPrompt.contains(i)) {
                    leaveOut(Compaction.Kind.ANALYSIS, List.of(i));
                }
            }
        }

        private void leaveOut(Compaction.Kind kind, List<Integer> indices) {
            if (!indices.isEmpty()) {
                indices.forEach(index -> isThere[index] = false);
                addStep(kind, indices);
            }
        }

        /** Puts how long a result is in its place, if that is shorter. */
        private void shortenResult(int index) {
            if (!isThere[index] || !isResult(index)) {
                return;
            }
            Message result = messages.get(index);
            String mark = mark(tokenizer.count(result.text()));
            Message shorter = new Message(
                    result.author(),
                    result.recipient(),
                    List.of(new Content.Text(mark)),
                    result.channel(),
                    result.contentType());
            int length = renderer.render(shorter).length;
            if (length < size(index)) {
                messages.set(index, shorter);
                sizes[index] = length;
                addStep(Compaction.Kind.RESULT, List.of(index));
            }
        }

        private void addStep(Compaction.Kind kind, List<Integer> indices) {
            int before = size;
            size = measure();
            steps.add(new Compaction.Step(kind, indices, before - size));
        }

        private List<Integer> left() {
            return IntStream.range(0, messages.size())
                    .filter(i -> isThere[i])
                    .boxed()
                    .toList();
        }

        private Conversation conversation(List<Integer> indices) {
            return new Conversation(indices.stream().map(messages::get).toList());
        }

        /** Returns the size of the prompt of what is left: that of its messages, since each is rendered by itself. */
        private int measure() {
            List<Integer> left = left();
            Set<Integer> dropped = Set.copyOf(options.analysisPolicy().dropped(conversation(left)));
            inPrompt.clear();
            int total = NEXT_MESSAGE_TOKENS;
            for (int i = 0; i < left.size(); i++) {
                if (!dropped.contains(i)) {
                    inPrompt.add(left.get(i));
                    total += size(left.get(i));
                }
            }
            return total;
        }

        private int size(int index) {
            if (sizes[index] == UNKNOWN) {
                sizes[index] = renderer.render(messages.get(index)).length;
            }
            return sizes[index];
        }

        private boolean isThought(int index) {
            Message message = messages.get(index);
            return AnalysisPolicy.isAnalysis(message) && AnalysisPolicy.isAssistants(message) && !message.isToolCall();
        }

        private boolean isResult(int index) {
            return messages.get(index).author().role() == Role.TOOL;
        }

        private boolean isPinned(int index) {
            Role role = messages.get(index).author().role();
            return role == Role.SYSTEM || role == Role.DEVELOPER;
        }
    }
}
