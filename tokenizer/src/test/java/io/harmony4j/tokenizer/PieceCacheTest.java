package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link PieceCache} and {@link LongPieceCache}, and the {@link EncoderPool} that lends them. */
class PieceCacheTest {
    @Test
    void recallsLongPiecesByTheirBytes() {
        LongPieceCache cache = new LongPieceCache();
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] text = text(random, 8 + random.nextInt(LongPieceCache.MAX_LENGTH - 7));
            int end = text.length - Utf8Text.PADDING;
            int[] tokens = random.ints(1 + random.nextInt(end), 0, 1 << Vocabulary.ID_BITS)
                    .toArray();
            cache.store(text, 0, end, tokens, 0, tokens.length);
            TokenBuffer recalled = new TokenBuffer();
            assertThat(cache.recall(text, 0, end, recalled)).isTrue();
            assertThat(recalled.toArray()).isEqualTo(tokens);
            assertThat(cache.recall(text, 0, end - 1, recalled)).isFalse();
            text[end - 1] ^= 1;
            assertThat(cache.recall(text, 0, end, recalled)).isFalse();
        }
    }

    /** The two have the same length, the same hash, and the same last eight bytes. */
    @ParameterizedTest
    @CsvSource({
        "ipocqcusconobflmzzzzzzzz, cfdrgvvjmxyitpgczzzzzzzz",
        "cfdrgvvjmxyitpgczzzzzzzz, ipocqcusconobflmzzzzzzzz"
    })
    void piecesThatCollideAreToldApart(String first, String second) {
        PieceEncoder encoder = new PieceEncoder(Tables.o200k(), true);
        Tokenizer uncached = Tokenizer.o200kHarmony().withoutPieceCache();
        for (String piece : new String[] {first, second, first, second}) {
            Utf8Text text = encoder.text().set(piece);
            TokenBuffer tokens = encoder.tokens();
            encoder.encode(text.bytes(), 0, text.length(), Integer.MAX_VALUE, tokens);
            assertThat(tokens.toArray()).isEqualTo(uncached.encode(piece));
        }
    }

    @Test
    void keepsTheLatestLongPieces() {
        LongPieceCache cache = new LongPieceCache();
        Random random = new Random(1);
        byte[][] texts = Stream.generate(() -> text(random, 100)).limit(20_000).toArray(byte[][]::new);
        for (int i = 0; i < texts.length; i++) {
            cache.store(texts[i], 0, 100, new int[] {i}, 0, 1);
            for (int back : new int[] {0, 1, 10, 100, 10_000}) {
                TokenBuffer recalled = new TokenBuffer();
                if (i >= back && cache.recall(texts[i - back], 0, 100, recalled)) {
                    assertThat(recalled.toArray()).containsExactly(i - back);
                } else {
                    assertThat(back).as("how long ago").isPositive();
                    assertThat(recalled.size()).isZero();
                }
            }
        }
    }

    @Test
    void manyDifferentWordsAreEncodedAsWithoutACache() {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        StringBuilder words = new StringBuilder();
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            int length = 1 + random.nextInt(9) * random.nextInt(4);
            words.append(' ');
            random.ints(length, 'a', 'f').forEach(words::appendCodePoint);
        }
        int[] expected = tokenizer.withoutPieceCache().encode(words);
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
            int[] expected = tokenizer.withoutPieceCache().encode(text);
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

    private static byte[] text(Random random, int length) {
        byte[] text = new byte[length + Utf8Text.PADDING];
        random.nextBytes(text);
        return text;
    }
}
