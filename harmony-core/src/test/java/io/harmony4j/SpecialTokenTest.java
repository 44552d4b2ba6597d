package io.harmony4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecialTokenTest {
    @ParameterizedTest
    @CsvSource({
        "199998, <|startoftext|>",
        "199999, <|endoftext|>",
        "200002, <|return|>",
        "200003, <|constrain|>",
        "200005, <|channel|>",
        "200006, <|start|>",
        "200007, <|end|>",
        "200008, <|message|>",
        "200012, <|call|>",
    })
    void idsAndTextsAreThoseOfTheVocabulary(int id, String literal) {
        assertThat(SpecialToken.find(id)).hasValueSatisfying(token -> {
            assertThat(token.id()).isEqualTo(id);
            assertThat(token.literal()).isEqualTo(literal);
            assertThat(token).hasToString(literal);
        });
    }

    @Test
    void thereAreNineOfThem() {
        assertThat(SpecialToken.values()).hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 199_997, 200_000, 200_004, 200_013, 201_088, 201_089, Integer.MAX_VALUE})
    void textReservedAndUnknownIdsHaveNoMeaning(int id) {
        assertThat(SpecialToken.find(id)).isEmpty();
    }

    @Test
    void endReturnAndCallEndAMessageAndTheLastTwoATurn() {
        assertThat(Arrays.stream(SpecialToken.values()).filter(SpecialToken::endsMessage))
                .containsExactly(SpecialToken.RETURN, SpecialToken.END, SpecialToken.CALL);
        assertThat(Arrays.stream(SpecialToken.values()).filter(SpecialToken::endsTurn))
                .containsExactly(SpecialToken.RETURN, SpecialToken.CALL);
    }

    @Test
    void aRuntimeStopsAtTheEndOfATurnOrOfTheText() {
        assertThat(SpecialToken.stopIds()).containsExactly(200_002, 200_012, 199_999);
    }
}
