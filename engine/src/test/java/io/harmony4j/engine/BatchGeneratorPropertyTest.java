package io.harmony4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import io.harmony4j.generation.TokenGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever others do at the same time, a generation is what a generator gives that is used for it alone. */
class BatchGeneratorPropertyTest {
    private static final GivenCase LONG = GivenCase.read("e_long");
    private static final Model MODEL = Model.load(
            LONG.path("original"),
            ModelOptions.DEFAULT
                    .withKernels(ModelOptions.KernelChoice.PLAIN)
                    .withThreads(1)
                    .withBatch(50));
    private static final int[] SHARED_LENGTHS = {0, 20, 70, 200, 500};
    private static final long[] CACHES = {0, 300_000, 1_500_000, 1L << 30};

    @Property(tries = 20)
    void theSameTokensAsAlone(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int maxSequences,
            @ForAll @IntRange(max = 3) int cache)
            throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (BatchGenerator generator = new BatchGenerator(MODEL, maxSequences, CACHES[cache])) {
            List<Future<?>> clients = new ArrayList<>();
            for (int client = 0; client < 6; client++) {
                Random random = new Random(seed + client);
                clients.add(threads.submit(() -> converse(generator, random)));
            }
            for (Future<?> client : clients) {
                client.get();
            }
            assertThat(generator.cachedBytes()).isLessThanOrEqualTo(CACHES[cache]);
            assertThat(generator.waitingSequences()).isZero();
        } finally {
            threads.shutdownNow();
        }
    }

    /** Some turns of a conversation that begins as others do. */
    private static Void converse(BatchGenerator generator, Random random) throws InterruptedException {
        int[] prompt = join(
                Arrays.copyOf(LONG.tokens(), SHARED_LENGTHS[random.nextInt(SHARED_LENGTHS.length)]), some(random, 40));
        for (int turn = 0; turn < 3; turn++) {
            Thread.sleep(random.nextInt(4));
            GenerationOptions options = options(random);
            int cancelAt = random.nextInt(3) > 0 ? Integer.MAX_VALUE : random.nextInt(10);
            Generation found = generate(generator, prompt, options, cancelAt);
            Generation expected = generate(new Generator(MODEL), prompt, options, cancelAt);
            assertThat(found.tokens()).isEqualTo(expected.tokens());
            assertThat(found.finishReason()).isEqualTo(expected.finishReason());
            assertThat(found.promptTokens()).isEqualTo(prompt.length);
            assertThat(found.cachedTokens()).isBetween(0, prompt.length - 1);
            int kept = random.nextInt(found.tokens().length + 1); // as if analysis were left out
            prompt = join(join(prompt, Arrays.copyOf(found.tokens(), kept)), some(random, 60));
        }
        return null;
    }

    private static Generation generate(
            TokenGenerator generator, int[] prompt, GenerationOptions options, int cancelAt) {
        List<Integer> heard = Collections.synchronizedList(new ArrayList<>());
        List<GeneratedToken> tokens = new ArrayList<>();
        Generation generation =
                generator.generate(prompt, options.withCancelled(() -> heard.size() >= cancelAt), token -> {
                    tokens.add(token);
                    heard.add(token.id());
                });
        assertThat(heard.stream().mapToInt(Integer::intValue).toArray()).isEqualTo(generation.tokens());
        assertThat(tokens)
                .extracting(GeneratedToken::position)
                .containsExactlyElementsOf(IntStream.range(prompt.length, prompt.length + tokens.size())
                        .boxed()
                        .toList());
        if (heard.size() == cancelAt && !isEnd(generation, options)) {
            assertThat(generation.finishReason()).isEqualTo(FinishReason.CANCELLED);
        }
        return generation;
    }

    private static boolean isEnd(Generation generation, GenerationOptions options) {
        int[] tokens = generation.tokens();
        return tokens.length == options.maxTokens()
                || (tokens.length > 0 && options.stopTokens().contains(tokens[tokens.length - 1]));
    }

    private static GenerationOptions options(Random random) {
        Sampling sampling = random.nextBoolean()
                ? Sampling.GREEDY
                : Sampling.DEFAULT.withSeed(random.nextLong()).withTopK(random.nextInt(50));
        return GenerationOptions.DEFAULT
                .withSampling(sampling)
                .withMaxTokens(1 + random.nextInt(30))
                .withStopTokens(List.of(100 + random.nextInt(20), random.nextInt(100)));
    }

    private static int[] some(Random random, int most) {
        return random.ints(1 + random.nextInt(most), 0, 256).toArray();
    }

    private static int[] join(int[] first, int[] second) {
        int[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
