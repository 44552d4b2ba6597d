package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.TokenBuffer;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextReaderTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    @Property(tries = 200)
    void tokensOfTheBlocksAreTheTokensOfTheText(@ForAll("textsOfSeveralBlocks") String text) throws IOException {
        for (AllowedSpecial recognised : List.of(AllowedSpecial.NONE, AllowedSpecial.ALL)) {
            TokenBuffer tokens = new TokenBuffer();
            for (String block : blocks(text)) {
                tokens.addAll(TOKENIZER.encode(block, recognised));
            }
            assertThat(tokens.toArray()).isEqualTo(TOKENIZER.encode(text, recognised));
        }
    }

    /** Texts that may be cut among characters of every class of o200k's pattern. */
    @Provide
    Arbitrary<String> textsOfSeveralBlocks() {
        Arbitrary<String> fragments = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just("\n")),
                Tuple.of(
                        5,
                        Arbitraries.of(
                                "a", "Z", "word", "'s", "É", "日", "\u0301", "1", "234", " ", "   ", "\t", "\u3000",
                                "\r\n", "\r", "\n\n", "/", "//", "...", "<|end|>", "<|", "😀")));
        return fragments.list().ofMinSize(1).ofMaxSize(120).map(parts -> {
            String mixed = String.join("", parts);
            return "ab ".repeat(TextReader.MIN_BLOCK / 3 - 10) + mixed + "\nthe" + " end".repeat(20_000) + mixed;
        });
    }

    @Test
    void blocksEndBeforeALetterAtTheStartOfALine() throws IOException {
        String first = "x ".repeat(TextReader.MIN_BLOCK / 2) + "\n 1\n\n";
        String second = "And so on.\n";

        assertThat(blocks(first + second)).containsExactly(first, second);
    }

    @Test
    void textWithoutAPlaceToEndIsOneBlock() throws IOException {
        String text = "日本語\n".repeat(100_000);

        assertThat(blocks(text)).containsExactly(text);
    }

    @Test
    void linesKeepTheirLineFeeds() throws IOException {
        assertThat(lines("a\n\nb\r\nc")).containsExactly("a\n", "\n", "b\r\n", "c");
        assertThat(lines("a\n")).containsExactly("a\n");
        assertThat(lines("")).isEmpty();
    }

    @Test
    void linesMayBeLongerThanTheBuffer() throws IOException {
        String line = "x".repeat(300_000) + "\n";

        assertThat(lines("short\n" + line + line)).containsExactly("short\n", line, line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C3", "ED A0 80", "F0 9F 98", "FF", "C3 41", "80"})
    void whatIsNotUtf8IsRefusedWithItsByteOffset(String hex) {
        byte[] before = ("é\n" + "a\n".repeat(TextReader.MIN_BLOCK)).getBytes(StandardCharsets.UTF_8);
        byte[] malformed = HexFormat.ofDelimiter(" ").parseHex(hex);
        String message = "expected UTF-8 but found byte %02X at byte offset %d".formatted(malformed[0], before.length);

        assertThatThrownBy(() -> all(reader(before, malformed), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> all(reader(before, malformed), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aReplacementCharacterIsUtf8() throws IOException {
        assertThat(blocks("a\uFFFDb")).containsExactly("a\uFFFDb");
    }

    private static List<String> blocks(String text) throws IOException {
        return all(reader(text.getBytes(StandardCharsets.UTF_8), new byte[0]), true);
    }

    private static List<String> lines(String text) throws IOException {
        return all(reader(text.getBytes(StandardCharsets.UTF_8), new byte[0]), false);
    }

    private static TextReader reader(byte[] first, byte[] then) {
        return new TextReader(new SequenceInputStream(new ByteArrayInputStream(first), new ByteArrayInputStream(then)));
    }

    private static List<String> all(TextReader reader, boolean areBlocks) throws IOException {
        List<String> parts = new ArrayList<>();
        for (String part = next(reader, areBlocks); part != null; part = next(reader, areBlocks)) {
            assertThat(part).isNotEmpty();
            parts.add(part);
        }
        assertThat(reader.hasNoMoreBlocks()).isTrue();
        return parts;
    }

    private static @Nullable String next(TextReader reader, boolean isBlock) throws IOException {
        return isBlock ? reader.block() : reader.line();
    }
}
