package io.harmony4j.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Numbers as expressions, held to BigDecimal. */
class NumberTextTest {
    private static final String NUMBER = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?";
    private static final String INTEGER = "-?(0|[1-9][0-9]*)";

    private final Regexes regexes = new Regexes();
    private final NumberText numbers = new NumberText(regexes);

    @Property(tries = 3000)
    void aNumberIsWithinItsBounds(
            @ForAll("texts") String text, @ForAll("decimals") BigDecimal bound, @ForAll boolean integer) {
        boolean isWritten = text.matches(integer ? INTEGER : NUMBER);
        for (BigDecimal near : List.of(bound, isWritten ? new BigDecimal(text) : bound)) {
            int order = isWritten ? new BigDecimal(text).compareTo(near) : 0;

            assertAccepts(text, integer, NumberBound.atLeast(near), isWritten && order >= 0);
            assertAccepts(text, integer, NumberBound.above(near), isWritten && order > 0);
            assertAccepts(text, integer, NumberBound.atMost(near), isWritten && order <= 0);
            assertAccepts(text, integer, NumberBound.below(near), isWritten && order < 0);
            assertThat(matches(numbers.differentFrom(near, integer), text)).isEqualTo(isWritten && order != 0);
        }
    }

    private void assertAccepts(String text, boolean integer, NumberBound bound, boolean expected) {
        assertThat(matches(numbers.number(integer, List.of(bound), List.of()), text))
                .as("%s %s", bound, text)
                .isEqualTo(expected);
    }

    @Property(tries = 3000)
    void aMultipleHasNoRemainder(
            @ForAll("texts") String text, @ForAll("divisors") BigDecimal divisor, @ForAll boolean integer) {
        boolean isWritten = text.matches(integer ? INTEGER : NUMBER);
        Regex multiples = numbers.number(integer, List.of(), List.of(divisor));

        assertThat(matches(multiples, text))
                .isEqualTo(isWritten && new BigDecimal(text).remainder(divisor).signum() == 0);
        if (isWritten) {
            BigDecimal multiple = new BigDecimal(new BigDecimal(text).toBigInteger()).multiply(divisor);
            boolean hasFraction = multiple.stripTrailingZeros().scale() > 0;
            String plain = integer && !hasFraction ? multiple.toBigInteger().toString() : multiple.toPlainString();
            assertThat(matches(multiples, plain)).as(plain).isEqualTo(!integer || !hasFraction);
        }
    }

    @Property
    void aCommonMultipleIsOneOfEach(
            @ForAll("texts") String text,
            @ForAll("smallDivisors") BigDecimal one,
            @ForAll @IntRange(min = 1, max = 60) int two,
            @ForAll boolean integer) {
        BigDecimal other = BigDecimal.valueOf(two, 1);
        boolean isWritten = text.matches(integer ? INTEGER : NUMBER);
        Regex both;
        try {
            both = numbers.number(integer, List.of(), List.of(one, other));
        } catch (TextConstraintException e) {
            assertThat(e.reason()).isEqualTo(TextConstraintException.Reason.NOT_SUPPORTED);
            return;
        }

        assertThat(matches(both, text))
                .isEqualTo(isWritten
                        && new BigDecimal(text).remainder(one).signum() == 0
                        && new BigDecimal(text).remainder(other).signum() == 0);
        BigInteger likely = one.multiply(other).scaleByPowerOfTen(2).toBigInteger();
        assertThat(matches(both, likely.toString()))
                .isEqualTo(new BigDecimal(likely).remainder(one).signum() == 0
                        && new BigDecimal(likely).remainder(other).signum() == 0);
    }

    @Property(tries = 300)
    void fromEachStateOfAMachineAnEndCanBeReached(
            @ForAll("decimals") BigDecimal bound,
            @ForAll("smallDivisors") BigDecimal divisor,
            @ForAll boolean integer) {
        assertNoDeadEnd(NumberBound.atLeast(bound), NumberBound.atLeast(bound).start());
        assertNoDeadEnd(NumberBound.above(bound), NumberBound.above(bound).start());
        assertNoDeadEnd(NumberBound.atMost(bound), NumberBound.atMost(bound).start());
        assertNoDeadEnd(NumberBound.below(bound), NumberBound.below(bound).start());
        assertNoDeadEnd(NumberMultiple.of(divisor, integer), NumberMultiple.START);
    }

    private static void assertNoDeadEnd(ByteMachine machine, int start) {
        Set<Integer> states = new HashSet<>(Set.of(start));
        Deque<Integer> pending = new ArrayDeque<>(states);
        while (!pending.isEmpty()) {
            int state = pending.pop();
            for (int value = 0; value < 256; value++) {
                int after = machine.next(state, value);
                if (after >= 0 && states.add(after)) {
                    pending.add(after);
                }
            }
        }
        Set<Integer> live = new HashSet<>(Set.of(ByteMachine.ALL));
        while (live.addAll(states.stream()
                .filter(state -> machine.accepts(state) || leadsTo(machine, state, live))
                .toList())) {}
        assertThat(live).as("%s", machine).containsAll(states);
    }

    private static boolean leadsTo(ByteMachine machine, int state, Set<Integer> live) {
        for (int value = 0; value < 256; value++) {
            if (live.contains(machine.next(state, value))) {
                return true;
            }
        }
        return false;
    }

    @Property(tries = 2000)
    void aBeginningIsLiveIfAMultipleWithinTheBoundsGoesOnFromIt(
            @ForAll("decimals") BigDecimal low,
            @ForAll("smallDivisors") BigDecimal width,
            @ForAll("smallDivisors") BigDecimal divisor,
            @ForAll boolean integer,
            @ForAll boolean inclusive) {
        BigDecimal high = low.add(width);
        List<NumberBound> bounds = inclusive
                ? List.of(NumberBound.atLeast(low), NumberBound.atMost(high))
                : List.of(NumberBound.above(low), NumberBound.below(high));
        Regex set = numbers.number(integer, bounds, List.of(divisor));
        List<String> members = new ArrayList<>();
        BigDecimal multiple = low.divide(divisor, 0, RoundingMode.FLOOR).multiply(divisor);
        for (; members.size() < 5 && multiple.compareTo(high) <= 0; multiple = multiple.add(divisor)) {
            boolean isWithin = (multiple.compareTo(low) > 0 && multiple.compareTo(high) < 0)
                    || (inclusive && (multiple.compareTo(low) == 0 || multiple.compareTo(high) == 0));
            boolean isWritten = !integer || multiple.stripTrailingZeros().scale() <= 0;
            if (isWithin && isWritten) {
                members.add(
                        multiple.signum() == 0
                                ? "0"
                                : multiple.stripTrailingZeros().toPlainString());
            }
        }

        assertThat(regexes.isEmpty(set)).isEqualTo(members.isEmpty());
        for (String member : members) {
            for (int end = 0; end <= member.length(); end++) {
                assertThat(regexes.isEmpty(after(set, member.substring(0, end))))
                        .isFalse();
            }
            assertThat(after(set, member).nullable()).as(member).isTrue();
        }
    }

    @Property
    void whatHasNoMultipleIsEmptyAfterEachBeginning(
            @ForAll("texts") String beginning,
            @ForAll("decimals") BigDecimal low,
            @ForAll("smallDivisors") BigDecimal divisor) {
        BigDecimal high = low.add(new BigDecimal(20));
        Regex set = numbers.number(false, List.of(NumberBound.above(low), NumberBound.atMost(high)), List.of(divisor));
        Regex left = after(set, beginning);

        assertThat(regexes.isEmpty(left)).isEqualTo(!canBeReached(left));
    }

    /** Tries all strings, without asking what is empty. */
    private boolean canBeReached(Regex set) {
        Set<Regex> reached = new HashSet<>(Set.of(set));
        Deque<Regex> pending = new ArrayDeque<>(reached);
        while (!pending.isEmpty()) {
            Regex at = pending.pop();
            if (at.nullable()) {
                return true;
            }
            for (char value : List.of('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '-')) {
                Regex next = regexes.derivative(at, value);
                if (reached.add(next)) {
                    pending.add(next);
                }
            }
        }
        return false;
    }

    @Test
    @Timeout(10)
    void aMultipleIsFoundWithoutTryingAllRemainders() {
        Regex set = numbers.number(
                true,
                List.of(NumberBound.atLeast(BigDecimal.ONE), NumberBound.atMost(new BigDecimal("1e15"))),
                List.of(new BigDecimal("9973")));

        Regex left = set;
        for (int i = 0; i < 11; i++) {
            left = regexes.derivative(left, '7');
            assertThat(regexes.isEmpty(left)).isFalse();
        }
    }

    @Property
    void aLiteralIsItsNumber(
            @ForAll("texts") String text, @ForAll("decimals") BigDecimal value, @ForAll boolean integer) {
        Regex set = numbers.equalTo(value, integer);
        boolean hasFraction = value.stripTrailingZeros().scale() > 0;
        String shortest = value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();

        assertThat(matches(set, shortest)).isEqualTo(!integer || !hasFraction);
        assertThat(matches(set, shortest + ".0")).isEqualTo(!integer && !hasFraction);
        if (matches(set, text)) {
            assertThat(new BigDecimal(text)).isEqualByComparingTo(value);
        }
    }

    @Test
    void anyNumberMayHaveAnExponent() {
        for (String number : List.of("0", "-0", "12", "-1.50", "1e5", "1E+05", "0.1e-999", "-0E0")) {
            assertThat(matches(numbers.any(), number)).as(number).isTrue();
            assertThat(matches(numbers.number(false, List.of(), List.of()), number))
                    .isTrue();
            assertThat(matches(numbers.integer(), number)).as(number).isEqualTo(number.matches(INTEGER));
        }
        for (String other :
                List.of("", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+", "1.e1", "0x1", "NaN", "1 ", "١")) {
            assertThat(matches(numbers.any(), other)).as(other).isFalse();
            assertThat(matches(numbers.integer(), other)).as(other).isFalse();
        }
        assertThat(matches(numbers.number(false, List.of(NumberBound.atLeast(BigDecimal.ONE)), List.of()), "1e5"))
                .isFalse();
        assertThat(matches(numbers.number(false, List.of(), List.of(BigDecimal.ONE)), "1e5"))
                .isFalse();
    }

    @Test
    void minusZeroIsZero() {
        assertThat(matches(within(NumberBound.atLeast(BigDecimal.ZERO)), "-0")).isTrue();
        assertThat(matches(within(NumberBound.atLeast(BigDecimal.ZERO)), "-0.00"))
                .isTrue();
        assertThat(matches(within(NumberBound.atLeast(BigDecimal.ZERO)), "-0.01"))
                .isFalse();
        assertThat(matches(within(NumberBound.above(BigDecimal.ZERO)), "-0")).isFalse();
        assertThat(matches(within(NumberBound.below(BigDecimal.ZERO)), "-0.0")).isFalse();
        assertThat(matches(within(NumberBound.below(BigDecimal.ZERO)), "-0.01")).isTrue();
        assertThat(matches(within(NumberBound.atMost(new BigDecimal("-0.0"))), "0"))
                .isTrue();
    }

    @Test
    void boundsThatLeaveNothingAreEmpty() {
        BigDecimal two = BigDecimal.valueOf(2);
        BigDecimal three = BigDecimal.valueOf(3);

        assertEmpty(false, List.of(NumberBound.atLeast(three), NumberBound.atMost(two)), List.of(), true);
        assertEmpty(false, List.of(NumberBound.above(two), NumberBound.atMost(two)), List.of(), true);
        assertEmpty(false, List.of(NumberBound.atLeast(two), NumberBound.atMost(two)), List.of(), false);
        assertEmpty(false, List.of(NumberBound.above(two), NumberBound.below(three)), List.of(), false);
        assertEmpty(true, List.of(NumberBound.above(two), NumberBound.below(three)), List.of(), true);
        assertEmpty(true, List.of(NumberBound.above(two), NumberBound.atMost(three)), List.of(two), true);
        assertEmpty(true, List.of(NumberBound.above(two), NumberBound.atMost(three)), List.of(three), false);
        assertEmpty(
                true,
                List.of(NumberBound.above(BigDecimal.ZERO), NumberBound.below(BigDecimal.valueOf(6))),
                List.of(two, three),
                true);
        assertEmpty(
                false,
                List.of(NumberBound.above(BigDecimal.ZERO), NumberBound.below(new BigDecimal("0.01"))),
                List.of(new BigDecimal("0.01")),
                true);
    }

    private void assertEmpty(
            boolean integer, Collection<NumberBound> bounds, Collection<BigDecimal> multiples, boolean isEmpty) {
        assertThat(regexes.isEmpty(numbers.number(integer, bounds, multiples)))
                .as("%s %s", bounds, multiples)
                .isEqualTo(isEmpty);
    }

    @Test
    void whatABoundHasDecidedNeedsNoMoreComparing() {
        Regex set = within(NumberBound.atLeast(new BigDecimal("12.5")));

        assertThat(after(set, "130")).isEqualTo(after(set, "1234"));
        assertThat(after(set, "130")).isEqualTo(after(within(NumberBound.atMost(BigDecimal.ONE)), "-1"));
    }

    @Test
    void equalConstraintsAreEqualExpressions() {
        assertThat(within(NumberBound.atLeast(new BigDecimal("1.50"))))
                .isSameAs(within(NumberBound.atLeast(new BigDecimal("1.5"))));
        assertThat(numbers.number(true, List.of(), List.of(new BigDecimal("0.5"))))
                .isSameAs(numbers.number(true, List.of(), List.of(new BigDecimal("1.0"))));
    }

    @Test
    void whatHasTooManyDigitsIsNotSupported() {
        assertReason("10001", false, TextConstraintException.Reason.NOT_SUPPORTED);
        assertReason("0.123456789", false, TextConstraintException.Reason.NOT_SUPPORTED);
        assertReason("1e-1001", false, TextConstraintException.Reason.NOT_SUPPORTED);
        assertReason("1e999999999", true, TextConstraintException.Reason.NOT_SUPPORTED);
        assertReason("0", true, TextConstraintException.Reason.NOT_VALID);
        assertReason("-2", false, TextConstraintException.Reason.NOT_VALID);
        assertThatThrownBy(() -> NumberBound.atLeast(new BigDecimal("1e999999999")))
                .isInstanceOf(TextConstraintException.class)
                .hasMessageContaining("2000 digits");
    }

    @Test
    void aCommonMultipleMayHaveTooManyDigits() {
        List<BigDecimal> primes = List.of(new BigDecimal(9973), new BigDecimal(9967));

        assertThatThrownBy(() -> numbers.number(true, List.of(), primes)).hasMessage("multiples of 99400891");
        assertThat(regexes.isEmpty(numbers.number(true, List.of(), List.of(new BigDecimal(6), new BigDecimal(4)))))
                .isFalse();
    }

    private void assertReason(String multipleOf, boolean integer, TextConstraintException.Reason reason) {
        assertThatThrownBy(() -> numbers.number(integer, List.of(), List.of(new BigDecimal(multipleOf))))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(TextConstraintException.class))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                .satisfies(e -> assertThat(e.remedy()).startsWith("write "));
    }

    private Regex within(NumberBound bound) {
        return numbers.number(false, List.of(bound), List.of());
    }

    private Regex after(Regex set, String beginning) {
        Regex left = set;
        for (int i = 0; i < beginning.length(); i++) {
            left = regexes.derivative(left, beginning.charAt(i));
        }
        return left;
    }

    private boolean matches(Regex set, String text) {
        return Texts.matches(regexes, set, text);
    }

    /** Decimals of few digits, so that they are often equal or near. */
    @Provide
    Arbitrary<BigDecimal> decimals() {
        return Arbitraries.oneOf(
                Combinators.combine(
                                Arbitraries.integers().between(-30, 30),
                                Arbitraries.integers().between(0, 2))
                        .as((unscaled, scale) -> BigDecimal.valueOf(unscaled, scale)),
                Combinators.combine(Arbitraries.longs(), Arbitraries.integers().between(-5, 25))
                        .as((unscaled, scale) -> BigDecimal.valueOf(unscaled, scale)));
    }

    @Provide
    Arbitrary<BigDecimal> divisors() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 10_000),
                        Arbitraries.integers().between(0, 6))
                .as((unscaled, scale) -> BigDecimal.valueOf(unscaled, scale));
    }

    @Provide
    Arbitrary<BigDecimal> smallDivisors() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 150),
                        Arbitraries.integers().between(0, 4))
                .as((unscaled, scale) -> BigDecimal.valueOf(unscaled, scale));
    }

    /** Numbers and what is nearly one. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                decimals().map(BigDecimal::toPlainString),
                decimals().map(decimal -> decimal.toPlainString() + (decimal.scale() > 0 ? "00" : ".00")),
                decimals().map(decimal -> "-" + decimal.abs().toPlainString()),
                Arbitraries.strings().withChars("0123456789.-").ofMaxLength(8));
    }
}
