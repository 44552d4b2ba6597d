package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EncodedTextTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    @Property
    void offsetsAreThoseOfTheDecodedText(@ForAll("texts") String text) {
        EncodedText encoded = TOKENIZER.encodeWithOffsets(text);
        assertThat(encoded.offsets()).isEqualTo(TOKENIZER.offsets(encoded.tokens()));
        assertThat(encoded.size()).isEqualTo(TOKENIZER.count(text));
        for (int i = 0; i < encoded.size(); i++) {
            assertThat(encoded.token(i)).isEqualTo(encoded.tokens()[i]);
            assertThat(encoded.offset(i)).isEqualTo(encoded.offsets()[i]);
        }
    }

    @Test
    void offsetsCutTheTextIntoItsTokens() {
        EncodedText encoded = TOKENIZER.encodeWithOffsets("Hello, wörld<|end|>!", AllowedSpecial.ALL);
        assertThat(encoded.tokens()).containsExactly(13225, 11, 286, 2877, 582, 200007, 0);
        assertThat(encoded.offsets()).containsExactly(0, 5, 6, 8, 10, 12, 19);
    }

    @Test
    void aTokenThatBeginsWithinACharacterStartsWhereTheCharacterDoes() {
        assertThat(TOKENIZER.encodeWithOffsets("a🜁b").offsets()).containsExactly(0, 1, 1, 1, 3);
    }

    @Test
    void aSurrogateWithoutItsOtherHalfIsOneCodeUnitLong() {
        assertThat(TOKENIZER.encodeWithOffsets("a\uD800b\uDC00").offsets()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void arraysAreCopies() {
        EncodedText encoded = TOKENIZER.encodeWithOffsets("Hello");
        encoded.tokens()[0] = 1;
        encoded.offsets()[0] = 1;
        assertThat(encoded.token(0)).isEqualTo(13225);
        assertThat(encoded.offset(0)).isZero();
        assertThatThrownBy(() -> encoded.token(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> encoded.offset(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Provide
    Arbitrary<String> texts() {
        return Generators.texts();
    }
}
