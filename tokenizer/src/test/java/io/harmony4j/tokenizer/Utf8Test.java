package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    /** Bytes that may be missing at the end of a character. */
    private static final List<byte[]> CONTINUATIONS = Stream.of(
                    "80", "8F", "90", "9F", "A0", "BF", "8080", "9080", "A080", "BFBF", "808080", "8F8080", "908080",
                    "BFBFBF")
            .map(HexFormat.of()::parseHex)
            .toList();

    /** {@code ?} stands for U+FFFD. */
    @ParameterizedTest
    @CsvSource({
        "41, A",
        "80, ?",
        "BF41, ?A",
        "C0AF, ??",
        "C1BF, ??",
        "C2, ?",
        "C241, ?A",
        "C2C2A9, ?©",
        "E282, ?",
        "E28241, ?A",
        "E2E282AC, ?€",
        "E080AF, ???",
        "E09F80, ???",
        "EDA080, ???",
        "EDBFBF, ???",
        "EDA0, ??",
        "ED9FBF, \uD7FF",
        "EE8080, \uE000",
        "F09F98, ?",
        "F09F41, ?A",
        "F0809F98, ????",
        "F08F9880, ????",
        "F09F9880, 😀",
        "F48FBFBF, \uDBFF\uDFFF",
        "F4908080, ????",
        "F5808080, ????",
        "F880808080, ?????",
        "FEFF, ??",
        "EFBFBD, ?",
        "61F18080E180C262806380BF64, a???b?c??d",
        "EDA0BDEDB880, ??????"
    })
    void illFormedBytesBecomeOneReplacementForEachMaximalSubpart(String bytes, String text) {
        assertThat(Utf8.decode(HexFormat.of().parseHex(bytes))).isEqualTo(text.replace('?', '\uFFFD'));
    }

    @Property
    void decodesAsJavaDoesButForEncodedSurrogates(@ForAll("bytes") byte[] bytes) {
        boolean hasEncodedSurrogate = false;
        for (int i = 0; i + 1 < bytes.length; i++) {
            hasEncodedSurrogate |= bytes[i] == (byte) 0xED && (bytes[i + 1] & 0xE0) == 0xA0;
        }
        if (!hasEncodedSurrogate) {
            assertThat(Utf8.decode(bytes)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    @Property
    void theFirstIllFormedByteIsWhereAReplacementAppears(@ForAll("bytes") byte[] bytes) {
        int illFormed = Utf8.firstIllFormed(bytes);
        String text = Utf8.decode(bytes);
        if (illFormed < 0) {
            assertThat(text.getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes);
        } else {
            String before = Utf8.decode(Arrays.copyOf(bytes, illFormed));
            assertThat(before.getBytes(StandardCharsets.UTF_8)).isEqualTo(Arrays.copyOf(bytes, illFormed));
            assertThat(text).startsWith(before + "\uFFFD");
        }
    }

    @Property(tries = 3000)
    void incompleteIsWhatAContinuationCompletes(@ForAll("bytes") byte[] bytes) {
        int expected = 0;
        for (int length = 1; length <= Math.min(3, bytes.length); length++) {
            byte[] end = Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
            boolean isIncomplete = CONTINUATIONS.stream().anyMatch(continuation -> {
                byte[] whole = Arrays.copyOf(end, end.length + continuation.length);
                System.arraycopy(continuation, 0, whole, end.length, continuation.length);
                return Utf8.sequenceLength(whole, 0, whole.length) == whole.length;
            });
            expected = isIncomplete ? length : expected;
        }
        assertThat(Utf8.incompleteLength(bytes, 0, bytes.length)).isEqualTo(expected);
        assertThat(Utf8.incompleteLength(bytes, bytes.length - expected, bytes.length))
                .isEqualTo(expected);
    }

    @Property
    void textBecomesUtf8WithRoomAfterIt(@ForAll("texts") String text) {
        Utf8Text utf8 = Utf8Text.of(text);
        byte[] expected = Arrays.copyOf(bytesOf(text), utf8.length() + Utf8Text.PADDING);
        assertThat(utf8.bytes()).startsWith(expected);
        assertThat(utf8.length()).isEqualTo(bytesOf(text).length);
        assertThat(utf8.utf16Index(utf8.length())).isEqualTo(text.length());
    }

    @Property
    void bytesBecomeTheTextThatTheyDecodeTo(@ForAll("bytes") byte[] bytes) {
        Utf8Text utf8 = Utf8Text.of(bytes);
        byte[] expected = Utf8.decode(bytes).getBytes(StandardCharsets.UTF_8);
        assertThat(utf8.bytes()).startsWith(Arrays.copyOf(expected, expected.length + Utf8Text.PADDING));
        assertThat(utf8.length()).isEqualTo(expected.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 510, 511, 512, 513, 1023, 1024, 1025})
    void charactersMayLieAnywhereInALongText(int before) {
        for (String character : new String[] {"", "b", "ß", "中", "\uD83D\uDE00", "\uD83D", "\uDE00"}) {
            String text = "a".repeat(before) + character + "a".repeat(600);
            Utf8Text utf8 = Utf8Text.of(text);
            assertThat(Arrays.copyOf(utf8.bytes(), utf8.length())).isEqualTo(bytesOf(text));
        }
    }

    @Property
    void aTextTakesThePlaceOfTheOneBefore(@ForAll("texts") String before, @ForAll("texts") String text) {
        Utf8Text utf8 = Utf8Text.of(before).set(text);
        assertThat(utf8.bytes()).startsWith(Arrays.copyOf(bytesOf(text), utf8.length() + Utf8Text.PADDING));
        ByteBuffer buffer = ByteBuffer.wrap(bytesOf(text));
        assertThat(utf8.set(buffer).bytes()).startsWith(Arrays.copyOf(bytesOf(text), utf8.length() + Utf8Text.PADDING));
        assertThat(buffer.position()).isZero();
    }

    @Test
    void aSurrogateWithoutItsOtherHalfBecomesAReplacement() {
        assertThat(Utf8Text.of("\uD83D").bytes()).startsWith(bytesOf("\uFFFD"));
        assertThat(Utf8Text.of("\uDE00\uD83D\uD83D\uDE00\uDE00").bytes()).startsWith(bytesOf("\uFFFD\uFFFD😀\uFFFD"));
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Generators.bytes();
    }

    @Provide
    Arbitrary<String> texts() {
        return Generators.texts();
    }

    /** Java replaces surrogates without their other half by a question mark. */
    private static byte[] bytesOf(String text) {
        String halves = "[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])|(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]";
        return text.replaceAll(halves, "\uFFFD").getBytes(StandardCharsets.UTF_8);
    }
}
