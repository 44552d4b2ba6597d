package io.harmony4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.LogitsProcessor;
import io.harmony4j.generation.Sampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is not read again. The model's sliding windows remember some 250 tokens, so that sequences of more can only be cut where they
 * are marked.
 */
@Timeout(60)
class PrefixCacheTest {
    private static final Model MODEL = Model.load(
            GivenCase.read("e_long").path("original"),
            ModelOptions.DEFAULT
                    .withKernels(ModelOptions.KernelChoice.PLAIN)
                    .withThreads(1)
                    .withBatch(50));
    private static final GenerationOptions GREEDY =
            GenerationOptions.DEFAULT.withSampling(Sampling.GREEDY).withMaxTokens(20);
    private static final long LARGE = 1L << 30;

    /** The bytes of a sequence of 128 tokens: a page of keys and values in each of two layers, and in the mark. */
    private static final long PAGES = 3 * 2 * LayerCache.PAGE * 64 * Float.BYTES;

    @AfterAll
    static void close() {
        MODEL.close();
    }

    private static int[] tokens(int length, int seed) {
        return new Random(seed).ints(length, 0, 256).toArray();
    }

    private static int[] join(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }

    /** Generates, and asserts that the tokens are those without any cache. */
    private static Generation generate(BatchGenerator generator, int[] prompt, GenerationOptions options) {
        Generation generation = generator.generate(prompt, options, token -> {});
        assertThat(generation.tokens())
                .isEqualTo(new Generator(MODEL)
                        .generate(prompt, options, token -> {})
                        .tokens());
        return generation;
    }

    @Test
    void aConversationThatGrowsPaysOnlyForNewTokens() {
        try (BatchGenerator generator = new BatchGenerator(MODEL, 1, LARGE)) {
            int[] prompt = tokens(600, 1);
            assertThat(generate(generator, prompt, GREEDY).cachedTokens()).isZero();
            for (int turn = 0; turn < 3; turn++) {
                Generation last = generate(generator, prompt, GREEDY);
                int[] next = join(prompt, last.tokens(), tokens(300, turn));
                Generation generation = generate(generator, next, GREEDY);
                assertThat(generation.cachedTokens()).isEqualTo(prompt.length + last.tokens().length - 1);
                prompt = next;
            }
            assertThat(generator.cachedSequences()).isEqualTo(1);
        }
    }

    /** As after old analysis was left out: of 700 generated tokens none is in the next prompt. */
    @Test
    void aConversationComesBackToTheEndOfItsPromptHoweverLongTheAnswerWas() {
        try (BatchGenerator generator = new BatchGenerator(MODEL, 1, LARGE)) {
            int[] prompt = tokens(600, 1);
            generate(generator, prompt, GREEDY.withMaxTokens(700));
            assertThat(generate(generator, join(prompt, tokens(50, 2)), GREEDY).cachedTokens())
                    .isEqualTo(599);
            assertThat(generate(generator, prompt, GREEDY).cachedTokens()).isEqualTo(599);
        }
    }

    @Test
    void conversationsTakeTurnsWithoutLosingTheirs() {
        try (BatchGenerator generator = new BatchGenerator(MODEL, 2, LARGE)) {
            List<int[]> prompts = new ArrayList<>();
            for (int client = 0; client < 5; client++) {
                prompts.add(tokens(300 + client, client));
            }
            for (int turn = 0; turn < 3; turn++) {
                for (int client = 0; client < 5; client++) {
                    Generation generation = generate(generator, prompts.get(client), GREEDY);
                    int expected =
                            turn == 0 ? 0 : prompts.get(client).length - 31; // but for 30 new ones and the last drawn
                    assertThat(generation.cachedTokens()).isEqualTo(expected);
                    prompts.set(client, join(prompts.get(client), generation.tokens(), tokens(30, turn)));
                }
            }
        }
    }

    /** The first two read the common beginning; the third has it, and no one's conversation is lost. */
    @Test
    void aCommonBeginningIsCopiedAndDestroysNothing() {
        try (BatchGenerator generator = new BatchGenerator(MODEL, 1, LARGE)) {
            int[] system = tokens(500, 1);
            int[] first = join(system, tokens(300, 2));
            Generation answer = generate(generator, first, GREEDY);
            assertThat(generate(generator, join(system, tokens(300, 3)), GREEDY).cachedTokens())
                    .isZero();
            for (int client = 4; client < 6; client++) {
                assertThat(generate(generator, join(system, tokens(300, client)), GREEDY)
                                .cachedTokens())
                        .isEqualTo(500 / 32 * 32);
            }
            Generation next = generate(generator, join(first, answer.tokens(), tokens(10, 9)), GREEDY);
            assertThat(next.cachedTokens()).isEqualTo(800 + 20 - 1);
        }
    }

    /** A beginning that the windows still remember is copied without that. */
    @Test
    void aShortCommonBeginningIsCopiedAtOnce() {
        try (BatchGenerator generator = new BatchGenerator(MODEL, 1, LARGE)) {
            int[] first = tokens(150, 1);
            Generation answer = generate(generator, first, GREEDY);
            assertThat(generate(generator, join(Arrays.copyOf(first, 100), tokens(20, 2)), GREEDY)
                            .cachedTokens())
                    .isEqualTo(100);
            assertThat(generate(generator, join(first, answer.tokens()), GREEDY).cachedTokens())
                    .isEqualTo(150 + 20 - 1);
        }
    }

    /** Eight prompts that begin alike come at once: the beginning is read once, while the others wait for it. */
    @Test
    void promptsThatComeTogetherReadTheirBeginningOnce() throws Exception {
        int[] system = tokens(500, 1);
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        LogitsProcessor gate = logits -> {
            reached.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
        ExecutorService threads = Executors.newCachedThreadPool();
        try (BatchGenerator generator = new BatchGenerator(MODEL, 9, LARGE)) {
            Future<Generation> holding = threads.submit(
                    () -> generator.generate(tokens(5, 0), GREEDY.withLogitsProcessor(() -> gate), token -> {}));
            reached.await();
            List<Future<Generation>> all = new ArrayList<>();
            for (int client = 0; client < 8; client++) {
                int[] prompt = join(system, tokens(100, 2 + client));
                all.add(threads.submit(() -> generate(generator, prompt, GREEDY)));
            }
            while (generator.waitingSequences() < 8) {
                Thread.sleep(1);
            }
            open.countDown();
            holding.get();
            List<Integer> cached = new ArrayList<>();
            for (Future<Generation> each : all) {
                cached.add(each.get().cachedTokens());
            }

            assertThat(cached).filteredOn(tokens -> tokens == 0).hasSize(1);
            assertThat(cached).filteredOn(tokens -> tokens >= 480).hasSize(7);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatWasUsedLeastRecentlyGoesFirst() {
        try (BatchGenerator generator = new BatchGenerator(MODEL, 1, 2 * PAGES + 10_000)) { // and the tokens
            int[] first = tokens(100, 1);
            int[] second = tokens(100, 2);
            generate(generator, first, GREEDY);
            generate(generator, second, GREEDY);
            assertThat(generate(generator, first, GREEDY).cachedTokens()).isEqualTo(99);
            generate(generator, tokens(100, 3), GREEDY); // removes the second
            assertThat(generate(generator, first, GREEDY).cachedTokens()).isEqualTo(99);
            assertThat(generate(generator, second, GREEDY).cachedTokens()).isZero();
        }
    }

    @Test
    void toBeCopiedIsToBeUsed() {
        try (BatchGenerator generator = new BatchGenerator(MODEL, 1, 3 * PAGES + 10_000)) {
            int[] first = tokens(100, 1);
            int[] second = tokens(100, 2);
            generate(generator, first, GREEDY);
            generate(generator, second, GREEDY);
            generate(generator, join(Arrays.copyOf(first, 70), tokens(30, 3)), GREEDY);
            generate(generator, tokens(100, 4), GREEDY); // removes the second
            assertThat(generate(generator, first, GREEDY).cachedTokens()).isEqualTo(99);
            assertThat(generate(generator, second, GREEDY).cachedTokens()).isZero();
        }
    }

    @Test
    void manyConversationsStayWithinTheBytes() {
        long most = 10 * PAGES;
        try (BatchGenerator generator = new BatchGenerator(MODEL, 4, most)) {
            for (int client = 0; client < 100; client++) {
                int[] prompt = join(tokens(70, client % 3), tokens(1 + client * 7 % 300, client));
                generator.generate(prompt, GREEDY.withMaxTokens(2), token -> {});
                assertThat(generator.cachedBytes()).isLessThanOrEqualTo(most);
            }
            assertThat(generator.cachedSequences()).isPositive();
        }
    }

    @Test
    void whatIsTooLargeToBeKeptDisplacesNothing() {
        try (BatchGenerator generator = new BatchGenerator(MODEL, 1, 2 * PAGES)) {
            int[] small = tokens(100, 1);
            generate(generator, small, GREEDY);
            generate(generator, tokens(800, 2), GREEDY);
            assertThat(generate(generator, small, GREEDY).cachedTokens()).isEqualTo(99);
        }
    }

    @Test
    void nothingIsKeptInNoBytes() {
        try (BatchGenerator generator = new BatchGenerator(MODEL, 1, 0)) {
            int[] prompt = tokens(100, 1);
            generate(generator, prompt, GREEDY);
            assertThat(generate(generator, prompt, GREEDY).cachedTokens()).isZero();
            assertThat(generator.cachedSequences()).isZero();
            assertThat(generator.cachedBytes()).isZero();
        }
    }
}
