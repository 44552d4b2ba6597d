package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    /** Long enough to be read in several parts. */
    private static final int LONG = 20_000;

    @Property
    void countUpToStopsAfterItsLimit(@ForAll("texts") String text, @ForAll @IntRange(max = 40) int limit) {
        int count = TOKENIZER.count(text);
        assertThat(TOKENIZER.countUpTo(text, limit)).isEqualTo(Math.min(count, limit + 1));
        assertThat(TOKENIZER.countUpTo(utf8(text), limit)).isEqualTo(Math.min(count, limit + 1));
        assertThat(TOKENIZER.countUpTo(text, Integer.MAX_VALUE)).isEqualTo(count);
        assertThat(TOKENIZER.countUpTo(utf8(text), Integer.MAX_VALUE)).isEqualTo(count);
    }

    @Property(tries = 100)
    void countUpToStopsInALongText(@ForAll("texts") String part, @ForAll @IntRange(max = 3 * LONG) int limit) {
        String text = repeated(part);
        int expected = Math.min(TOKENIZER.count(text), limit + 1);
        assertThat(TOKENIZER.countUpTo(text, limit)).isEqualTo(expected);
        assertThat(TOKENIZER.countUpTo(utf8(text), limit)).isEqualTo(expected);
    }

    @Test
    void aTextThatJustFitsIsCounted() {
        String text = " ".repeat(10_000);
        assertThat(TOKENIZER.count(text)).isEqualTo(79);
        assertThat(TOKENIZER.countUpTo(text, 79)).isEqualTo(79);
        assertThat(TOKENIZER.countUpTo(text, 78)).isEqualTo(79);
        assertThat(TOKENIZER.countUpTo(text, 5)).isEqualTo(6);
        assertThat(TOKENIZER.countUpTo("", 0)).isZero();
        assertThat(TOKENIZER.countUpTo(ByteBuffer.allocate(0), 0)).isZero();
    }

    @Test
    void countUpToReadsLittleMoreThanItNeeds() {
        EndlessText text = new EndlessText(100_000);
        assertThat(TOKENIZER.countUpTo(text, 1000)).isEqualTo(1001);
        assertThat(text.read).isBetween(1000, 10_000);
    }

    @Property
    void truncateKeepsAsManyTokensAsItCan(@ForAll("texts") String text, @ForAll @IntRange(max = 30) int maxTokens) {
        String truncated = TOKENIZER.truncate(text, maxTokens);
        assertThat(text).startsWith(truncated);
        assertThat(wellFormed(truncated)).isEqualTo(truncated(text, maxTokens));
        assertThat(string(TOKENIZER.truncate(utf8(text), maxTokens))).isEqualTo(wellFormed(truncated));
    }

    @Property(tries = 50)
    void truncateKeepsAsManyTokensOfALongTextAsItCan(
            @ForAll("texts") String part, @ForAll @IntRange(max = LONG) int maxTokens) {
        String text = repeated(part);
        String truncated = TOKENIZER.truncate(text, maxTokens);
        assertThat(text).startsWith(truncated);
        assertThat(wellFormed(truncated)).isEqualTo(truncated(text, maxTokens));
        assertThat(string(TOKENIZER.truncate(utf8(text), maxTokens))).isEqualTo(wellFormed(truncated));
    }

    @Property
    void illFormedBytesAreTruncatedAsWhatTheyDecodeTo(
            @ForAll("bytes") byte[] bytes, @ForAll @IntRange(max = 15) int maxTokens) {
        ByteBuffer truncated = TOKENIZER.truncate(ByteBuffer.wrap(bytes), maxTokens);
        byte[] start = Arrays.copyOf(bytes, truncated.remaining());
        assertThat(truncated).isEqualTo(ByteBuffer.wrap(start));
        assertThat(Utf8.decode(start)).isEqualTo(TOKENIZER.truncate(Utf8.decode(bytes), maxTokens));
    }

    @Test
    void aTruncatedBufferIsAPartOfTheBuffer() {
        ByteBuffer buffer = utf8("Hello, world!").position(5);
        ByteBuffer truncated = TOKENIZER.truncate(buffer, 2);
        assertThat(string(truncated)).isEqualTo(", world");
        buffer.put(12, (byte) 't');
        assertThat(string(truncated)).isEqualTo(", world");
        buffer.put(11, (byte) 't');
        assertThat(string(truncated)).isEqualTo(", worlt");
        assertThat(buffer.remaining()).isEqualTo(8);
    }

    @Test
    void truncateNeverCutsACharacter() {
        assertThat(TOKENIZER.truncate("a🜁b", 3)).isEqualTo("a");
        assertThat(TOKENIZER.truncate("a🜁b", 4)).isEqualTo("a🜁");
        assertThat(TOKENIZER.truncate("a🜁b", 5)).isEqualTo("a🜁b");
        assertThat(TOKENIZER.truncate("a🜁b", 0)).isEmpty();
    }

    /** The first token has the apostrophe, which without the letters after it is a piece, and a token, by itself. */
    @Test
    void whatIsKeptFitsWhenItIsEncodedAgain() {
        assertThat(TOKENIZER.encode("I I'LL")).hasSize(3);
        assertThat(TOKENIZER.decode(TOKENIZER.encode("I I'LL")[1])).isEqualTo(" I'");
        assertThat(TOKENIZER.count("I I'")).isEqualTo(3);
        assertThat(TOKENIZER.truncate("I I'LL", 2)).isEqualTo("I");
    }

    @Test
    void truncateReadsLittleMoreThanItKeeps() {
        EndlessText text = new EndlessText(2_000_000_000);
        assertThat(TOKENIZER.truncate(text, 100)).hasSizeBetween(100, 1000);
        assertThat(text.read).isLessThan(10_000);
    }

    @Test
    void fewerThanNoTokensAreRefused() {
        String message = "expected 0 or more tokens but found -1";
        assertThatThrownBy(() -> TOKENIZER.truncate("", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> TOKENIZER.truncate(utf8(""), -1)).hasMessage(message);
        assertThatThrownBy(() -> TOKENIZER.countUpTo("", -1)).hasMessage(message);
        assertThatThrownBy(() -> TOKENIZER.countUpTo(utf8(""), -1)).hasMessage(message);
    }

    @Provide
    Arbitrary<String> texts() {
        return Generators.texts();
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Generators.bytes();
    }

    /** The definition: the longest start of the text's tokens that is UTF-8 and has no more tokens than allowed. */
    private static String truncated(String text, int maxTokens) {
        int[] tokens = TOKENIZER.encode(text);
        for (int kept = Math.min(tokens.length, maxTokens); ; kept--) {
            byte[] start = TOKENIZER.decodeBytes(Arrays.copyOf(tokens, kept));
            if (Utf8.firstIllFormed(start) < 0 && TOKENIZER.count(start) <= maxTokens) {
                return Utf8.decode(start);
            }
        }
    }

    private static String repeated(String part) {
        return part.repeat(LONG / Math.max(1, part.length()));
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(wellFormed(text).getBytes(StandardCharsets.UTF_8));
    }

    private static String string(ByteBuffer utf8) {
        return StandardCharsets.UTF_8.decode(utf8.duplicate()).toString();
    }

    /** Returns the text with U+FFFD for each surrogate without its other half. */
    private static String wellFormed(String text) {
        Utf8Text utf8 = Utf8Text.of(text);
        return new String(utf8.bytes(), 0, utf8.length(), StandardCharsets.UTF_8);
    }

    /** Words without end that are made as they are read. */
    private static final class EndlessText implements CharSequence {
        private final int length;
        private int read;

        EndlessText(int length) {
            this.length = length;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public char charAt(int index) {
            read = Math.max(read, index + 1);
            return index % 5 == 0 ? ' ' : (char) ('a' + index % 7);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            StringBuilder part = new StringBuilder();
            for (int i = start; i < end; i++) {
                part.append(charAt(i));
            }
            return part;
        }

        @Override
        public String toString() {
            throw new AssertionError("the whole text was asked for");
        }
    }
}
