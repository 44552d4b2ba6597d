package io.harmony4j.tokenizer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@link PieceMemory}, and the {@link EncoderPool} that lends it. */
class PieceMemoryTest {
    private static final Vocabulary VOCABULARY = Tables.o200k().vocabulary();

    @Test
    void recallsPiecesOfAnyLengthByTheirBytes() {
        PieceMemory memory = new PieceMemory(VOCABULARY, true);
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            int[] tokens = random.ints(5 + random.nextInt(10), 0, 300).toArray();
            byte[] text = text(tokens);
            int end = text.length - Utf8Text.PADDING;
            memory.store(text, 0, end, tokens, 0, tokens.length);
            TokenBuffer recalled = new TokenBuffer();
            assertThat(memory.recall(text, 0, end, recalled)).isTrue();
            assertThat(recalled.toArray()).isEqualTo(tokens);
            assertThat(memory.recall(text, 0, end - 1, recalled)).isFalse();
            text[end - 1] ^= 1;
            assertThat(memory.recall(text, 0, end, recalled)).isFalse();
        }
    }

    @Test
    void remembersNothingIfItIsToldSo() {
        PieceMemory memory = new PieceMemory(VOCABULARY, false);
        int[] tokens = {1, 2, 3, 4, 5, 6};
        byte[] text = text(tokens);
        memory.store(text, 0, 6, tokens, 0, 6);
        assertThat(memory.recall(text, 0, 6, new TokenBuffer())).isFalse();
    }

    @Test
    void manyDifferentWordsAreEncodedAsWithoutMemory() {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        StringBuilder words = new StringBuilder();
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            int length = 1 + random.nextInt(9) * random.nextInt(4);
            words.append(' ');
            random.ints(length, 'a', 'f').forEach(words::appendCodePoint);
        }
        int[] expected = tokenizer.withoutPieceMemory().encode(words);
        assertThat(tokenizer.encode(words)).isEqualTo(expected);
        assertThat(tokenizer.encode(words)).isEqualTo(expected);
        assertThat(tokenizer.count(words)).isEqualTo(expected.length);
    }

    @Test
    void threadsDoNotSeeEachOther() throws InterruptedException {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        AtomicInteger right = new AtomicInteger();
        Thread[] threads = new Thread[8];
        for (int t = 0; t < threads.length; t++) {
            String text = "unfathomable%d words und andere %d 中文字符%d"
                    .formatted(t, t * t, t)
                    .repeat(50);
            int[] expected = tokenizer.withoutPieceMemory().encode(text);
            threads[t] = new Thread(() -> IntStream.range(0, 200)
                    .filter(i -> Arrays.equals(tokenizer.encode(text), expected))
                    .forEach(i -> right.incrementAndGet()));
        }
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(right).hasValue(8 * 200);
    }

    @Test
    void anEncoderIsLentToOneAtATime() {
        EncoderPool pool = new EncoderPool(Tables.o200k(), true);
        PieceEncoder first = pool.take();
        PieceEncoder second = pool.take();
        assertThat(second).isNotSameAs(first);
        pool.giveBack(first);
        assertThat(pool.take()).isSameAs(first);
    }

    private static byte[] text(int[] tokens) {
        String text = new String(Tokenizer.o200kBase().decodeBytes(tokens), ISO_8859_1);
        return Arrays.copyOf(text.getBytes(ISO_8859_1), text.length() + Utf8Text.PADDING);
    }
}
