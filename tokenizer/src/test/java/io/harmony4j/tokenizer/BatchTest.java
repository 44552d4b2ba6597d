package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class BatchTest {
    @Test
    void eachTaskIsDoneOnce() {
        AtomicInteger[] times =
                IntStream.range(0, 1000).mapToObj(i -> new AtomicInteger()).toArray(AtomicInteger[]::new);
        Batch.run(times.length, 4, i -> times[i].incrementAndGet());
        assertThat(times).allSatisfy(count -> assertThat(count).hasValue(1));
    }

    @Test
    void aParallelismOfOneIsTheCallersThread() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Batch.run(100, 1, i -> threads.add(Thread.currentThread()));
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void aLongTaskDelaysNoOther() {
        CountDownLatch others = new CountDownLatch(99);
        Batch.run(100, 2, i -> {
            if (i == 0) {
                await(others);
            } else {
                others.countDown();
            }
        });
        assertThat(others.getCount()).isZero();
    }

    @Test
    void asManyThreadsAsAskedForWorkAtTheSameTimeAndEnd() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(8);
        Batch.run(8, 8, i -> {
            threads.add(Thread.currentThread());
            all.countDown();
            await(all);
        });
        assertThat(threads).hasSize(8).contains(Thread.currentThread());
        threads.remove(Thread.currentThread());
        assertThat(threads).noneMatch(Thread::isAlive);
    }

    @Test
    void theFirstFailureIsThrownAndNothingNewIsBegun() {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch later = new CountDownLatch(1);
        assertThatThrownBy(() -> Batch.run(1_000_000, 2, i -> {
                    begun.incrementAndGet();
                    if (i == 3) {
                        await(later);
                        throw new IllegalStateException("3");
                    }
                    if (i == 5) {
                        later.countDown();
                        throw new AssertionError("5");
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("3");
        assertThat(begun).hasValueLessThan(1000);
    }

    /** Both tasks have begun; the second throws when the thread of the first has noted its failure. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void ofSeveralFailuresTheOneOfTheLowestTaskIsThrown(int throwsFirst) {
        CountDownLatch both = new CountDownLatch(2);
        AtomicReference<@Nullable Thread> failing = new AtomicReference<>();
        assertThatThrownBy(() -> Batch.run(2, 2, i -> {
                    both.countDown();
                    await(both);
                    if (i == throwsFirst) {
                        failing.set(Thread.currentThread());
                    } else {
                        awaitEndOfWork(failing);
                    }
                    throw new IllegalStateException("task " + i);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("task 0");
    }

    /** Waits until a thread has been set, and has ended or, if it is the caller's, waits for the others. */
    private static void awaitEndOfWork(AtomicReference<@Nullable Thread> thread) {
        while (true) {
            Thread set = thread.get();
            if (set != null && (!set.isAlive() || set.getState() == Thread.State.WAITING)) {
                return;
            }
            Thread.onSpinWait();
        }
    }

    /** As a text of the caller's may throw it that is written in Kotlin. */
    @Test
    void aCheckedExceptionIsThrownAsWell() {
        for (int parallelism = 1; parallelism <= 3; parallelism++) {
            int threads = parallelism;
            assertThatThrownBy(() -> Batch.run(3, threads, i -> BatchTest.<RuntimeException>rethrow(new IOException())))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void anInterruptStopsTheWork() {
        for (int parallelism = 1; parallelism <= 3; parallelism++) {
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            Thread caller = Thread.currentThread();
            int helpers = parallelism;
            assertThatThrownBy(() -> Batch.run(Integer.MAX_VALUE - 100, helpers, i -> {
                        threads.add(Thread.currentThread());
                        if (i == 10) {
                            caller.interrupt();
                        }
                    }))
                    .isInstanceOf(CancellationException.class)
                    .hasMessageMatching("interrupted when \\d+ of 2147483547 were begun");
            assertThat(Thread.interrupted()).isTrue();
            threads.remove(caller);
            assertThat(threads).noneMatch(Thread::isAlive);
        }
    }

    @Test
    void workThatIsDoneIsReturnedInSpiteOfAnInterrupt() {
        Batch.run(1, 1, i -> Thread.currentThread().interrupt());
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void lessThanOneThreadIsRefused() {
        assertThatThrownBy(() -> Batch.run(0, 0, i -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a parallelism of 1 or more but found 0");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void rethrow(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
