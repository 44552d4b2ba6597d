package io.harmony4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void everyItemIsDoneOnce(int threads) {
        try (Workers workers = new Workers(threads)) {
            for (int round = 0; round < 2000; round++) {
                int items = round % 97;
                AtomicIntegerArray done = new AtomicIntegerArray(items);
                workers.run(items, 1 + round % 5, (worker, from, to) -> {
                    assertThat(worker).isBetween(0, threads - 1);
                    for (int i = from; i < to; i++) {
                        done.incrementAndGet(i);
                    }
                });
                for (int i = 0; i < items; i++) {
                    assertThat(done.get(i)).isEqualTo(1);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whatATaskThrowsArrivesAndTheNextRuns(int threads) {
        try (Workers workers = new Workers(threads)) {
            assertThatThrownBy(() -> workers.run(100, 1, (worker, from, to) -> {
                        if (from == 57 || to == 100) {
                            throw new IllegalStateException("item 57");
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("item 57");
            AtomicIntegerArray done = new AtomicIntegerArray(1);
            workers.run(10, 1, (worker, from, to) -> done.addAndGet(0, to - from));
            assertThat(done.get(0)).isEqualTo(10);
        }
    }
}
