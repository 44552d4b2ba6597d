package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class StreamingDecoderTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    @Property
    void textsAddUpToTheTextOfAllTokens(@ForAll("anyTokens") int[] tokens) {
        assertThat(decode(new StreamingDecoder(TOKENIZER), tokens)).isEqualTo(TOKENIZER.decode(tokens));
    }

    @Property(tries = 3000)
    void textsAddUpAlsoWhereBytesAreNotUtf8(@ForAll("tokensOfBytes") int[] tokens) {
        assertThat(decode(new StreamingDecoder(TOKENIZER), tokens)).isEqualTo(TOKENIZER.decode(tokens));
    }

    @Property(tries = 3000)
    void onlyACharacterThatMayBecomeWholeIsHeldBack(@ForAll("tokensOfBytes") int[] tokens) {
        StreamingDecoder decoder = new StreamingDecoder(TOKENIZER);
        for (int i = 0; i < tokens.length; i++) {
            decoder.decode(tokens[i]);
            byte[] soFar = TOKENIZER.decodeBytes(Arrays.copyOf(tokens, i + 1));
            int held = decoder.held().length;
            assertThat(held).isBetween(0, 3).isEqualTo(Utf8.incompleteLength(soFar, 0, soFar.length));
            assertThat(soFar).endsWith(decoder.held());
            assertThat(decoder.isHolding()).isEqualTo(held > 0);
        }
    }

    @Property(tries = 3000)
    void oneReplacementAtATimeCutsAfterEachReplacement(@ForAll("tokensOfBytes") int[] tokens) {
        StreamingDecoder decoder = StreamingDecoder.oneReplacementAtATime(TOKENIZER);
        StringBuilder joined = new StringBuilder();
        for (int token : tokens) {
            byte[] before = decoder.held();
            joined.append(decoder.decode(token));
            int length = before.length + TOKENIZER.byteLength(token) - decoder.held().length;
            byte[] decoded = Arrays.copyOf(before, before.length + TOKENIZER.byteLength(token));
            TOKENIZER.copyBytes(token, decoded, before.length);
            int illFormed = Utf8.firstIllFormed(decoded, length);
            assertThat(decoder.takeReplaced()).isEqualTo(illFormed >= 0);
            if (illFormed >= 0) {
                assertThat(illFormed - Utf8.sequenceLength(decoded, illFormed, length))
                        .isEqualTo(length);
            } else {
                assertThat(decoder.held()).hasSizeLessThanOrEqualTo(3);
            }
        }
        assertThat(joined.append(decoder.finish())).hasToString(TOKENIZER.decode(tokens));
    }

    @Property
    void anotherDecoderCanGoOn(@ForAll("tokensOfBytes") int[] tokens) {
        StringBuilder joined = new StringBuilder();
        StreamingDecoder last = new StreamingDecoder(TOKENIZER);
        for (int token : tokens) {
            StreamingDecoder next = new StreamingDecoder(TOKENIZER);
            next.resume(last.held());
            joined.append(next.decode(token));
            last = next;
        }
        assertThat(joined.append(last.finish())).hasToString(TOKENIZER.decode(tokens));
    }

    @Property
    void replacementsAreToldButNotThoseOfTheText(@ForAll("tokensOfBytes") int[] tokens) {
        StreamingDecoder decoder = new StreamingDecoder(TOKENIZER);
        decode(decoder, tokens);
        assertThat(decoder.takeReplaced()).isEqualTo(Utf8.firstIllFormed(TOKENIZER.decodeBytes(tokens)) >= 0);
        assertThat(decoder.takeReplaced()).isFalse();
        decode(decoder, TOKENIZER.encode("\uFFFD"));
        assertThat(decoder.takeReplaced()).isFalse();
    }

    @Test
    void aCharacterComesWithItsLastByte() {
        int[] tokens = TOKENIZER.encode("a🜁b");
        StreamingDecoder decoder = new StreamingDecoder(TOKENIZER);
        assertThat(Arrays.stream(tokens).mapToObj(decoder::decode)).containsExactly("a", "", "", "🜁", "b");
        assertThat(decoder.finish()).isEmpty();
    }

    @Test
    void whatIsHeldBackAtTheEndIsReplacedOnceAndForgotten() {
        StreamingDecoder decoder = new StreamingDecoder(TOKENIZER);
        assertThat(decoder.decode(TOKENIZER.encode("🜁")[0])).isEmpty();
        assertThat(decoder.finish()).isEqualTo("\uFFFD");
        assertThat(decoder.takeReplaced()).isTrue();
        assertThat(decoder.finish()).isEmpty();
        decoder.decode(TOKENIZER.encode("🜁")[0]);
        decoder.clear();
        assertThat(decoder.decode(64)).isEqualTo("a");
        assertThat(decoder.takeReplaced()).isFalse();
    }

    @Test
    void unknownIdsAreRefusedAndChangeNothing() {
        StreamingDecoder decoder = new StreamingDecoder(TOKENIZER);
        decoder.decode(TOKENIZER.encode("🜁")[0]);
        assertThatThrownBy(() -> decoder.decode(201089))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a token id from 0 to 201088 but found 201089");
        assertThat(decoder.held()).containsExactly(0xF0, 0x9F);
    }

    @Provide
    Arbitrary<int[]> anyTokens() {
        return Generators.anyTokens();
    }

    @Provide
    Arbitrary<int[]> tokensOfBytes() {
        return Generators.tokensOfBytes();
    }

    private static String decode(StreamingDecoder decoder, int... tokens) {
        StringBuilder joined = new StringBuilder();
        Arrays.stream(tokens).mapToObj(decoder::decode).forEach(joined::append);
        return joined.append(decoder.finish()).toString();
    }
}
