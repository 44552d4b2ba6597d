package io.harmony4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BooleanSupplier;

/** Waits for what happens soon on another thread. */
final class Await {
    private static final long SECONDS = 20;

    private Await() {}

    /** Waits until something is true; fails if it does not become so. */
    static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + SECONDS * 1_000_000_000;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }
}
