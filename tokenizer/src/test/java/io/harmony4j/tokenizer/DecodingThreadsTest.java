package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;

/** Many threads that decode when the texts of all tokens are made, which takes a tenth of a second and 20 MB. */
class DecodingThreadsTest {
    private static final int THREADS = 16;
    private static final int MUCH = 5_000_000;

    @Test
    void oneThreadMakesTheTextsOfAllTokens() throws InterruptedException {
        Tokenizer tokenizer = Tokenizer.o200kHarmony().withoutPieceCache();
        int[] tokens = tokenizer.encode(" the");
        tokenizer.decode(new int[(1 << 20) - 1]); // the next ones are worth it
        AtomicLongArray allocated = new AtomicLongArray(THREADS);
        CountDownLatch ready = new CountDownLatch(THREADS);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
                ready.countDown();
                try {
                    ready.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                long before = bean.getCurrentThreadAllocatedBytes();
                String text = tokenizer.decode(tokens);
                allocated.set(number, text.equals(" the") ? bean.getCurrentThreadAllocatedBytes() - before : -1);
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        List<Long> bytes = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            bytes.add(allocated.get(i));
        }
        assertThat(bytes).allMatch(number -> number > 0);
        assertThat(bytes).filteredOn(number -> number > MUCH).hasSize(1);
    }
}
