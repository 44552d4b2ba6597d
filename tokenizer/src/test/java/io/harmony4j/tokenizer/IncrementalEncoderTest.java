package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class IncrementalEncoderTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    @Test
    void theExampleOfTheClassIsTrue() {
        IncrementalEncoder encoder = new IncrementalEncoder(TOKENIZER);
        encoder.append("it'");
        assertThat(encoder.tokens()).containsExactly(278, 6);
        encoder.append("s late");
        assertThat(encoder.tokens()).containsExactly(64190, 7844);
        assertThat(encoder.settledCount()).isZero();
    }

    @Property(tries = 3000)
    void atEachMomentTheTokensAreThoseOfTheWhole(@ForAll("chunkedTexts") List<String> chunks) {
        IncrementalEncoder encoder = new IncrementalEncoder(TOKENIZER);
        StringBuilder whole = new StringBuilder();
        int[] settled = {};
        for (String chunk : chunks) {
            encoder.append(chunk);
            whole.append(chunk);
            assertThat(encoder.tokens()).isEqualTo(TOKENIZER.encode(whole));
            assertThat(encoder.count()).isEqualTo(encoder.tokens().length);
            assertThat(encoder.settledCount()).isBetween(settled.length, encoder.count());
            assertThat(encoder.tokens(0, settled.length)).isEqualTo(settled);
            settled = encoder.tokens(0, encoder.settledCount());
        }
    }

    @Property
    void askingHasNoEffect(@ForAll("chunkedTexts") List<String> chunks) {
        IncrementalEncoder encoder = new IncrementalEncoder(TOKENIZER);
        for (int times = 0; times < 100; times++) {
            chunks.forEach(encoder::append);
        }
        assertThat(encoder.tokens())
                .isEqualTo(TOKENIZER.encode(String.join("", chunks).repeat(100)));
    }

    @Property(tries = 3000)
    void settledTokensStayWhateverFollows(
            @ForAll("chunkedTexts") List<String> chunks, @ForAll("chunkedTexts") List<String> following) {
        IncrementalEncoder encoder = new IncrementalEncoder(TOKENIZER);
        chunks.forEach(encoder::append);
        int[] settled = encoder.tokens(0, encoder.settledCount());
        String whole = String.join("", chunks) + String.join("", following);
        assertThat(Arrays.copyOf(TOKENIZER.encode(whole), settled.length)).isEqualTo(settled);
    }

    @Property
    void allPiecesButTwoAreSettled(@ForAll("patternTexts") String text) {
        List<String> pieces = RegexPretokenizer.pieces(text);
        String settled = String.join("", pieces.subList(0, Math.max(0, pieces.size() - 2)));
        IncrementalEncoder encoder = new IncrementalEncoder(TOKENIZER);
        encoder.append(text);
        assertThat(TOKENIZER.decodeBytes(encoder.tokens(0, encoder.settledCount())))
                .isEqualTo(settled.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPairOfSurrogatesMayBeCut() {
        IncrementalEncoder encoder = new IncrementalEncoder(TOKENIZER);
        encoder.append("1 2 3 \uD83D");
        assertThat(encoder.tokens()).isEqualTo(TOKENIZER.encode("1 2 3 \uFFFD"));
        encoder.append("\uDE00");
        assertThat(encoder.tokens()).isEqualTo(TOKENIZER.encode("1 2 3 😀"));
        encoder.append("\uD83D");
        encoder.append("x");
        assertThat(encoder.tokens()).isEqualTo(TOKENIZER.encode("1 2 3 😀\uFFFDx"));
    }

    /** Half of a pair is encoded as U+FFFD, which is punctuation; the whole, U+10428, is a lower-case letter, and the word goes on. */
    @Test
    void nothingSettlesBecauseOfHalfAPair() {
        IncrementalEncoder encoder = new IncrementalEncoder(TOKENIZER);
        encoder.append("亚洲AV\uD801");
        assertThat(encoder.tokens()).isEqualTo(TOKENIZER.encode("亚洲AV\uFFFD"));
        encoder.append("\uDC28");
        assertThat(encoder.tokens()).isEqualTo(TOKENIZER.encode("亚洲AV\uD801\uDC28"));
    }

    @Test
    void tokensCanBeTakenAsTheySettle() {
        String text = "It was a bright cold day in April, and the clocks were striking thirteen. ".repeat(100);
        IncrementalEncoder encoder = new IncrementalEncoder(TOKENIZER);
        TokenBuffer taken = new TokenBuffer();
        for (int at = 0; at < text.length(); at += 10) {
            encoder.append(text.substring(at, at + 10));
            taken.addAll(encoder.tokens(taken.size(), encoder.settledCount()));
        }
        assertThat(encoder.count() - taken.size()).isBetween(1, 2);
        taken.addAll(encoder.tokens(taken.size(), encoder.count()));
        assertThat(taken.toArray()).isEqualTo(TOKENIZER.encode(text));
    }

    @Test
    void tokensAfterTheLastAreRefused() {
        IncrementalEncoder encoder = new IncrementalEncoder(TOKENIZER);
        encoder.append("Hello world");
        assertThat(encoder.tokens(1, 2)).containsExactly(2375);
        assertThatThrownBy(() -> encoder.tokens(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> encoder.tokens(-1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> encoder.tokens(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aClearedEncoderBeginsANewText() {
        IncrementalEncoder encoder = new IncrementalEncoder(TOKENIZER);
        encoder.append("one two three four".repeat(1000));
        assertThat(encoder.count()).isGreaterThan(1000);
        encoder.clear();
        assertThat(encoder.count()).isZero();
        assertThat(encoder.settledCount()).isZero();
        encoder.append("Hello world");
        assertThat(encoder.tokens()).containsExactly(13225, 2375);
    }

    @Provide
    Arbitrary<List<String>> chunkedTexts() {
        return Generators.chunkedTexts();
    }

    @Provide
    Arbitrary<String> patternTexts() {
        return Generators.patternTexts();
    }
}
