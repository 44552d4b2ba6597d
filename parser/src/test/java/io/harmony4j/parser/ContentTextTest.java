package io.harmony4j.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.tokenizer.Tokenizer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@link ContentText} beside its plain counterpart, a StringBuilder. */
class ContentTextTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    @Test
    void tokensAndTextsAreJoined() {
        Random random = new Random(1);
        ContentText content = new ContentText();
        StringBuilder expected = new StringBuilder();
        assertThat(content.last()).isEqualTo('\0');
        for (int i = 0; i < 100_000; i++) {
            int token = random.nextInt(199_998);
            String text = TOKENIZER.decode(token);
            if (text.indexOf('\uFFFD') < 0) { // it has whole characters
                PlainTokens.add(token, text);
                boolean isShort = PlainTokens.text(token) != null && PlainTokens.isShort(token);
                if (isShort && random.nextInt(4) > 0) {
                    assertThat(PlainTokens.length(token)).isEqualTo(text.length());
                    content.add(token);
                } else {
                    content.add(text);
                }
                expected.append(text);
                assertThat(content.length()).isEqualTo(expected.length());
                assertThat(content.last()).isEqualTo(expected.charAt(expected.length() - 1));
            }
            if (random.nextInt(2_000) == 0) {
                assertThat(content).hasToString(expected.toString());
                content.clear();
                expected.setLength(0);
                assertThat(content.length()).isZero();
            }
        }
        assertThat(content).hasToString(expected.toString());
    }

    @Test
    void upToFifteenBytesAreShort() {
        for (int token = 0; token < 199_998; token += 7) {
            String text = TOKENIZER.decode(token);
            if (text.indexOf('\uFFFD') < 0) {
                PlainTokens.add(token, text);
                boolean isPlain = PlainTokens.text(token) != null;
                assertThat(PlainTokens.isShort(token)).isEqualTo(isPlain && TOKENIZER.byteLength(token) <= 15);
            }
        }
    }
}
