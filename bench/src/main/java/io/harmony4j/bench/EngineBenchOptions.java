package io.harmony4j.bench;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What {@link EngineBench} measures. Immutable.
 *
 * <pre>{@code
 * EngineBenchOptions.of("gpt-oss-20b.gguf").withPromptTokens(512).withRounds(5)
 * }</pre>
 */
public final class EngineBenchOptions {
    private static final int DEFAULT_PROMPT_TOKENS = 64;
    private static final int DEFAULT_GENERATED_TOKENS = 16;
    private static final int DEFAULT_ROUNDS = 3;

    private final String model;
    private final int promptTokens;
    private final int generatedTokens;
    private final int rounds;
    private final List<Peer> peers;
    private final List<Integer> together;

    private EngineBenchOptions(
            String model, int promptTokens, int generatedTokens, int rounds, List<Peer> peers, List<Integer> together) {
        this.model = requireNonNull(model, "model");
        this.promptTokens = requirePositive("token in the prompt", promptTokens);
        this.generatedTokens = requirePositive("generated token", generatedTokens);
        this.rounds = requirePositive("round", rounds);
        this.peers = List.copyOf(peers);
        this.together = List.copyOf(together);
        together.forEach(requests -> requirePositive("request at once", requests));
    }

    /**
     * Returns three rounds of 64 tokens in the prompt and 16 generated ones, without peers.
     *
     * @param model where the model is; peers are given it
     */
    public static EngineBenchOptions of(String model) {
        return new EngineBenchOptions(
                model, DEFAULT_PROMPT_TOKENS, DEFAULT_GENERATED_TOKENS, DEFAULT_ROUNDS, List.of(), List.of());
    }

    private static int requirePositive(String what, int number) {
        if (number < 1) {
            throw new IllegalArgumentException("expected at least 1 " + what + " but found " + number);
        }
        return number;
    }

    /**
     * Returns a copy with another length of the prompt.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public EngineBenchOptions withPromptTokens(int number) {
        return new EngineBenchOptions(model, number, generatedTokens, rounds, peers, together);
    }

    /**
     * Returns a copy that generates another number of tokens after the prompt.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public EngineBenchOptions withGeneratedTokens(int number) {
        return new EngineBenchOptions(model, promptTokens, number, rounds, peers, together);
    }

    /**
     * Returns a copy that measures another number of times.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public EngineBenchOptions withRounds(int number) {
        return new EngineBenchOptions(model, promptTokens, generatedTokens, number, peers, together);
    }

    /** Returns a copy with other programs, which measure the same by the protocol in {@code docs/benchmarks.md}. */
    public EngineBenchOptions withPeers(List<Peer> programs) {
        return new EngineBenchOptions(model, promptTokens, generatedTokens, rounds, programs, together);
    }

    /**
     * Returns a copy that also measures requests that come at once, answered together and one after another.
     *
     * @param requests how many at once, for each of several measurements
     * @throws IllegalArgumentException if one is less than 1
     */
    public EngineBenchOptions withTogether(List<Integer> requests) {
        return new EngineBenchOptions(model, promptTokens, generatedTokens, rounds, peers, requests);
    }

    String model() {
        return model;
    }

    int promptTokens() {
        return promptTokens;
    }

    int generatedTokens() {
        return generatedTokens;
    }

    int rounds() {
        return rounds;
    }

    List<Peer> peers() {
        return peers;
    }

    List<Integer> together() {
        return together;
    }
}
