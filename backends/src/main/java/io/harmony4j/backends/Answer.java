package io.harmony4j.backends;

import io.harmony4j.SpecialToken;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.GeneratedToken.Alternative;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.tokenizer.TokenBuffer;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a runtime has generated so far. Its reader adds tokens or text; {@link #deliver} hands them on. It is complete after a stop
 * token, or when the runtime has said why it stopped.
 */
final class Answer {
    private static final Comparator<Alternative> LIKELIEST_FIRST =
            Comparator.comparingDouble(Alternative::logProbability).reversed().thenComparingInt(Alternative::id);

    private final Tokenizer tokenizer;
    private final int[] prompt;
    private final GenerationOptions options;
    private final Consumer<GeneratedToken> consumer;
    private final Set<Integer> stops;
    private final TextTokens texts;
    private final long start = System.nanoTime();

    /** What is not handed on yet. */
    private final Queue<GeneratedToken> waiting = new ArrayDeque<>();

    /** What has been. */
    private final TokenBuffer tokens = new TokenBuffer();

    private int added;
    private int cachedTokens;
    private long firstToken;
    private boolean hasStopped;
    private boolean isOverrun;
    private boolean isCancelled;
    private @Nullable FinishReason reason;
    private @Nullable Integer endToken;

    Answer(Tokenizer tokenizer, int[] prompt, GenerationOptions options, Consumer<GeneratedToken> consumer) {
        this.tokenizer = tokenizer;
        this.prompt = prompt;
        this.options = options;
        this.consumer = consumer;
        this.stops = new LinkedHashSet<>(options.stopTokens());
        stops.addAll(SpecialToken.stopIds());
        this.texts = new TextTokens(tokenizer, id -> add(id, OptionalDouble.empty(), List.of()));
    }

    /** Adds a token without its log-probability. */
    void token(int id) {
        token(id, OptionalDouble.empty(), List.of());
    }

    /**
     * Adds a token.
     *
     * @param alternatives in any order, and more than were asked for
     * @throws IllegalArgumentException if there is no such token
     */
    void token(int id, OptionalDouble logProbability, List<Alternative> alternatives) {
        texts.finish();
        if (!tokenizer.isToken(id)) {
            throw new IllegalArgumentException("expected a token of " + tokenizer.name() + " but found " + id
                    + "; the model there has another vocabulary than gpt-oss");
        }
        add(id, logProbability, alternatives);
    }

    private void add(int id, OptionalDouble logProbability, List<Alternative> alternatives) {
        GeneratedToken token = GeneratedToken.of(id, prompt.length + added);
        if (options.logProbabilities().isPresent() && logProbability.isPresent()) {
            List<Alternative> likeliest = alternatives.stream()
                    .sorted(LIKELIEST_FIRST)
                    .limit(options.logProbabilities().getAsInt())
                    .toList();
            token = token.withLogProbability(logProbability.getAsDouble(), likeliest);
        }
        waiting.add(token);
        added++;
    }

    /** Adds text, in which special tokens stand by their names. */
    void text(String text) {
        texts.append(text);
    }

    /** Takes note that of the prompt so many tokens had been read before. */
    void cached(int count) {
        cachedTokens = Math.max(0, Math.min(count, prompt.length));
    }

    /**
     * Takes note of why the runtime stopped, after its last token.
     *
     * @param stopToken the token at which it stopped, if it names one
     */
    void finish(FinishReason why, @Nullable Integer stopToken) {
        texts.finish();
        reason = why;
        endToken = stopToken;
    }

    /** Hands on what has been added. */
    void deliver() {
        while (!waiting.isEmpty() && !isOverrun) {
            if (hasStopped || tokens.size() == options.maxTokens()) {
                isOverrun = true;
            } else {
                handOn(waiting.remove());
            }
        }
        if (reason == FinishReason.STOP && !hasStopped && !isOverrun) {
            handOn(GeneratedToken.of(missingEnd(), prompt.length + tokens.size()));
            hasStopped = true;
        }
    }

    private void handOn(GeneratedToken token) {
        HttpConnection.throwIfCancelled(options::isCancelled);
        if (tokens.size() == 0) {
            firstToken = System.nanoTime();
        }
        tokens.add(token.id());
        hasStopped = stops.contains(token.id());
        consumer.accept(token);
    }

    /** Returns the end token where the runtime keeps it to itself: the one it names, else the one that fits the open message. */
    private int missingEnd() {
        if (endToken != null && stops.contains(endToken)) {
            return endToken;
        }
        return (OpenMessage.callsTool(tokenizer, prompt, tokens.toArray()) ? SpecialToken.CALL : SpecialToken.RETURN)
                .id();
    }

    /** Takes note that nobody wants more of it. */
    void cancel() {
        isCancelled = !isComplete();
    }

    /** Returns whether nothing can be missing. */
    boolean isComplete() {
        return hasStopped || isOverrun || reason != null;
    }

    /** Returns whether the runtime goes on where it should have stopped. */
    boolean isOverrun() {
        return isOverrun;
    }

    /** Returns how many tokens have been handed on. */
    int size() {
        return tokens.size();
    }

    Generation generation() {
        FinishReason why = isCancelled ? FinishReason.CANCELLED : hasStopped ? FinishReason.STOP : FinishReason.LENGTH;
        long now = System.nanoTime();
        long first = tokens.size() == 0 ? now : firstToken;
        return Generation.of(tokens.toArray(), why, prompt.length)
                .withCachedTokens(cachedTokens)
                .withTimes(Duration.ofNanos(first - start), Duration.ofNanos(now - first));
    }
}
