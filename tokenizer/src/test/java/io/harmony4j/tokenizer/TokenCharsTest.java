package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TokenCharsTest {
    private static final TokenBytes BYTES = new TokenBytes(Tables.o200k().vocabulary(), SpecialTokenTable.harmony());
    private static final TokenChars CHARS = new TokenChars(BYTES);

    @Property
    void theTextIsThatOfTheBytes(@ForAll("anyTokens") int[] tokens) {
        assertThat(CHARS.decode(tokens)).isEqualTo(Utf8.decode(BYTES.join(tokens)));
    }

    @Property
    void theTextOfSingleBytesIsThatOfTheBytes(@ForAll("bytes") byte[] bytes) {
        int[] tokens = IntStream.range(0, bytes.length)
                .map(i -> Tables.o200k().vocabulary().single(bytes[i]))
                .toArray();
        assertThat(CHARS.decode(tokens)).isEqualTo(Utf8.decode(bytes));
    }

    @Test
    void everyTokenIsItsOwnText() {
        for (int token = 0; token <= SpecialTokenTable.LAST; token++) {
            assertThat(CHARS.decode(new int[] {token})).isEqualTo(Utf8.decode(BYTES.join(new int[] {token})));
        }
    }

    @Test
    void anUnknownTokenHasNoText() {
        assertThat(CHARS.decode(new int[] {1, -1})).isNull();
        assertThat(CHARS.decode(new int[] {SpecialTokenTable.LAST + 1})).isNull();
    }

    @Test
    void aTokenizerThatHasDecodedMuchGivesTheSameTexts() {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        String text = "Words, \u4E2D\u6587\u5B57\u7B26 and \uD83D\uDE00 ".repeat(1000);
        int[] tokens = tokenizer.encode(text);
        for (int decoded = 0; decoded < 2_000_000; decoded += tokens.length) {
            assertThat(tokenizer.decode(tokens)).isEqualTo(text);
        }
    }

    @Provide
    Arbitrary<int[]> anyTokens() {
        return Generators.anyTokens();
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Generators.bytes();
    }
}
