package io.harmony4j.tokenizer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link PieceMerge}, and the three ways it has, do what {@link ReferenceBpe} defines. */
class PieceMergeTest {
    @Property
    void mergesAnyTokensOfO200k(@ForAll("pieces") String piece) {
        assertMergesAsDefined(Tables.o200k(), ReferenceBpe.o200k(), piece);
    }

    @Property
    void mergesRunsOfO200k(
            @ForAll @StringLength(min = 1, max = 3) @CharRange(from = ' ', to = '~') String repeated,
            @ForAll @IntRange(min = 1, max = 150) int times) {
        assertMergesAsDefined(Tables.o200k(), ReferenceBpe.o200k(), repeated.repeat(times));
    }

    @Property(tries = 300)
    void mergesLongPiecesOfLettersOfO200k(@ForAll @IntRange(min = 2, max = 26) int letters, @ForAll Random random) {
        String piece = random.ints(500, 'a', 'a' + letters)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertMergesAsDefined(Tables.o200k(), ReferenceBpe.o200k(), piece);
    }

    @Test
    void windowsOfRandomLettersHaveTokensInCommon() {
        byte[] text = new byte[100_000 + Utf8Text.PADDING];
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            text[i] = (byte) ('a' + random.nextInt(26));
        }
        ShortPieceMerge shortMerge =
                new ShortPieceMerge(Tables.o200k().vocabulary(), Tables.o200k().merges());
        TokenBuffer tokens = new TokenBuffer();
        assertThat(new WindowMerge(shortMerge).encode(text, 0, 100_000, tokens)).isTrue();
        LongPieceMerge longMerge = new LongPieceMerge(Tables.o200k());
        int count = longMerge.encode(text, 0, 100_000);
        assertThat(tokens.toArray()).isEqualTo(Arrays.copyOf(longMerge.tokens(), count));
    }

    @Property(tries = 60)
    void mergesLongRunsOfO200k(
            @ForAll @CharRange(from = 0, to = 0xFF) char repeated, @ForAll @IntRange(min = 900, max = 1700) int times) {
        assertMergesAsDefined(
                Tables.o200k(),
                ReferenceBpe.o200k(),
                Character.toString(repeated).repeat(times));
    }

    @Property(tries = 150)
    void mergesWithAnyVocabulary(@ForAll("toyVocabularies") ToyVocabulary vocabulary, @ForAll Random random) {
        Tables tables = vocabulary.tables();
        ReferenceBpe reference = vocabulary.reference();
        for (int i = 0; i < 200; i++) {
            int length = 1 + random.nextInt(60);
            String piece = random.ints(length, 'a', 'd')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertMergesAsDefined(tables, reference, piece);
        }
    }

    @Property(tries = 50)
    void mergesSeveralWindowsWithAnyVocabulary(
            @ForAll("toyVocabularies") ToyVocabulary vocabulary, @ForAll Random random) {
        Tables tables = vocabulary.tables();
        ReferenceBpe reference = vocabulary.reference();
        for (int i = 0; i < 20; i++) {
            int length = ShortPieceMerge.MAX_LENGTH + 1 + random.nextInt(4 * ShortPieceMerge.MAX_LENGTH);
            String piece = random.ints(length, 'a', 'd')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertMergesAsDefined(tables, reference, piece);
        }
    }

    /** Two windows begin a token at the same place, but not the same one: how dots merge depends on how many follow. */
    @ParameterizedTest
    @ValueSource(strings = {"", ".-", "=", "..=", "..........9", " "})
    void windowsMustHaveATokenInCommonAndNotAPlaceAlone(String before) {
        for (int dots = 50; dots < 150; dots++) {
            assertMergesAsDefined(Tables.o200k(), ReferenceBpe.o200k(), before + ".".repeat(dots));
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                2,
                ShortPieceMerge.MAX_LENGTH - 1,
                ShortPieceMerge.MAX_LENGTH,
                ShortPieceMerge.MAX_LENGTH + 1,
                63,
                64,
                65
            })
    void mergesPiecesOfLengthsAroundTheLimits(int length) {
        for (String repeated : new String[] {"a", "ab", " ", "xyz", "\n", "=-"}) {
            String piece = repeated.repeat(length).substring(0, length);
            assertMergesAsDefined(Tables.o200k(), ReferenceBpe.o200k(), piece);
        }
    }

    @Provide
    Arbitrary<String> pieces() {
        return Generators.pieces();
    }

    @Provide
    Arbitrary<ToyVocabulary> toyVocabularies() {
        return Generators.toyVocabularies();
    }

    private static void assertMergesAsDefined(Tables tables, ReferenceBpe reference, String piece) {
        byte[] text = Arrays.copyOf(piece.getBytes(ISO_8859_1), piece.length() + Utf8Text.PADDING);
        int[] expected = reference.ids(piece);

        TokenBuffer tokens = new TokenBuffer();
        if (piece.length() >= 2) {
            new PieceMerge(tables).encode(text, 0, piece.length(), tokens);
            assertThat(tokens.toArray()).isEqualTo(expected);
        }

        LongPieceMerge longMerge = new LongPieceMerge(tables);
        int count = longMerge.encode(text, 0, piece.length());
        assertThat(Arrays.copyOf(longMerge.tokens(), count)).isEqualTo(expected);

        ShortPieceMerge shortMerge = new ShortPieceMerge(tables.vocabulary(), tables.merges());
        TokenBuffer windows = new TokenBuffer();
        if (!piece.isEmpty() && new WindowMerge(shortMerge).encode(text, 0, piece.length(), windows)) {
            assertThat(windows.toArray()).isEqualTo(expected);
        }

        if (!piece.isEmpty() && piece.length() <= ShortPieceMerge.MAX_LENGTH) {
            count = shortMerge.encode(text, 0, piece.length());
            assertThat(Arrays.copyOf(shortMerge.tokens(), count)).isEqualTo(expected);
        }
    }
}
