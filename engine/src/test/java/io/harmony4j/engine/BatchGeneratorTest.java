package io.harmony4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.LogitsProcessor;
import io.harmony4j.generation.PromptTooLongException;
import io.harmony4j.generation.Sampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls that meet in a batch, and what one of them may do without harm to the others. */
@Timeout(60)
class BatchGeneratorTest {
    private static final GivenCase GIVEN = GivenCase.read("a_l2_e4_k2");
    private static final int[] PROMPT = GIVEN.tokens();
    private static final Model MODEL =
            Model.load(GIVEN.path("hf"), ModelOptions.DEFAULT.withThreads(1).withBatch(5));
    private static final GenerationOptions GREEDY =
            GenerationOptions.DEFAULT.withSampling(Sampling.GREEDY).withMaxTokens(20);
    private static final int[] EXPECTED =
            new Generator(MODEL).generate(PROMPT, GREEDY, token -> {}).tokens();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void shutDown() {
        threads.shutdownNow();
    }

    @AfterAll
    static void close() {
        MODEL.close();
    }

    /** Holds the computing thread before it draws a generation's first token. */
    private static final class Gate {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);

        GenerationOptions on(GenerationOptions options) {
            return options.withLogitsProcessor(() -> logits -> {
                reached.countDown();
                uninterruptibly(open);
            });
        }
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Future<Generation> start(BatchGenerator generator, int[] prompt, GenerationOptions options) {
        return threads.submit(() -> generator.generate(prompt, options, token -> {}));
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void severalTogetherGiveTheSameAsAlone() throws Exception {
        try (BatchGenerator generator = new BatchGenerator(MODEL)) {
            List<Future<Generation>> together = new ArrayList<>();
            List<int[]> alone = new ArrayList<>();
            for (int i = 1; i <= 8; i++) {
                int[] prompt = Arrays.copyOf(PROMPT, 3 * i);
                GenerationOptions options = GREEDY.withMaxTokens(4 * i);
                together.add(start(generator, prompt, options));
                alone.add(new Generator(MODEL)
                        .generate(prompt, options, token -> {})
                        .tokens());
            }
            for (int i = 0; i < alone.size(); i++) {
                assertThat(together.get(i).get().tokens()).isEqualTo(alone.get(i));
            }
        }
    }

    @Test
    void tokensComeOnTheCallingThreadWithTheirProbabilities() {
        List<GeneratedToken> expected = new ArrayList<>();
        new Generator(MODEL).generate(PROMPT, GREEDY.withLogProbabilities(3), expected::add);
        List<GeneratedToken> heard = new ArrayList<>();
        try (BatchGenerator generator = new BatchGenerator(MODEL)) {
            Generation generation = generator.generate(PROMPT, GREEDY.withLogProbabilities(3), token -> {
                assertThat(Thread.currentThread().getName()).doesNotContain("scheduler");
                heard.add(token);
            });
            assertThat(generation.finishReason()).isEqualTo(FinishReason.LENGTH);
        }
        assertThat(heard).usingRecursiveFieldByFieldElementComparator().isEqualTo(expected);
    }

    /** What is drawn meets in one pass: with the first held in a gate, the second could not go on in a pass of its own. */
    @Test
    void aCallJoinsTheRunningBatchAndLeavesItWhenItEnds() throws Exception {
        List<String> draws = Collections.synchronizedList(new ArrayList<>());
        try (BatchGenerator generator = new BatchGenerator(MODEL)) {
            CountDownLatch begun = new CountDownLatch(3);
            Future<Generation> first = threads.submit(() -> generator.generate(
                    PROMPT,
                    GREEDY.withMaxTokens(400).withLogitsProcessor(() -> logits -> draws.add("first")),
                    token -> begun.countDown()));
            begun.await();
            generator.generate(
                    Arrays.copyOf(PROMPT, 2),
                    GREEDY.withMaxTokens(3).withLogitsProcessor(() -> logits -> draws.add("second")),
                    token -> {});
            assertThat(first.isDone()).isFalse();
            first.get();
            int from = draws.indexOf("second");
            assertThat(draws.subList(from - 1, from + 6))
                    .containsExactly("first", "second", "first", "second", "first", "second", "first");
            assertThat(draws).hasSize(403);
        }
    }

    @Test
    void furtherCallsWaitInOrderOfArrival() throws Exception {
        Gate gate = new Gate();
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        try (BatchGenerator generator = new BatchGenerator(MODEL, 1, 0)) {
            List<Future<Generation>> all = new ArrayList<>();
            all.add(start(generator, PROMPT, gate.on(GREEDY)));
            gate.reached.await();
            for (int i = 0; i < 5; i++) {
                int number = i;
                all.add(start(generator, PROMPT, GREEDY.withLogitsProcessor(() -> logits -> order.add(number))));
                await(() -> generator.waitingSequences() == number + 1);
            }
            assertThat(generator.activeSequences()).isEqualTo(1);
            gate.open.countDown();
            for (Future<Generation> each : all) {
                assertThat(each.get().tokens()).isEqualTo(EXPECTED);
            }
            assertThat(order).isSorted().hasSize(100);
            await(() -> generator.activeSequences() == 0);
            assertThat(generator.waitingSequences()).isZero();
        }
    }

    /** A pass has five tokens: one for what is generated, and the others for the two prompts in equal parts. */
    @Test
    void aLongPromptStopsNeitherTokensNorAShortPrompt() throws Exception {
        List<String> draws = Collections.synchronizedList(new ArrayList<>());
        Gate gate = new Gate();
        int[] longPrompt = tokens(400, 1);
        int[] shortPrompt = tokens(10, 2);
        try (BatchGenerator generator = new BatchGenerator(MODEL)) {
            AtomicInteger count = new AtomicInteger();
            Future<Generation> running =
                    start(generator, PROMPT, GREEDY.withMaxTokens(300).withLogitsProcessor(() -> logits -> {
                        draws.add("running");
                        if (count.incrementAndGet() == 2) {
                            gate.reached.countDown();
                            uninterruptibly(gate.open);
                        }
                    }));
            gate.reached.await();
            Future<Generation> reading =
                    start(generator, longPrompt, GREEDY.withLogitsProcessor(() -> logits -> draws.add("long")));
            await(() -> generator.waitingSequences() == 1);
            Future<Generation> quick =
                    start(generator, shortPrompt, GREEDY.withLogitsProcessor(() -> logits -> draws.add("short")));
            await(() -> generator.waitingSequences() == 2);
            gate.open.countDown();
            running.get();
            assertThat(reading.get().tokens())
                    .isEqualTo(new Generator(MODEL)
                            .generate(longPrompt, GREEDY, token -> {})
                            .tokens());
            quick.get();
            assertThat(draws.indexOf("short")).isEqualTo(2 + 5); // 10 tokens, 2 a pass
            assertThat(draws.subList(0, draws.indexOf("long")))
                    .filteredOn("running"::equals)
                    .hasSizeBetween(100, 120); // 400 tokens, 3 or 4 a pass
        }
    }

    private static int[] tokens(int length, int seed) {
        return new Random(seed).ints(length, 0, 250).toArray();
    }

    @Test
    void aConsumerThatBlocksDelaysNobodyAndLosesNothing() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        List<Integer> heard = new ArrayList<>();
        try (BatchGenerator generator = new BatchGenerator(MODEL, 2, 0)) {
            Future<Generation> slow = threads.submit(() -> generator.generate(PROMPT, GREEDY, token -> {
                heard.add(token.id());
                blocked.countDown();
                uninterruptibly(free);
            }));
            blocked.await();
            for (int i = 0; i < 3; i++) {
                assertThat(generator.generate(PROMPT, GREEDY, token -> {}).tokens())
                        .isEqualTo(EXPECTED);
            }
            await(() -> generator.activeSequences() == 0); // also the slow one's are drawn, and nobody waits for it
            assertThat(slow.isDone()).isFalse();
            free.countDown();
            assertThat(slow.get().tokens()).isEqualTo(EXPECTED);
            assertThat(heard)
                    .containsExactlyElementsOf(Arrays.stream(EXPECTED).boxed().toList());
        }
    }

    @Test
    void aConsumerThatThrowsEndsItsGenerationAlone() throws Exception {
        try (BatchGenerator generator = new BatchGenerator(MODEL)) {
            Future<Generation> other = start(generator, PROMPT, GREEDY.withMaxTokens(400));
            AtomicInteger drawn = new AtomicInteger();
            GenerationOptions endless =
                    GREEDY.withMaxTokens(100_000).withLogitsProcessor(() -> logits -> drawn.incrementAndGet());
            List<Integer> heard = new ArrayList<>();
            assertThatThrownBy(() -> generator.generate(PROMPT, endless, token -> {
                        heard.add(token.id());
                        if (heard.size() == 3) {
                            throw new IllegalStateException("no more");
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no more");
            assertThat(heard).hasSize(3);
            assertThat(other.get().tokens()).hasSize(400);
            await(() -> generator.activeSequences() == 0);
            assertThat(drawn.get()).isLessThan(100_000);
        }
    }

    @Test
    void anInterruptEndsAGenerationWhereverItIs() throws Exception {
        Gate gate = new Gate();
        try (BatchGenerator generator = new BatchGenerator(MODEL, 1, 0)) {
            Future<Generation> first = start(generator, PROMPT, gate.on(GREEDY));
            gate.reached.await();
            CompletableFuture<Thread> waitingThread = new CompletableFuture<>();
            AtomicBoolean stays = new AtomicBoolean();
            Future<Generation> waiting = threads.submit(() -> {
                waitingThread.complete(Thread.currentThread());
                Generation generation = generator.generate(PROMPT, GREEDY, token -> {});
                stays.set(Thread.interrupted());
                return generation;
            });
            await(() -> generator.waitingSequences() == 1);
            waitingThread.get().interrupt();
            assertThat(waiting.get().finishReason())
                    .isEqualTo(FinishReason.CANCELLED); // though the computing thread is held
            assertThat(waiting.get().tokens()).isEmpty();
            assertThat(stays).isTrue();
            gate.open.countDown();
            assertThat(first.get().tokens()).isEqualTo(EXPECTED);

            Generation generating = threads.submit(() -> generator.generate(PROMPT, GREEDY, token -> {
                        if (token.position() == PROMPT.length + 4) {
                            await(() -> generator.activeSequences() == 0); // more tokens are there
                            Thread.currentThread().interrupt();
                        }
                    }))
                    .get();
            assertThat(generating.finishReason()).isEqualTo(FinishReason.CANCELLED);
            assertThat(generating.tokens()).isEqualTo(Arrays.copyOf(EXPECTED, 5));
            await(() -> generator.activeSequences() == 0 && generator.waitingSequences() == 0);
        }
    }

    @Test
    void anInterruptAfterTheLastTokenIsLeftToTheCaller() throws Exception {
        try (BatchGenerator generator = new BatchGenerator(MODEL)) {
            FinishReason reason = threads.submit(() -> generator
                            .generate(PROMPT, GREEDY, token -> {
                                if (token.position() == PROMPT.length + 19) {
                                    Thread.currentThread().interrupt();
                                }
                            })
                            .finishReason())
                    .get();
            assertThat(reason).isEqualTo(FinishReason.LENGTH);
        }
    }

    @Test
    void cancellationEndsAGenerationThatWaits() throws Exception {
        Gate gate = new Gate();
        try (BatchGenerator generator = new BatchGenerator(MODEL, 1, 0)) {
            Future<Generation> first = start(generator, PROMPT, gate.on(GREEDY.withMaxTokens(2000)));
            gate.reached.await();
            AtomicBoolean cancelled = new AtomicBoolean();
            Future<Generation> second = start(generator, PROMPT, GREEDY.withCancelled(cancelled::get));
            await(() -> generator.waitingSequences() == 1);
            cancelled.set(true);
            gate.open.countDown();
            assertThat(second.get().finishReason()).isEqualTo(FinishReason.CANCELLED);
            assertThat(second.get().tokens()).isEmpty();
            assertThat(first.isDone()).isFalse();
        }
    }

    @Test
    void cancellationEndsTheReadingOfAPrompt() {
        AtomicInteger asked = new AtomicInteger();
        try (BatchGenerator generator = new BatchGenerator(MODEL)) {
            // asked once before each pass of five tokens, and once while it waits
            Generation cut = generator.generate(
                    tokens(1000, 1), GREEDY.withCancelled(() -> asked.incrementAndGet() == 11), token -> {});
            assertThat(cut.finishReason()).isEqualTo(FinishReason.CANCELLED);
            assertThat(asked).hasValue(11);
            // and what was read is not read again
            assertThat(generator.generate(tokens(1000, 1), GREEDY, token -> {}).cachedTokens())
                    .isEqualTo(50);
        }
    }

    /** Its consumer, which blocks, cannot ask: but the computing thread does. */
    @Test
    void cancellationEndsAGenerationWhoseConsumerBlocks() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        AtomicBoolean cancelled = new AtomicBoolean();
        AtomicInteger drawn = new AtomicInteger();
        List<Integer> heard = new ArrayList<>();
        try (BatchGenerator generator = new BatchGenerator(MODEL)) {
            GenerationOptions options = GREEDY.withMaxTokens(100_000)
                    .withCancelled(cancelled::get)
                    .withLogitsProcessor(() -> logits -> drawn.incrementAndGet());
            Future<Generation> slow = threads.submit(() -> generator.generate(PROMPT, options, token -> {
                heard.add(token.id());
                uninterruptibly(free);
            }));
            await(() -> drawn.get() > 10);
            cancelled.set(true);
            await(() -> generator.activeSequences() == 0);
            assertThat(drawn.get()).isLessThan(100_000);
            free.countDown();
            assertThat(slow.get().finishReason()).isEqualTo(FinishReason.CANCELLED);
            assertThat(slow.get().tokens()).hasSize(1); // what the consumer was given
            assertThat(heard).hasSize(1);
        }
    }

    @Test
    void aQuestionThatThrowsEndsItsGenerationAlone() throws Exception {
        try (BatchGenerator generator = new BatchGenerator(MODEL)) {
            Future<Generation> other = start(generator, PROMPT, GREEDY);
            assertThatThrownBy(() -> generator.generate(
                            PROMPT,
                            GREEDY.withCancelled(() -> {
                                throw new IllegalStateException("who knows");
                            }),
                            token -> {}))
                    .hasMessage("who knows");
            assertThat(other.get().tokens()).isEqualTo(EXPECTED);
        }
    }

    @Test
    void aProcessorThatThrowsOrForbidsAllEndsItsGenerationAlone() throws Exception {
        try (BatchGenerator generator = new BatchGenerator(MODEL)) {
            Future<Generation> other = start(generator, PROMPT, GREEDY.withMaxTokens(100));
            List<Integer> heard = new ArrayList<>();
            LogitsProcessor throwing = new LogitsProcessor() {
                private int count;

                @Override
                public void process(float[] logits) {
                    if (count++ == 2) {
                        throw new StackOverflowError("too deep");
                    }
                }
            };
            assertThatThrownBy(() -> generator.generate(
                            PROMPT, GREEDY.withLogitsProcessor(() -> throwing), token -> heard.add(token.id())))
                    .isInstanceOf(StackOverflowError.class)
                    .hasMessage("too deep");
            assertThat(heard).hasSize(2);
            LogitsProcessor none = logits -> Arrays.fill(logits, Float.NaN);
            assertThatThrownBy(() -> generator.generate(PROMPT, GREEDY.withLogitsProcessor(() -> none), token -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected a logits processor that leaves a token to draw at position 24 but found NaN"
                            + " for all tokens");
            assertThat(other.get().tokens()).hasSize(100);
        }
    }

    /** What it has read may be incomplete. */
    @Test
    void whatHasFailedIsNotKept() {
        try (BatchGenerator generator = new BatchGenerator(MODEL)) {
            LogitsProcessor none = logits -> Arrays.fill(logits, Float.NaN);
            assertThatThrownBy(() -> generator.generate(PROMPT, GREEDY.withLogitsProcessor(() -> none), token -> {}))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(generator.generate(PROMPT, GREEDY, token -> {}).cachedTokens())
                    .isZero();
        }
    }

    /** Only a prompt with the damaged token gives no numbers. */
    @Test
    void logitsThatAreNoNumbersEndTheirGenerationAlone(@TempDir Path folder) throws Exception {
        DamagedCheckpoint.copy(GIVEN, folder, "embedding.weight", 250, 0x7FC0);
        try (Model model =
                        Model.load(folder, ModelOptions.DEFAULT.withThreads(1).withBatch(5));
                BatchGenerator generator = new BatchGenerator(model)) {
            assertThat(PROMPT).doesNotContain(250);
            Future<Generation> other = start(generator, PROMPT, GREEDY);
            int[] damaged = PROMPT.clone();
            damaged[20] = 250;
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> generator.generate(damaged, GREEDY, token -> {}))
                        .isInstanceOf(CheckpointException.class)
                        .hasMessageStartingWith(folder + ": expected numbers as the logits at position 24 but found ");
            }
            int[] expected =
                    new Generator(model).generate(PROMPT, GREEDY, token -> {}).tokens();
            assertThat(other.get().tokens()).isEqualTo(expected);
        }
    }

    @Test
    void refusesAPromptThatCannotBeBeforeItWaits() throws Exception {
        Gate gate = new Gate();
        try (BatchGenerator generator = new BatchGenerator(MODEL, 1, 0)) {
            Future<Generation> held = start(generator, PROMPT, gate.on(GREEDY));
            gate.reached.await();
            int context = MODEL.config().contextLength();
            assertThatThrownBy(() -> generator.generate(new int[context + 1], GREEDY, token -> {}))
                    .isInstanceOf(PromptTooLongException.class);
            assertThatThrownBy(() -> generator.generate(new int[0], GREEDY, token -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected at least one token but found none");
            assertThatThrownBy(() -> generator.generate(new int[] {1, 2, 3, 4, 5, 6, 256}, GREEDY, token -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected token ids from 0 to 255 but found 256 at index 6");
            assertThat(generator.waitingSequences()).isZero();
            gate.open.countDown();
            assertThat(held.get().tokens()).isEqualTo(EXPECTED);
        }
    }

    @Test
    void aModelThatFailsEndsAllThatTakePart() throws Exception {
        Model model = Model.load(GIVEN.path("hf"), ModelOptions.DEFAULT.withThreads(1));
        try (BatchGenerator generator = new BatchGenerator(model)) {
            Gate gate = new Gate();
            Future<Generation> first = start(generator, PROMPT, gate.on(GREEDY));
            gate.reached.await();
            Future<Generation> second = start(generator, PROMPT, GREEDY);
            await(() -> generator.waitingSequences() == 1);
            model.close();
            gate.open.countDown();
            for (Future<Generation> each : List.of(first, second)) {
                assertThatThrownBy(each::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasRootCauseMessage("expected an open model but it is closed");
            }
            assertThatThrownBy(() -> generator.generate(PROMPT, GREEDY, token -> {})) // the next one does not hang
                    .hasMessage("expected an open model but it is closed");
        }
    }

    @Test
    void closingCancelsWhatRunsAndWhatWaits() throws Exception {
        Gate gate = new Gate();
        BatchGenerator generator = new BatchGenerator(MODEL, 1, 1 << 20);
        Future<Generation> running = start(generator, PROMPT, gate.on(GREEDY));
        gate.reached.await();
        Future<Generation> waiting = start(generator, PROMPT, GREEDY);
        await(() -> generator.waitingSequences() == 1);
        Thread closing = new Thread(generator::close);
        closing.start();
        await(() -> closing.getState() == Thread.State.WAITING); // for the end of the pass
        assertThatThrownBy(() -> generator.generate(PROMPT, GREEDY, token -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("expected an open generator but it is closed");
        gate.open.countDown();
        closing.join();
        assertThat(running.get().finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(running.get().tokens()).isEqualTo(Arrays.copyOf(EXPECTED, 1)); // what was drawn is not lost
        assertThat(waiting.get().finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(waiting.get().tokens()).isEmpty();
        assertThat(generator.activeSequences() + generator.waitingSequences() + generator.cachedSequences())
                .isZero();
        generator.close();
    }

    @Test
    void anIdleThreadEndsWithItsGenerator() throws Exception {
        BatchGenerator generator = new BatchGenerator(MODEL);
        generator.generate(PROMPT, GREEDY, token -> {});
        await(() -> schedulers() > 0);
        generator.close();
        assertThat(schedulers()).isZero();
    }

    private static long schedulers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("harmony-engine-scheduler"))
                .count();
    }

    @Test
    void aConsumerMayCloseTheGenerator() {
        BatchGenerator generator = new BatchGenerator(MODEL);
        Generation generation = generator.generate(PROMPT, GREEDY.withMaxTokens(100_000), token -> generator.close());
        assertThat(generation.finishReason()).isEqualTo(FinishReason.CANCELLED);
    }

    @Test
    void refusesNumbersThatMakeNoSense() {
        assertThatThrownBy(() -> new BatchGenerator(MODEL, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected at least 1 sequence at a time but found 0");
        assertThatThrownBy(() -> new BatchGenerator(MODEL, 1, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected at least 0 bytes of cache but found -1");
    }

    @Test
    void aThreadThatIsIdleDoesNotCompute() throws Exception {
        try (BatchGenerator generator = new BatchGenerator(MODEL)) {
            generator.generate(PROMPT, GREEDY, token -> {});
            Thread scheduler = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("harmony-engine-scheduler"))
                    .findFirst()
                    .orElseThrow();
            await(() -> scheduler.getState() == Thread.State.WAITING);
            TimeUnit.MILLISECONDS.sleep(20);
            assertThat(scheduler.getState()).isEqualTo(Thread.State.WAITING);
        }
    }
}
