package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link PieceCache}, {@link SharedPieceCache} and {@link LongPieceCache}, and the {@link EncoderPool} that has them. */
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
        PieceEncoder encoder = new PieceEncoder(Tables.o200k(), new SharedPieceCache(), new LongPieceCache(), true);
        Tokenizer uncached = Tokenizer.o200kHarmony().withoutPieceCache();
        for (String piece : new String[] {first, second, first, second}) {
            Utf8Text text = encoder.text().set(piece);
            TokenBuffer tokens = encoder.tokens();
            encoder.encode(text.bytes(), 0, text.length(), Integer.MAX_VALUE, tokens);
            assertThat(tokens.toArray()).isEqualTo(uncached.encode(piece));
        }
    }

    /** Pieces of the same length that differ only at their ends, until two have the same hash. */
    @Test
    void longPiecesOfTheSameHashAreToldApartByTheirEnds() {
        Map<Integer, byte[]> byHash = new HashMap<>();
        LongPieceCache cache = new LongPieceCache();
        Random random = new Random(1);
        int collisions = 0;
        while (collisions < 3) {
            byte[] text = new byte[16 + Utf8Text.PADDING];
            for (int i = Long.BYTES; i < 16; i++) {
                text[i] = (byte) ('a' + random.nextInt(26));
            }
            byte[] other = byHash.put(LongPieceCache.hash(text, 0, 16), text);
            if (other != null && !Arrays.equals(text, other)) {
                collisions++;
                cache.store(other, 0, 16, new int[] {1}, 0, 1);
                assertThat(cache.recall(text, 0, 16, new TokenBuffer())).isFalse();
            }
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
    void sharedPiecesAreRecalledByTheirBytes() {
        SharedPieceCache cache = new SharedPieceCache();
        for (int i = 0; i < 20_000; i++) {
            Piece piece = new Piece(i);
            assertThat(piece.isRecalled(cache)).isFalse();
            piece.store(cache);
            assertThat(piece.isRecalled(cache)).isTrue();
            assertThat(new Piece(i / 2).isRecalled(cache)).isTrue();
        }
    }

    /** Also in larger tables, and when another table is in their place. */
    @Test
    void aSharedPieceWithTooManyTokensIsKnownAsSuch() {
        SharedPieceCache cache = new SharedPieceCache();
        Piece many = new Piece(-1);
        cache.storeMany(many.head(), many.tail());
        for (int i = 0; i < 300_000; i++) {
            new Piece(i).store(cache);
            if (i % 1000 == 0) {
                assertThat(cache.recall(many.head(), many.tail(), new PieceCache()))
                        .isEqualTo(SharedPieceCache.MANY_TOKENS);
            }
        }
        assertThat(cache.recall(new Piece(-2).head(), new Piece(-2).tail(), new PieceCache()))
                .isEqualTo(SharedPieceCache.UNKNOWN);
    }

    /** Six tokens in twelve bytes, which are kept where long pieces are, and may have been forgotten there. */
    @Test
    void aShortPieceWithManyTokensIsEncodedWhereverItsTokensAre() {
        String piece = "qxzjvkwqzxjq";
        int[] expected = Tokenizer.o200kHarmony().withoutPieceCache().encode(piece);
        assertThat(expected).hasSizeGreaterThan(PieceCache.MAX_TOKENS);
        SharedPieceCache shared = new SharedPieceCache();
        LongPieceCache longCache = new LongPieceCache();
        for (LongPieceCache of : new LongPieceCache[] {longCache, longCache, new LongPieceCache()}) {
            PieceEncoder encoder = new PieceEncoder(Tables.o200k(), shared, of, true);
            Utf8Text text = encoder.text().set(piece);
            for (int i = 0; i < 3; i++) {
                TokenBuffer tokens = encoder.tokens();
                encoder.encode(text.bytes(), 0, text.length(), Integer.MAX_VALUE, tokens);
                assertThat(tokens.toArray()).isEqualTo(expected);
            }
        }
    }

    /** No tokens that merging would find, so that it shows where they are from. */
    @Test
    void aShortPieceWithManyTokensIsNotMergedAgain() {
        SharedPieceCache shared = new SharedPieceCache();
        LongPieceCache longCache = new LongPieceCache();
        PieceEncoder encoder = new PieceEncoder(Tables.o200k(), shared, longCache, true);
        Utf8Text text = encoder.text().set("qxzjvkwqzxjq");
        TokenBuffer tokens = encoder.tokens();
        encoder.encode(text.bytes(), 0, text.length(), Integer.MAX_VALUE, tokens);
        long head = PieceCache.head(text.bytes(), 0, text.length());
        long tail = PieceCache.tail(text.bytes(), 0, text.length());
        assertThat(shared.recall(head, tail, new PieceCache())).isEqualTo(SharedPieceCache.MANY_TOKENS);

        int[] others = {1, 2, 3, 4, 5};
        LongPieceCache otherCache = new LongPieceCache();
        otherCache.store(text.bytes(), 0, text.length(), others, 0, others.length);
        PieceEncoder another = new PieceEncoder(Tables.o200k(), shared, otherCache, true);
        tokens.clear();
        another.encode(text.bytes(), 0, text.length(), Integer.MAX_VALUE, tokens);
        assertThat(tokens.toArray()).isEqualTo(others);
    }

    @Test
    void theLatestSharedPiecesAreKeptAndThoseInUse() {
        SharedPieceCache cache = new SharedPieceCache();
        Piece inUse = new Piece(-1);
        inUse.store(cache);
        int count = 600_000;
        for (int i = 0; i < count; i++) {
            new Piece(i).store(cache);
            if (i % 10_000 == 0) {
                assertThat(inUse.isRecalled(cache)).as("after %d", i).isTrue();
            }
        }
        assertThat(IntStream.range(count - 190_000, count)
                        .filter(i -> !new Piece(i).isRecalled(cache))
                        .count())
                .as("those that found no place near their own")
                .isLessThan(50);
        assertThat(new Piece(0).isRecalled(cache)).isFalse();
    }

    /** More threads than processors, which store the same pieces and renew the same tables. */
    @Test
    void threadsRecallWhatWasStored() throws InterruptedException {
        SharedPieceCache cache = new SharedPieceCache();
        LongPieceCache longCache = new LongPieceCache();
        AtomicInteger recalled = new AtomicInteger();
        inThreads(8, t -> {
            Random random = new Random(t);
            for (int i = 0; i < 200_000; i++) {
                Piece piece = new Piece(random.nextInt(1 + i));
                if (piece.isRecalled(cache) && piece.isRecalled(longCache)) {
                    recalled.incrementAndGet();
                } else {
                    piece.store(cache);
                    piece.store(longCache);
                }
            }
        });
        assertThat(recalled).hasValueGreaterThan(200_000);
    }

    /**
     * Two threads store a piece each, at the same time, in the same place of a table or in the same room for records, and each looks for the
     * other's, which it must find whole.
     */
    @Test
    void threadsThatStoreAtOnceSeeWholePieces() throws InterruptedException {
        int rounds = 1000;
        Piece[] pieces = IntStream.range(0, 100_000)
                .mapToObj(Piece::new)
                .filter(piece -> HashSlots.first(HashSlots.mix(piece.head(), piece.tail()), 9) == 0)
                .toArray(Piece[]::new);
        SharedPieceCache[] caches =
                Stream.generate(SharedPieceCache::new).limit(rounds).toArray(SharedPieceCache[]::new);
        LongPieceCache[] longCaches =
                Stream.generate(LongPieceCache::new).limit(rounds).toArray(LongPieceCache[]::new);
        AtomicIntegerArray arrived = new AtomicIntegerArray(rounds);
        inThreads(2, t -> {
            PieceCache reader = new PieceCache();
            for (int round = 0; round < rounds; round++) {
                Piece own = pieces[(2 * round + t) % pieces.length];
                Piece others = pieces[(2 * round + 1 - t) % pieces.length];
                arrived.incrementAndGet(round);
                for (int i = 0; i < 100_000 && arrived.get(round) < 2; i++) {
                    Thread.onSpinWait();
                }
                own.store(caches[round]);
                for (int i = 0; i < 1000 && !others.isRecalled(caches[round], reader); i++) {
                    Thread.onSpinWait();
                }
                own.store(longCaches[round]);
                for (int i = 0; i < 1000 && !others.isRecalled(longCaches[round]); i++) {
                    Thread.onSpinWait();
                }
            }
        });
        for (int round = 0; round < rounds; round++) {
            for (int t = 0; t < 2; t++) {
                Piece piece = pieces[(2 * round + t) % pieces.length];
                assertThat(piece.isRecalled(caches[round])).isTrue();
                piece.isRecalled(longCaches[round]);
            }
        }
    }

    /** A piece of a number's own, whose tokens tell which one it is. */
    private static final class Piece {
        private final byte[] text;
        private final int[] tokens;

        Piece(int number) {
            text = Arrays.copyOf("piece %07x".formatted(number & 0xFFFFFFF).getBytes(StandardCharsets.US_ASCII), 100);
            tokens = new int[] {number & 0xFFFF, number >>> 16, number & 0x1FFFF};
        }

        private int length() {
            return 13;
        }

        private long head() {
            return PieceCache.head(text, 0, length());
        }

        private long tail() {
            return PieceCache.tail(text, 0, length());
        }

        void store(SharedPieceCache cache) {
            cache.store(
                    head(),
                    tail(),
                    PieceCache.firstTwo(tokens, 0, tokens.length),
                    PieceCache.secondTwo(tokens, 0, tokens.length));
        }

        void store(LongPieceCache cache) {
            cache.store(text, 0, 25, tokens, 0, tokens.length);
        }

        /** Returns whether the tokens are there; fails if they are others. */
        boolean isRecalled(SharedPieceCache cache) {
            return isRecalled(cache, new PieceCache());
        }

        boolean isRecalled(SharedPieceCache cache, PieceCache own) {
            TokenBuffer recalled = new TokenBuffer();
            int place = cache.recall(head(), tail(), own);
            if (place < 0) {
                return false;
            }
            own.recall(place, recalled);
            assertThat(recalled.toArray()).isEqualTo(tokens);
            return true;
        }

        boolean isRecalled(LongPieceCache cache) {
            TokenBuffer recalled = new TokenBuffer();
            boolean isRecalled = cache.recall(text, 0, 25, recalled);
            assertThat(recalled.toArray()).isEqualTo(isRecalled ? tokens : new int[0]);
            return isRecalled;
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
        inThreads(8, t -> {
            String text = "unfathomable%d words und andere %d 中文字符%d"
                    .formatted(t, t * t, t)
                    .repeat(50);
            int[] expected = tokenizer.withoutPieceCache().encode(text);
            IntStream.range(0, 200)
                    .filter(i -> Arrays.equals(tokenizer.encode(text), expected))
                    .forEach(i -> right.incrementAndGet());
        });
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

    @Test
    void aTokenizerWithItsOwnCacheSharesNone() {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        Tokenizer own = tokenizer.withOwnPieceCache();
        assertThat(own.encoders()).isNotSameAs(tokenizer.encoders());
        assertThat(own.encoders().tables()).isSameAs(tokenizer.encoders().tables());
        assertThat(own.name()).isEqualTo(tokenizer.name());
        assertThat(own.encode("<|start|>own words", AllowedSpecial.ALL))
                .isEqualTo(tokenizer.encode("<|start|>own words", AllowedSpecial.ALL));
    }

    /** Runs a task in several threads at once, each with its number; throws what one of them has thrown. */
    private static void inThreads(int count, IntConsumer task) throws InterruptedException {
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Thread[] threads = new Thread[count];
        for (int t = 0; t < count; t++) {
            int number = t;
            threads[t] = new Thread(() -> task.accept(number));
            threads[t].setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(thrown.get()).isNull();
    }

    private static byte[] text(Random random, int length) {
        byte[] text = new byte[length + Utf8Text.PADDING];
        random.nextBytes(text);
        return text;
    }
}
