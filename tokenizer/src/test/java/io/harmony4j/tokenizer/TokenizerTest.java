package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TokenizerTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    @Test
    void theExamplesOfTheClassAreTrue() {
        assertThat(TOKENIZER.encode("Hello, world!")).containsExactly(13225, 11, 2375, 0);
        assertThat(TOKENIZER.decode(13225, 11, 2375, 0)).isEqualTo("Hello, world!");
        assertThat(TOKENIZER.count("Hello, world!")).isEqualTo(4);
        assertThat(TOKENIZER.encode("<|start|>user")).containsExactly(27, 91, 5236, 91, 29, 1428);
        assertThat(TOKENIZER.encode("<|start|>user", SpecialTokens.ALL)).containsExactly(200006, 1428);
    }

    @Test
    void theEncodingsHaveTheirNamesAndOneSize() {
        assertThat(TOKENIZER.name()).isEqualTo("o200k_harmony");
        assertThat(Tokenizer.o200kBase().name()).isEqualTo("o200k_base");
        assertThat(TOKENIZER.vocabularySize()).isEqualTo(201089);
        assertThat(Tokenizer.o200kHarmony()).isSameAs(TOKENIZER);
    }

    @Property
    void encodesWhatTheDefinitionsDefine(@ForAll("texts") String text) {
        int[] expected = RegexPretokenizer.pieces(wellFormed(text)).stream()
                .map(piece -> new String(piece.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .flatMapToInt(piece -> IntStream.of(ReferenceBpe.o200k().ids(piece)))
                .toArray();
        assertThat(TOKENIZER.encode(text)).isEqualTo(expected);
    }

    @Property
    void textComesBack(@ForAll("texts") String text) {
        int[] tokens = TOKENIZER.encode(text);
        assertThat(TOKENIZER.decode(tokens)).isEqualTo(wellFormed(text));
        assertThat(TOKENIZER.decodeStrict(tokens)).isEqualTo(wellFormed(text));
        assertThat(TOKENIZER.decodeBytes(tokens)).isEqualTo(wellFormed(text).getBytes(StandardCharsets.UTF_8));
    }

    @Property
    void everyWayToEncodeGivesTheSame(@ForAll("texts") String text) {
        int[] tokens = TOKENIZER.encode(text);
        TokenBuffer buffer = new TokenBuffer();
        buffer.add(1);
        TOKENIZER.encode(text, buffer);
        assertThat(buffer.toArray()).startsWith(1).endsWith(tokens).hasSize(1 + tokens.length);
        assertThat(TOKENIZER.encode(wellFormed(text).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(tokens);
        assertThat(TOKENIZER.encode(CharBuffer.wrap(text))).isEqualTo(tokens);
        assertThat(TOKENIZER.encode(ByteBuffer.wrap(wellFormed(text).getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(tokens);
        assertThat(Tokenizer.o200kBase().encode(text)).isEqualTo(tokens);
        assertThat(TOKENIZER.count(text)).isEqualTo(tokens.length);
        assertThat(TOKENIZER.count(wellFormed(text).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(tokens.length);
    }

    @Property
    void whatIsRememberedHasNoEffect(@ForAll("texts") String text) {
        Tokenizer forgetful = TOKENIZER.withoutPieceMemory();
        int[] tokens = forgetful.encode(text);
        for (int times = 0; times < 2; times++) {
            assertThat(TOKENIZER.encode(text)).isEqualTo(tokens);
            assertThat(TOKENIZER.count(text)).isEqualTo(tokens.length);
            assertThat(forgetful.count(text)).isEqualTo(tokens.length);
        }
    }

    @Property
    void countUpToStopsBehindItsLimit(@ForAll("texts") String text, @ForAll @IntRange(max = 40) int limit) {
        assertThat(TOKENIZER.countUpTo(text, limit)).isEqualTo(Math.min(TOKENIZER.count(text), limit + 1));
        assertThat(TOKENIZER.countUpTo(text, Integer.MAX_VALUE)).isEqualTo(TOKENIZER.count(text));
    }

    @Test
    void countUpToReadsNoMoreThanItNeeds() {
        String text = " ".repeat(10_000);
        assertThat(TOKENIZER.count(text)).isEqualTo(79);
        assertThat(TOKENIZER.countUpTo(text, 79)).isEqualTo(79);
        assertThat(TOKENIZER.countUpTo(text, 78)).isEqualTo(79);
        assertThat(TOKENIZER.countUpTo(text, 5)).isEqualTo(6);
        assertThat(TOKENIZER.countUpTo("", 0)).isZero();
    }

    @Property
    void ordinaryTextHasNoSpecialTokens(@ForAll("anyTokens") int[] tokens) {
        String text = TOKENIZER.decode(tokens);
        assertThat(IntStream.of(TOKENIZER.encode(text))).noneMatch(TOKENIZER::isSpecial);
    }

    @Property
    void specialTokensComeBackAmongTheText(@ForAll("texts") String before, @ForAll("texts") String after) {
        String text = before + "<|call|>" + after;
        int[] expected = Stream.of(TOKENIZER.encode(before), new int[] {200012}, TOKENIZER.encode(after))
                .flatMapToInt(IntStream::of)
                .toArray();
        assertThat(TOKENIZER.encode(text, SpecialTokens.of("<|call|>"))).isEqualTo(expected);
        assertThat(TOKENIZER.count(text, SpecialTokens.of("<|call|>"))).isEqualTo(expected.length);
    }

    @Property
    void bytesThatAreNotUtf8AreEncodedAsWhatTheyDecodeTo(@ForAll("bytes") byte[] bytes) {
        assertThat(TOKENIZER.encode(bytes)).isEqualTo(TOKENIZER.encode(Utf8.decode(bytes)));
        assertThat(TOKENIZER.encode(bytes, SpecialTokens.ALL)).isEqualTo(TOKENIZER.encode(bytes));
    }

    @Property
    void bytesOfTokensAreJoined(@ForAll("anyTokens") int[] tokens) {
        byte[] joined = TOKENIZER.decodeBytes(tokens);
        byte[] copied = new byte[joined.length];
        int at = 0;
        for (int token : tokens) {
            assertThat(TOKENIZER.copyBytes(token, copied, at)).isEqualTo(TOKENIZER.byteLength(token));
            at += TOKENIZER.byteLength(token);
        }
        assertThat(copied).isEqualTo(joined);
        assertThat(TOKENIZER.decode(tokens)).isEqualTo(Utf8.decode(joined));
    }

    @Property
    void offsetsSayWhichCharacterATokenBeginsIn(@ForAll("anyTokens") int[] tokens) {
        String text = TOKENIZER.decode(tokens);
        int[] offsets = TOKENIZER.offsets(tokens);
        assertThat(offsets).hasSameSizeAs(tokens).isSorted();
        for (int i = 0; i < tokens.length; i++) {
            byte[] before = TOKENIZER.decodeBytes(Arrays.copyOf(tokens, i));
            byte[] from = TOKENIZER.decodeBytes(Arrays.copyOfRange(tokens, i, tokens.length));
            boolean cutsNothing = (Utf8.decode(before) + Utf8.decode(from)).equals(text);
            assertThat(offsets[i]).isLessThanOrEqualTo(Utf8.decode(before).length());
            if (cutsNothing) {
                assertThat(offsets[i]).isEqualTo(Utf8.decode(before).length());
            }
        }
    }

    @Test
    void aTokenThatBeginsWithinACharacterStartsWhereTheCharacterDoes() {
        int[] tokens = TOKENIZER.encode("a🜁b");
        assertThat(tokens).hasSize(5);
        assertThat(TOKENIZER.offsets(tokens)).containsExactly(0, 1, 1, 1, 3);
    }

    @Property
    void truncateKeepsAsManyTokensAsItCan(@ForAll("texts") String text, @ForAll @IntRange(max = 30) int maxTokens) {
        int[] tokens = TOKENIZER.encode(text);
        String expected = "";
        for (int kept = 0; kept <= Math.min(tokens.length, maxTokens); kept++) {
            byte[] start = TOKENIZER.decodeBytes(Arrays.copyOf(tokens, kept));
            if (Utf8.firstIllFormed(start) < 0 && TOKENIZER.count(start) <= maxTokens) {
                expected = Utf8.decode(start);
            }
        }
        String truncated = TOKENIZER.truncate(text, maxTokens);
        assertThat(text).startsWith(truncated);
        assertThat(wellFormed(truncated)).isEqualTo(expected);
    }

    @Test
    void truncateNeverCutsACharacter() {
        assertThat(TOKENIZER.truncate("a🜁b", 3)).isEqualTo("a");
        assertThat(TOKENIZER.truncate("a🜁b", 4)).isEqualTo("a🜁");
        assertThat(TOKENIZER.truncate("a🜁b", 5)).isEqualTo("a🜁b");
        assertThat(TOKENIZER.truncate("a🜁b", 0)).isEmpty();
    }

    @Test
    void decodeReplacesWhatDecodeStrictRefuses() {
        int lead = TOKENIZER.encode("🜁")[0];
        assertThat(TOKENIZER.decode(64, lead, 65)).isEqualTo("a\uFFFDb");
        assertThatThrownBy(() -> TOKENIZER.decodeStrict(64, lead, 65))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected UTF-8 but found byte F0 at byte offset 1 of 4");
    }

    @Test
    void unknownIdsAreRefused() {
        assertThat(TOKENIZER.isToken(-1)).isFalse();
        assertThat(TOKENIZER.isToken(0)).isTrue();
        assertThat(TOKENIZER.isToken(201088)).isTrue();
        assertThat(TOKENIZER.isToken(201089)).isFalse();
        assertThat(TOKENIZER.isSpecial(199997)).isFalse();
        assertThat(TOKENIZER.isSpecial(199998)).isTrue();
        assertThat(TOKENIZER.isSpecial(201089)).isFalse();
        String message = "expected a token id from 0 to 201088 but found ";
        assertThatThrownBy(() -> TOKENIZER.decode(1, 2, 3, 201089))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message + "201089 at index 3");
        assertThatThrownBy(() -> TOKENIZER.decodeBytes(-1)).hasMessage(message + "-1 at index 0");
        assertThatThrownBy(() -> TOKENIZER.offsets(0, Integer.MAX_VALUE)).hasMessage(message + "2147483647 at index 1");
        assertThatThrownBy(() -> TOKENIZER.byteLength(201089)).hasMessage(message + "201089");
        assertThatThrownBy(() -> TOKENIZER.copyBytes(-5, new byte[9], 0)).hasMessage(message + "-5");
    }

    @Test
    void impossibleArgumentsAreRefused() {
        assertThatThrownBy(() -> TOKENIZER.truncate("", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected 0 or more tokens but found -1");
        assertThatThrownBy(() -> TOKENIZER.countUpTo("", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a limit of 0 or more tokens but found -1");
        assertThatThrownBy(() -> TOKENIZER.copyBytes(13225, new byte[7], 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Provide
    Arbitrary<String> texts() {
        return Generators.texts();
    }

    @Provide
    Arbitrary<int[]> anyTokens() {
        return Generators.anyTokens();
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Generators.bytes();
    }

    /** Returns the text with U+FFFD for each surrogate without its other half. */
    private static String wellFormed(String text) {
        Utf8Text utf8 = Utf8Text.of(text);
        return new String(utf8.bytes(), 0, utf8.length(), StandardCharsets.UTF_8);
    }
}
