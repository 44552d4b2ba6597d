package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TokenizerTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    @Test
    void theExamplesOfTheClassAreTrue() {
        assertThat(TOKENIZER.encode("Hello, world!")).containsExactly(13225, 11, 2375, 0);
        assertThat(TOKENIZER.decode(13225, 11, 2375, 0)).isEqualTo("Hello, world!");
        assertThat(TOKENIZER.count("Hello, world!")).isEqualTo(4);
        assertThat(TOKENIZER.encode("<|start|>user")).containsExactly(27, 91, 5236, 91, 29, 1428);
        assertThat(TOKENIZER.encode("<|start|>user", AllowedSpecial.ALL)).containsExactly(200006, 1428);
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
        assertThat(TOKENIZER.encode(CharBuffer.wrap(text))).isEqualTo(tokens);
        assertThat(TOKENIZER.encodeWithOffsets(text).tokens()).isEqualTo(tokens);
        assertThat(Tokenizer.o200kBase().encode(text)).isEqualTo(tokens);
        assertThat(TOKENIZER.count(text)).isEqualTo(tokens.length);
        byte[] utf8 = wellFormed(text).getBytes(StandardCharsets.UTF_8);
        assertThat(TOKENIZER.encode(utf8)).isEqualTo(tokens);
        assertThat(TOKENIZER.encode(ByteBuffer.wrap(utf8))).isEqualTo(tokens);
        assertThat(TOKENIZER.count(utf8)).isEqualTo(tokens.length);
        assertThat(TOKENIZER.count(ByteBuffer.wrap(utf8))).isEqualTo(tokens.length);
    }

    @Property
    void everyWayToEncodeRecognisesTheSameSpecialTokens(@ForAll("anyTokens") int[] any) {
        String text = TOKENIZER.decode(any);
        AllowedSpecial recognised = AllowedSpecial.ALL.except("<|end|>");
        int[] tokens = TOKENIZER.encode(text, recognised);
        byte[] utf8 = wellFormed(text).getBytes(StandardCharsets.UTF_8);
        TokenBuffer buffer = new TokenBuffer();
        TOKENIZER.encode(text, recognised, buffer);
        TOKENIZER.encode(utf8, recognised, buffer);
        TOKENIZER.encode(ByteBuffer.wrap(utf8), recognised, buffer);
        assertThat(buffer.toArray())
                .isEqualTo(Stream.of(tokens, tokens, tokens)
                        .flatMapToInt(IntStream::of)
                        .toArray());
        assertThat(TOKENIZER.encodeWithOffsets(text, recognised).tokens()).isEqualTo(tokens);
        assertThat(TOKENIZER.count(text, recognised)).isEqualTo(tokens.length);
        assertThat(TOKENIZER.count(ByteBuffer.wrap(utf8), recognised)).isEqualTo(tokens.length);
    }

    @Property(tries = 200)
    void aBatchHasTheResultsOfEachTextInOrder(
            @ForAll("chunkedTexts") List<String> texts, @ForAll @IntRange(min = 1, max = 5) int parallelism) {
        List<int[]> tokens = TOKENIZER.encodeAll(texts, parallelism);
        assertThat(tokens).hasSameSizeAs(texts);
        int[] counts = TOKENIZER.countAll(texts, parallelism);
        assertThat(counts).hasSameSizeAs(texts);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(tokens.get(i)).isEqualTo(TOKENIZER.encode(texts.get(i)));
            assertThat(counts[i]).isEqualTo(tokens.get(i).length);
        }
    }

    @Test
    void aBatchRecognisesSpecialTokensIfAsked() {
        List<String> texts = List.of("<|start|>", "a");
        assertThat(TOKENIZER.encodeAll(texts, AllowedSpecial.ALL, 2))
                .containsExactly(new int[] {200006}, new int[] {64});
        assertThat(TOKENIZER.encodeAll(List.of(), 3)).isEmpty();
    }

    @Test
    void aBatchWithoutATextIsRefused() {
        List<String> texts = Collections.nCopies(10, null);
        assertThatThrownBy(() -> TOKENIZER.encodeAll(texts, 2)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void whatRemainsOfABufferIsEncodedAndTheBufferStaysAsItIs() {
        ByteBuffer whole = ByteBuffer.allocateDirect(13);
        whole.put("Hello, world!".getBytes(StandardCharsets.UTF_8)).position(5).limit(12);
        ByteBuffer buffer = whole.asReadOnlyBuffer();
        assertThat(TOKENIZER.encode(buffer)).containsExactly(11, 2375);
        assertThat(TOKENIZER.count(buffer)).isEqualTo(2);
        assertThat(buffer.position()).isEqualTo(5);
        assertThat(buffer.limit()).isEqualTo(12);
    }

    @Property
    void whatIsCachedHasNoEffect(@ForAll("texts") String text) {
        Tokenizer uncached = TOKENIZER.withoutPieceCache();
        int[] tokens = uncached.encode(text);
        for (int times = 0; times < 2; times++) {
            assertThat(TOKENIZER.encode(text)).isEqualTo(tokens);
            assertThat(TOKENIZER.count(text)).isEqualTo(tokens.length);
            assertThat(uncached.count(text)).isEqualTo(tokens.length);
        }
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
        assertThat(TOKENIZER.encode(text, AllowedSpecial.of("<|call|>"))).isEqualTo(expected);
        assertThat(TOKENIZER.count(text, AllowedSpecial.of("<|call|>"))).isEqualTo(expected.length);
    }

    @Property
    void bytesThatAreNotUtf8AreEncodedAsWhatTheyDecodeTo(@ForAll("bytes") byte[] bytes) {
        assertThat(TOKENIZER.encode(bytes)).isEqualTo(TOKENIZER.encode(Utf8.decode(bytes)));
        assertThat(TOKENIZER.encode(bytes, AllowedSpecial.ALL)).isEqualTo(TOKENIZER.encode(bytes));
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
    void bytesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> TOKENIZER.copyBytes(13225, new byte[7], 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** As many of the longest token as have just more bytes than an array. */
    @Test
    void moreBytesThanAnArrayHoldsAreRefused() {
        int longest = IntStream.range(0, SpecialTokenTable.FIRST)
                .boxed()
                .max(Comparator.comparing(TOKENIZER::byteLength))
                .orElseThrow();
        int length = TOKENIZER.byteLength(longest);
        int[] tokens = new int[Integer.MAX_VALUE / length + 1];
        Arrays.fill(tokens, longest);
        String problem = "expected tokens of at most 2147483639 bytes together but found "
                + (long) length * tokens.length + "; decode them in parts, or one by one with StreamingDecoder";
        for (ThrowingCallable decoding : List.<ThrowingCallable>of(
                () -> TOKENIZER.decode(tokens),
                () -> TOKENIZER.decode(tokens), // now from the texts of all tokens
                () -> TOKENIZER.decodeStrict(tokens),
                () -> TOKENIZER.decodeBytes(tokens),
                () -> TOKENIZER.offsets(tokens))) {
            assertThatThrownBy(decoding)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(problem);
        }
    }

    @Test
    void aTextThatIsNotAsciiHasHalfAsMuchRoom() {
        assertThatCode(() -> TokenDecoder.requireRoom(Integer.MAX_VALUE - 8, true))
                .doesNotThrowAnyException();
        assertThatCode(() -> TokenDecoder.requireRoom(1_073_741_823, false)).doesNotThrowAnyException();
        assertThatThrownBy(() -> TokenDecoder.requireRoom(1_073_741_824, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "expected tokens of at most 1073741823 bytes together, as their text is not ASCII, but found "
                                + "1073741824; decode them in parts, or one by one with StreamingDecoder");
    }

    @Provide
    Arbitrary<String> texts() {
        return Generators.texts();
    }

    @Provide
    Arbitrary<List<String>> chunkedTexts() {
        return Generators.chunkedTexts();
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
