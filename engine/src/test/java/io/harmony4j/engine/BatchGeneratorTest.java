package io.harmony4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BatchGeneratorTest {
    private static final GivenCase GIVEN = GivenCase.read("a_l2_e4_k2");
    private static final Model MODEL =
            Model.load(GIVEN.path("hf"), ModelOptions.DEFAULT.withThreads(2).withBatch(5));
    private static final GenerationOptions GREEDY =
            GenerationOptions.DEFAULT.withSampling(Sampling.GREEDY).withMaxTokens(20);

    @Test
    void severalTogetherGiveTheSameAsAlone() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (BatchGenerator generator = new BatchGenerator(MODEL)) {
            List<Future<Generation>> together = new ArrayList<>();
            List<int[]> alone = new ArrayList<>();
            for (int i = 1; i <= 8; i++) {
                int[] prompt = Arrays.copyOf(GIVEN.tokens(), 3 * i);
                GenerationOptions options = GREEDY.withMaxTokens(4 * i);
                together.add(threads.submit(() -> generator.generate(prompt, options, token -> {})));
                alone.add(new Generator(MODEL)
                        .generate(prompt, options, token -> {})
                        .tokens());
            }
            for (int i = 0; i < alone.size(); i++) {
                assertThat(together.get(i).get().tokens()).isEqualTo(alone.get(i));
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
