package io.harmony4j.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class Utf8Test {
    /** What Java's decoder says. */
    private static boolean plain(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Characters, and now and then bytes that may be none. */
    @Provide
    Arbitrary<byte[]> nearlyUtf8() {
        Arbitrary<byte[]> characters = Arbitraries.strings()
                .all()
                .ofMinLength(1)
                .ofMaxLength(12)
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(4);
        return Arbitraries.frequencyOf(Tuple.of(9, characters), Tuple.of(1, bytes))
                .list()
                .ofMaxSize(8)
                .map(Utf8Test::joined);
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    @Property
    void bytesAreUtf8IfJavaDecodesThem(@ForAll("nearlyUtf8") byte[] bytes) {
        assertThat(Utf8.isWellFormed(bytes)).isEqualTo(plain(bytes));
    }

    @Test
    void allBeginsOfCharacters() {
        int[] edges = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
        for (int first = 0; first < 256; first++) {
            for (int second : edges) {
                for (int third : edges) {
                    for (int fourth : edges) {
                        byte[] bytes = {(byte) first, (byte) second, (byte) third, (byte) fourth};
                        for (int length = 1; length <= bytes.length; length++) {
                            byte[] some = Arrays.copyOf(bytes, length);
                            assertThat(Utf8.isWellFormed(some)).isEqualTo(plain(some));
                        }
                    }
                }
            }
        }
    }
}
