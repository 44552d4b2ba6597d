package io.harmony4j.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Expressions over bytes, and their derivatives. */
class RegexTest {
    private final Regexes regexes = new Regexes();
    private final Regex a = regexes.literal("a");
    private final Regex b = regexes.literal("b");
    private final Regex any = Utf8Regex.of(regexes, CodePointSet.ALL);

    @Property
    void aCodePointIsInItsSetAndNoOther(
            @ForAll @IntRange(max = 0x10FFFF) int codePoint, @ForAll @IntRange(max = 0x10FFFF) int other) {
        CodePointSet set = CodePointSet.of(codePoint, codePoint);
        boolean isSurrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;

        assertThat(set.isEmpty()).isEqualTo(isSurrogate);
        if (!isSurrogate) {
            assertThat(matches(Utf8Regex.of(regexes, set), Character.toString(codePoint)))
                    .isTrue();
            assertThat(matches(Utf8Regex.of(regexes, set.not()), Character.toString(codePoint)))
                    .isFalse();
            assertThat(matches(any, Character.toString(codePoint))).isTrue();
            assertThat(matches(Utf8Regex.of(regexes, CodePointSet.of(other, 0x10FFFF)), Character.toString(codePoint)))
                    .isEqualTo(codePoint >= other);
        }
    }

    @Test
    void bytesThatAreNotUtf8AreNoCodePoint() {
        for (List<Integer> bytes : List.of(
                List.of(0xC0, 0x80),
                List.of(0xE0, 0x80, 0x80),
                List.of(0xED, 0xA0, 0x80),
                List.of(0xF4, 0x90, 0x80, 0x80),
                List.of(0x80),
                List.of(0xFF))) {
            Regex left = any;
            for (int value : bytes) {
                left = regexes.derivative(left, value);
            }
            assertThat(left.nullable()).as("%s", bytes).isFalse();
        }
    }

    @Test
    void aTextIsFreeForSoManyCharacters() {
        Regex quote = regexes.literal("\"");
        Regex unquoted = Utf8Regex.of(regexes, CodePointSet.of("\"").not());
        Runway runway = new Runway(regexes, unquoted);

        assertThat(runway.of(regexes.sequence(regexes.star(unquoted), quote))).isEqualTo(Regexes.UNBOUNDED);
        assertThat(runway.of(regexes.star(unquoted))).as("ends anywhere").isEqualTo(Runway.UNKNOWN);
        assertThat(runway.of(regexes.sequence(regexes.repeat(unquoted, 2, Regexes.UNBOUNDED), quote)))
                .isEqualTo(Regexes.UNBOUNDED);
        assertThat(runway.of(regexes.sequence(regexes.repeat(unquoted, 2, 7), quote)))
                .isEqualTo(7);
        Regex otherKeys = regexes.difference(regexes.star(unquoted), regexes.union(List.of(a, regexes.literal("ab"))));
        assertThat(runway.of(regexes.sequence(otherKeys, quote))).isEqualTo(Regexes.UNBOUNDED);
        Regex noA = regexes.difference(regexes.star(unquoted), regexes.star(a));
        assertThat(runway.of(regexes.sequence(noA, quote)))
                .as("may be free, but is not seen so")
                .isNotZero();
        assertThat(runway.of(quote)).isEqualTo(Runway.UNKNOWN);
        assertThat(runway.of(a)).isEqualTo(Runway.UNKNOWN);
        assertThat(runway.of(regexes.sequence(regexes.repeat(unquoted, 2, 7), a)))
                .isEqualTo(Runway.UNKNOWN);
    }

    @Test
    void whatTwoSetsHaveNotInCommonIsEmpty() {
        Regex atLeastThree = regexes.repeat(any, 3, Regexes.UNBOUNDED);
        Regex manyA = regexes.star(a);

        assertThat(regexes.isEmpty(regexes.intersection(List.of(manyA, atLeastThree))))
                .isFalse();
        assertThat(regexes.isEmpty(regexes.intersection(List.of(regexes.repeat(a, 0, 2), atLeastThree))))
                .isTrue();
        assertThat(regexes.isEmpty(regexes.difference(manyA, manyA))).isTrue();
        assertThat(regexes.isEmpty(regexes.sequence(a, regexes.difference(a, manyA), b)))
                .isTrue();
    }

    @Test
    void countsBeyondALongestTokenAreTheSame() {
        Regex five = regexes.repeat(a, 0, 5);

        assertThat(regexes.widened(regexes.repeat(a, 0, 129))).isEqualTo(regexes.widened(regexes.repeat(a, 0, 5000)));
        assertThat(regexes.widened(regexes.repeat(a, 129, 200)))
                .isEqualTo(regexes.widened(regexes.repeat(a, 4000, 5000)));
        assertThat(regexes.widened(regexes.repeat(a, 0, 128))).isNotEqualTo(regexes.widened(regexes.repeat(a, 0, 129)));
        assertThat(regexes.widened(five)).isEqualTo(five);
        Regex ab = regexes.literal("ab");
        assertThat(regexes.widened(regexes.repeat(ab, 0, 65))).isEqualTo(regexes.star(ab));
        assertThat(regexes.widened(regexes.repeat(ab, 0, 64))).isNotEqualTo(regexes.star(ab));
    }

    @Test
    void aLimitThatIsFarAwayDecidesNothing() {
        Regex words = regexes.sequence(regexes.star(regexes.sequence(regexes.repeat(a, 1, 9), b)), a);
        Regex limited = regexes.intersection(List.of(words, regexes.repeat(any, 0, 500)));
        Regex near = regexes.intersection(List.of(words, regexes.repeat(any, 0, 20)));

        assertThat(regexes.widened(limited, 128)).isEqualTo(regexes.intersection(List.of(words, regexes.star(any))));
        assertThat(regexes.widened(near, 128)).isEqualTo(near);
        assertThat(regexes.widened(near, 16)).isNotEqualTo(near);
        assertThat(regexes.widened(near, 20))
                .as("a word must end, and another follow")
                .isEqualTo(near);
    }

    @Test
    void whatIsMissingAtTheEndIsAWayOut() {
        WaysOut waysOut = new WaysOut(regexes);

        assertThat(waysOut.longest(regexes.literal("abc"))).isEqualTo(3);
        assertThat(waysOut.longest(regexes.star(a))).isEqualTo(1);
        assertThat(waysOut.longest(regexes.repeat(regexes.literal("ab"), 5, 7))).isEqualTo(10);
        assertThat(waysOut.longest(
                        regexes.sequence(regexes.star(a), regexes.union(List.of(b, regexes.literal("bcd"))))))
                .isEqualTo(3);
        Regex noB = regexes.difference(regexes.literal("ab"), regexes.star(b));
        assertThat(waysOut.longest(noB)).as("searched").isEqualTo(2);
    }

    private boolean matches(Regex set, String text) {
        Regex left = set;
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            left = regexes.derivative(left, value & 0xFF);
        }
        return left.nullable();
    }
}
