package io.harmony4j.testkit;

import static java.util.Objects.requireNonNull;

import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A model that says what a test tells it to, token by token, and keeps what it was asked.
 *
 * <pre>{@code
 * ScriptedModel model = new ScriptedModel(
 *         ScriptedTurn.call("get_weather", "{\"city\":\"Tokyo\"}").withThought("I should look."),
 *         ScriptedTurn.answer("It is sunny."));
 * LoopResult result = new ToolLoop(new HarmonyModel(Tokenizer.o200kHarmony(), model))
 *         .withTool(Recipient.function("get_weather"), arguments -> "sunny")
 *         .run(conversation, event -> {});
 * assertThat(model.prompts().get(1)).contains("I should look.", "sunny");
 * }</pre>
 *
 * <p>It heeds limits, stop tokens and cancellation as an engine does; an interrupt of its thread counts as cancellation. It has no
 * log-probabilities. Thread-safe; does any number of generations at a time.
 */
public final class ScriptedModel implements TokenGenerator {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    private final Function<String, ScriptedTurn> script;
    private final List<int[]> prompts = new ArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();

    /** Makes a model that takes the given turns, one a generation; a generation beyond them fails and says so. */
    public ScriptedModel(ScriptedTurn... turns) {
        this(inOrder(List.of(requireNonNull(turns, "turns"))));
    }

    private ScriptedModel(Function<String, ScriptedTurn> script) {
        this.script = script;
    }

    /**
     * Returns a model whose turn depends on what it is asked.
     *
     * @param script gives the turn for the text of a prompt, in which special tokens stand as their literals
     */
    public static ScriptedModel of(Function<String, ScriptedTurn> script) {
        return new ScriptedModel(requireNonNull(script, "script"));
    }

    private static Function<String, ScriptedTurn> inOrder(List<ScriptedTurn> turns) {
        AtomicInteger next = new AtomicInteger();
        return prompt -> {
            int turn = next.getAndIncrement();
            if (turn >= turns.size()) {
                throw new IllegalStateException("expected at most " + turns.size()
                        + " generations, as the script has, but found one more; its prompt is " + prompt);
            }
            return turns.get(turn);
        };
    }

    /** Returns the prompts so far, in order, as text in which special tokens stand as their literals. */
    public List<String> prompts() {
        return promptTokens().stream().map(TOKENIZER::decode).toList();
    }

    /** Returns the tokens of the prompts so far, in order. */
    public List<int[]> promptTokens() {
        synchronized (prompts) {
            return prompts.stream().map(int[]::clone).toList();
        }
    }

    /** Returns how many generations go on just now. */
    public int running() {
        return running.get();
    }

    /** Returns how many generations were cancelled. */
    public int cancelled() {
        return cancelled.get();
    }

    @Override
    public Generation generate(int[] prompt, GenerationOptions options, Consumer<GeneratedToken> tokens) {
        requireNonNull(prompt, "prompt");
        requireNonNull(options, "options");
        requireNonNull(tokens, "tokens");
        if (prompt.length == 0) {
            throw new IllegalArgumentException("expected a prompt of at least 1 token but found none");
        }
        synchronized (prompts) {
            prompts.add(prompt.clone());
        }
        running.incrementAndGet();
        try {
            Generation generation = play(script.apply(TOKENIZER.decode(prompt)), prompt.length, options, tokens);
            if (generation.finishReason() == FinishReason.CANCELLED) {
                cancelled.incrementAndGet();
            }
            return generation;
        } finally {
            running.decrementAndGet();
        }
    }

    private static Generation play(
            ScriptedTurn turn, int promptLength, GenerationOptions options, Consumer<GeneratedToken> tokens) {
        int[] all = TOKENIZER.encode(turn.text(), AllowedSpecial.ALL);
        for (int i = 0; i < all.length; i++) {
            if (!waited(turn.pause(), options)) {
                return Generation.of(Arrays.copyOf(all, i), FinishReason.CANCELLED, promptLength);
            }
            tokens.accept(GeneratedToken.of(all[i], promptLength + i));
            if (options.stopTokens().contains(all[i])) {
                return Generation.of(Arrays.copyOf(all, i + 1), FinishReason.STOP, promptLength);
            }
            if (i + 1 == options.maxTokens()) {
                return Generation.of(Arrays.copyOf(all, i + 1), FinishReason.LENGTH, promptLength);
            }
        }
        if (turn.failure() != null) {
            throw turn.failure();
        }
        return Generation.of(all, FinishReason.STOP, promptLength);
    }

    /** Waits; returns whether it was not cancelled. */
    private static boolean waited(Duration time, GenerationOptions options) {
        long end = System.nanoTime() + time.toNanos();
        while (!options.isCancelled() && !Thread.currentThread().isInterrupted()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return true;
            }
            try {
                Thread.sleep(Math.min(10, 1 + left / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return false;
    }
}
