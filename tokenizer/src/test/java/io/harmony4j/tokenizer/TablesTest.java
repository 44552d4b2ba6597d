package io.harmony4j.tokenizer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The vocabulary and what is looked up in it. */
class TablesTest {
    private static final Tables TABLES = Tables.o200k();
    private static final Vocabulary VOCABULARY = TABLES.vocabulary();

    @Test
    void theVocabularyIsThePublishedOne() {
        assertThat(VOCABULARY.size()).isEqualTo(199998);
        for (int token = 0; token < VOCABULARY.size(); token++) {
            assertThat(ReferenceBpe.o200k().id(bytes(token))).isEqualTo(token);
        }
    }

    @Test
    void everyTokenIsFoundAsAPiece() {
        for (int token = 0; token < VOCABULARY.size(); token++) {
            assertThat(piece(bytes(token))).isEqualTo(token);
        }
    }

    @Test
    void aTokenAndAZeroByteAreAnotherPiece() {
        for (int token = 0; token < VOCABULARY.size(); token++) {
            String piece = bytes(token) + "\0";
            assertThat(piece(piece)).isEqualTo(ReferenceBpe.o200k().id(piece));
        }
    }

    @Property
    void otherPiecesAreNotFound(@ForAll("pieces") String piece) {
        assertThat(piece(piece)).isEqualTo(ReferenceBpe.o200k().id(piece));
    }

    @Test
    void everyTokenOfTwoOrMoreBytesIsMergedFromPartsWithLowerIds() {
        for (int token = Vocabulary.SINGLE_BYTES; token < VOCABULARY.size(); token++) {
            int left = TABLES.merges().left(token);
            int right = TABLES.merges().right(token);
            assertThat(TABLES.merges().merged(left, right)).isEqualTo(token);
            assertThat(bytes(token)).isEqualTo(bytes(left) + bytes(right));
            assertThat(left).isLessThan(token);
            assertThat(right).isLessThan(token);
        }
    }

    @Property
    void neighboursAreThoseThatTheirBytesAreEncodedAs(@ForAll("ordinaryTokens") int[] tokens) {
        for (int i = 1; i < tokens.length; i++) {
            int[] pair = {tokens[i - 1], tokens[i]};
            assertThat(TABLES.merges().canBeNeighbours(pair[0], pair[1]))
                    .isEqualTo(Arrays.equals(pair, ReferenceBpe.o200k().ids(bytes(pair[0]) + bytes(pair[1]))));
        }
    }

    @Property
    void theLongestMatchAndItsPrefixesAreAllTokensThatATextBeginsWith(@ForAll("pieces") String text) {
        int match = TABLES.matches().find(padded(text), 0, text.length());
        int token = match & LongestMatch.TOKEN_MASK;
        assertThat(match >>> LongestMatch.LENGTH_SHIFT).isEqualTo(VOCABULARY.length(token));
        for (int length = text.length(); length > 0; length--) {
            if (ReferenceBpe.o200k().id(text.substring(0, length)) != Vocabulary.NONE) {
                assertThat(bytes(token)).isEqualTo(text.substring(0, length));
                token = TABLES.matches().longestPrefix(token);
            }
        }
        assertThat(token).isEqualTo(Vocabulary.NONE);
    }

    @Provide
    Arbitrary<String> pieces() {
        return Generators.pieces();
    }

    @Provide
    Arbitrary<int[]> ordinaryTokens() {
        return Generators.ordinaryTokens();
    }

    private static String bytes(int token) {
        return new String(VOCABULARY.bytes(), VOCABULARY.start(token), VOCABULARY.length(token), ISO_8859_1);
    }

    private static int piece(String piece) {
        return TABLES.pieces().find(padded(piece), 0, piece.length());
    }

    private static byte[] padded(String piece) {
        return Arrays.copyOf(piece.getBytes(ISO_8859_1), piece.length() + Utf8Text.PADDING);
    }
}
