package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.UnicodeSet;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CharacterClassesTest {
    @Test
    void theClassIsReadFromUtf8AsFromTheCodePoint() {
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            if (Character.getType(codePoint) != Character.SURROGATE) {
                byte[] utf8 = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
                int expected = CharacterClasses.of(codePoint) | utf8.length << CharacterClasses.LENGTH_SHIFT;
                assertThat(CharacterClasses.at(utf8, 0, utf8.length)).isEqualTo(expected);
            }
        }
    }

    @Test
    void everyCodePointHasTheClassThatUnicode16GivesIt() {
        assertThat(codePoints(CharacterClasses.UPPER)).isEqualTo(codePoints("[[:Lu:][:Lt:]]"));
        assertThat(codePoints(CharacterClasses.LOWER)).isEqualTo(codePoints("[:Ll:]"));
        assertThat(codePoints(CharacterClasses.CASELESS)).isEqualTo(codePoints("[[:Lm:][:Lo:]]"));
        assertThat(codePoints(CharacterClasses.MARK)).isEqualTo(codePoints("[:M:]"));
        assertThat(codePoints(CharacterClasses.NUMBER)).isEqualTo(codePoints("[:N:]"));
        assertThat(codePoints(CharacterClasses.NEWLINE)).isEqualTo(codePoints("[\\r\\n]"));
        assertThat(codePoints(CharacterClasses.SPACE)).isEqualTo(codePoints("[[:White_Space:]-[\\r\\n]]"));
        assertThat(codePoints(CharacterClasses.OTHER)).isEqualTo(codePoints("[^[:L:][:M:][:N:][:White_Space:]]"));
    }

    @Test
    void theClassAtAByteComesWithTheLengthOfTheCodePoint() {
        byte[] utf8 = "aé中😀".getBytes(StandardCharsets.UTF_8);
        assertThat(CharacterClasses.at(utf8, 0, 10)).isEqualTo(CharacterClasses.LOWER | (1 << 8));
        assertThat(CharacterClasses.at(utf8, 1, 10)).isEqualTo(CharacterClasses.LOWER | (2 << 8));
        assertThat(CharacterClasses.at(utf8, 3, 10)).isEqualTo(CharacterClasses.CASELESS | (3 << 8));
        assertThat(CharacterClasses.at(utf8, 6, 10)).isEqualTo(CharacterClasses.OTHER | (4 << 8));
        assertThat(CharacterClasses.at(utf8, 10, 10)).isEqualTo(CharacterClasses.END);
    }

    private static int[] codePoints(int characterClass) {
        return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(codePoint -> CharacterClasses.of(codePoint) == characterClass)
                .toArray();
    }

    private static int[] codePoints(String set) {
        UnicodeSet codePoints = new UnicodeSet(set);
        return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(codePoints::contains)
                .toArray();
    }
}
