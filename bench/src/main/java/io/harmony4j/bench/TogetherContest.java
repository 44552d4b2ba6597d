package io.harmony4j.bench;

import io.harmony4j.engine.BatchGenerator;
import io.harmony4j.engine.Generator;
import io.harmony4j.engine.Model;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Requests that come at once: answered together by a {@link BatchGenerator}, and in turns with that one after another by a
 * {@link Generator}. The prompts have nothing in common.
 */
final class TogetherContest {
    private final int requests;
    private final EngineBenchOptions options;
    private final List<Double> together = new ArrayList<>(); // generated tokens a second, round by round
    private final List<Double> alone = new ArrayList<>();

    TogetherContest(int requests, EngineBenchOptions options) {
        this.requests = requests;
        this.options = options;
    }

    /** Measures both once. */
    void round(Model model) {
        alone.add(tokensPerSecond(() -> {
            for (int i = 0; i < requests; i++) {
                generate(model, new Generator(model), i);
            }
        }));
        together.add(tokensPerSecond(() -> {
            try (BatchGenerator generator = new BatchGenerator(model, requests, 0)) {
                List<CompletableFuture<Void>> running = new ArrayList<>();
                for (int i = 0; i < requests; i++) {
                    int number = i;
                    running.add(CompletableFuture.runAsync(
                            () -> generate(model, generator, number), task -> new Thread(task).start()));
                }
                running.forEach(CompletableFuture::join);
            }
        }));
    }

    private double tokensPerSecond(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (double) requests * options.generatedTokens() * 1e9 / (System.nanoTime() - start);
    }

    private void generate(Model model, TokenGenerator generator, int number) {
        int[] prompt = new Random(number)
                .ints(options.promptTokens(), 0, model.config().vocabularySize())
                .toArray();
        GenerationOptions given =
                GenerationOptions.DEFAULT.withSampling(Sampling.GREEDY).withMaxTokens(options.generatedTokens());
        generator.generate(prompt, given, token -> {});
    }

    /** Returns the cells of a line: requests, both medians, and the median of the rounds' ratios. */
    List<String> cells() {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < alone.size(); round++) {
            ratios.add(together.get(round) / alone.get(round));
        }
        return List.of(
                Integer.toString(requests),
                EngineBench.number(Statistics.median(alone)),
                EngineBench.number(Statistics.median(together)),
                EngineBench.number(Statistics.median(ratios)));
    }

    JsonObject toJson() {
        return JsonObject.builder()
                .put("requests", requests)
                .put("one_after_another_tokens_per_s", EngineBench.numbers(alone))
                .put("together_tokens_per_s", EngineBench.numbers(together))
                .build();
    }
}
