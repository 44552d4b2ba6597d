package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PretokenizerTest {
    @Property(tries = 3000)
    void cutsWhereThePatternCuts(@ForAll("texts") String text) {
        String wellFormed = Utf8.decode(
                Arrays.copyOf(Utf8Text.of(text).bytes(), Utf8Text.of(text).length()));
        assertThat(pieces(wellFormed)).isEqualTo(RegexPretokenizer.pieces(wellFormed));
    }

    @Property(tries = 3000)
    void cutsPatternTextsWhereThePatternCuts(@ForAll("patternTexts") String text) {
        assertThat(pieces(text)).isEqualTo(RegexPretokenizer.pieces(text));
    }

    @Property(tries = 3000)
    void cutsLongTextsWhereThePatternCuts(@ForAll("longPatternTexts") String text) {
        assertThat(pieces(text)).isEqualTo(RegexPretokenizer.pieces(text));
    }

    @Property(tries = 3000)
    void cutsAsciiWhereThePatternCuts(@ForAll("asciiTexts") String text) {
        assertThat(pieces(text)).isEqualTo(RegexPretokenizer.pieces(text));
    }

    /** As in stretches between special tokens. */
    @Property(tries = 3000)
    void cutsAsIfTheLimitWereTheEnd(@ForAll("patternTexts") String text, @ForAll("asciiTexts") String following) {
        byte[] utf8 = (text + following).getBytes(StandardCharsets.UTF_8);
        int limit = text.getBytes(StandardCharsets.UTF_8).length;
        assertThat(pieces(utf8, limit)).isEqualTo(RegexPretokenizer.pieces(text));
    }

    @Property(tries = 3000)
    void allPiecesButTwoStayWhateverFollows(
            @ForAll("patternTexts") String text, @ForAll("patternTexts") String following) {
        assertSettledPiecesStay(text, following);
    }

    @Property(tries = 3000)
    void allPiecesOfAsciiButTwoStayWhateverFollows(
            @ForAll("asciiTexts") String text, @ForAll("asciiTexts") String following) {
        assertSettledPiecesStay(text, following);
    }

    @Test
    void aWordTakesOneCharacterBeforeIt() {
        assertThat(pieces("Hello, world")).containsExactly("Hello", ",", " world");
        assertThat(pieces("(a) [b]\tc")).containsExactly("(a", ")", " [", "b", "]", "\tc");
    }

    @Test
    void aWordIsUpperCaseThenLowerCase() {
        assertThat(pieces("HTTPServer iPhone")).containsExactly("HTTPServer", " i", "Phone");
        assertThat(pieces("ABC中DEF")).containsExactly("ABC中", "DEF");
        assertThat(pieces("\u0301ABC")).containsExactly("\u0301", "ABC");
    }

    @Test
    void aWordTakesAContractionInAnyCase() {
        assertThat(pieces("I'm WE'RE they'Ve x'K")).containsExactly("I'm", " WE'RE", " they'Ve", " x", "'K");
        assertThat(pieces("x'ſy")).containsExactly("x'ſ", "y");
        assertThat(pieces("x'r x'l")).containsExactly("x", "'r", " x", "'l");
    }

    @Test
    void numbersHaveUpToThreeDigits() {
        assertThat(pieces("1234567 ½Ⅷ")).containsExactly("123", "456", "7", " ", "½Ⅷ");
    }

    @Test
    void punctuationTakesASpaceBeforeAndLineEndsAndSlashesAfterIt() {
        assertThat(pieces("a != b;\r\n/\n/c")).containsExactly("a", " !=", " b", ";\r\n/\n/", "c");
    }

    @Test
    void spaceEndsAfterItsLastLineEndOrLeavesOneCharacterToTheWordAfterIt() {
        assertThat(pieces("a \n \n  b")).containsExactly("a", " \n \n", " ", " b");
        assertThat(pieces("a   1")).containsExactly("a", "  ", " ", "1");
        assertThat(pieces("a \u00A0")).containsExactly("a", " \u00A0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'", "x'", "x'r", "x'\u0145", "x'ſ", " ", "\n", "\u0301", "😀"})
    void theLimitIsTheEndOfTheText(String text) {
        byte[] utf8 = (text + "ess/\n1").getBytes(StandardCharsets.UTF_8);
        int limit = text.getBytes(StandardCharsets.UTF_8).length;
        assertThat(pieces(utf8, limit)).isEqualTo(RegexPretokenizer.pieces(text));
    }

    @Provide
    Arbitrary<String> texts() {
        return Generators.texts();
    }

    @Provide
    Arbitrary<String> patternTexts() {
        return Generators.patternTexts();
    }

    @Provide
    Arbitrary<String> longPatternTexts() {
        return Generators.longPatternTexts();
    }

    @Provide
    Arbitrary<String> asciiTexts() {
        return Generators.asciiTexts();
    }

    private static void assertSettledPiecesStay(String text, String following) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        List<String> pieces = pieces(text);
        List<String> settled = pieces.subList(0, Math.max(0, pieces.size() - 2));
        assertThat(Pretokenizer.settledEnd(utf8, 0, utf8.length))
                .isEqualTo(String.join("", settled).getBytes(StandardCharsets.UTF_8).length);
        assertThat(pieces(text + following).subList(0, settled.size())).isEqualTo(settled);
    }

    private static List<String> pieces(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return pieces(utf8, utf8.length);
    }

    /** Cuts with {@link Pretokenizer}, and checks that {@link PieceScanner} cuts the same. */
    private static List<String> pieces(byte[] utf8, int limit) {
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < limit; ) {
            int end = Pretokenizer.pieceEnd(utf8, at, limit);
            pieces.add(new String(utf8, at, end - at, StandardCharsets.UTF_8));
            at = end;
        }
        for (int batch : new int[] {PieceScanner.MIN_ENDS, 1000}) {
            assertThat(scannedPieces(utf8, limit, batch)).isEqualTo(pieces);
        }
        return pieces;
    }

    private static List<String> scannedPieces(byte[] utf8, int limit, int batch) {
        byte[] text = Arrays.copyOf(utf8, utf8.length + Utf8Text.PADDING);
        int[] ends = new int[batch];
        PieceScanner scanner = new PieceScanner();
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < limit; ) {
            int count = scanner.scan(text, at, limit, ends);
            for (int i = 0; i < count; i++) {
                pieces.add(new String(utf8, at, ends[i] - at, StandardCharsets.UTF_8));
                at = ends[i];
            }
        }
        return pieces;
    }
}
