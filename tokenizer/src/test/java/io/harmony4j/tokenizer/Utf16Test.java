package io.harmony4j.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class Utf16Test {
    /** Bytes at the borders of what is well-formed. */
    private static final int[] BORDERS = {
        0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
        0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFF
    };

    @Property
    void theTextIsThatOfUtf8(@ForAll("bytes") byte[] bytes) {
        assertThat(decoded(bytes)).isEqualTo(Utf8.decode(bytes));
    }

    @Test
    void everyCharacterIsItself() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                String text = Character.toString(c);
                assertThat(decoded(text.getBytes(UTF_8))).isEqualTo(text);
            }
        }
    }

    @Test
    void bytesAtBordersAreReadAsUtf8ReadsThem() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(20)];
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] = (byte) BORDERS[random.nextInt(BORDERS.length)];
            }
            assertThat(decoded(bytes)).isEqualTo(Utf8.decode(bytes));
        }
    }

    /** After what looks like the rest of the text, into just as much room as is asked for. */
    private static String decoded(byte[] bytes) {
        byte[] utf8 = Arrays.copyOf(bytes, bytes.length + Utf16.PADDING);
        Arrays.fill(utf8, bytes.length, utf8.length, (byte) 0x80);
        byte[] utf16 = new byte[2 + 2 * bytes.length + Utf16.PADDING];
        int end = Utf16.write(utf8, bytes.length, utf16, 2);
        return new String(utf16, 2, end - 2, UTF_16LE);
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Generators.bytes();
    }
}
