package io.harmony4j.grammar;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * JSON numbers as expressions over the bytes of their text. A number that a schema says something about is written without exponent, since an expression that
 * compares digits as they come cannot know what an exponent will make of them. Not thread-safe.
 */
final class NumberText {
    /** The longest literal that is written without exponent, in characters. */
    private static final int MAX_PLAIN = 400;

    private final Regexes regexes;
    private final Regex any;
    private final Regex integer;
    private final Regex decimal;

    NumberText(Regexes regexes) {
        this.regexes = regexes;
        Regex digit = regexes.bytes(ByteSet.range('0', '9'));
        Regex digits = regexes.repeat(digit, 1, Regexes.UNBOUNDED);
        Regex leading = regexes.sequence(regexes.bytes(ByteSet.range('1', '9')), regexes.star(digit));
        this.integer = regexes.sequence(
                regexes.optional(regexes.literal("-")), regexes.union(List.of(regexes.literal("0"), leading)));
        this.decimal = regexes.sequence(integer, regexes.optional(regexes.sequence(regexes.literal("."), digits)));
        Regex e = regexes.bytes(ByteSet.of('e').or(ByteSet.of('E')));
        Regex sign = regexes.bytes(ByteSet.of('+').or(ByteSet.of('-')));
        this.any = regexes.sequence(decimal, regexes.optional(regexes.sequence(e, regexes.optional(sign), digits)));
    }

    /** Returns all numbers. */
    Regex any() {
        return any;
    }

    /** Returns all numbers that are written without exponent. */
    Regex decimal() {
        return decimal;
    }

    /** Returns all integers, written without fraction and exponent. */
    Regex integer() {
        return integer;
    }

    /**
     * Returns the numbers within bounds that are multiples of some numbers. They are written without exponent if there are any bounds or multiples.
     *
     * @param onlyIntegers whether to leave out all numbers that are written with a fraction
     * @throws TextConstraintException if the multiples are not of a positive number, or of one that has too many digits
     */
    Regex number(boolean onlyIntegers, Collection<NumberBound> bounds, Collection<BigDecimal> multiplesOf) {
        if (bounds.isEmpty() && multiplesOf.isEmpty()) {
            return onlyIntegers ? integer : any;
        }
        List<Regex> all = new ArrayList<>();
        for (NumberBound bound : bounds) {
            all.add(regexes.machine(bound, bound.start()));
        }
        if (!multiplesOf.isEmpty()) {
            NumberMultiple multiple = NumberMultiple.of(multiplesOf, onlyIntegers);
            all.add(regexes.machine(multiple, NumberMultiple.START));
        }
        if (multiplesOf.isEmpty()) {
            all.add(onlyIntegers ? integer : decimal); // a machine of multiples knows how numbers are written
        }
        return regexes.intersection(all);
    }

    /**
     * Returns the writings of one number: the shortest, and with the fraction {@code .0} if it has none.
     *
     * @param onlyIntegers whether to leave out the writings with a fraction
     */
    Regex equalTo(BigDecimal value, boolean onlyIntegers) {
        BigDecimal shortest = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        if (shortest.precision() + Math.abs((long) shortest.scale()) > MAX_PLAIN) {
            return onlyIntegers ? regexes.nothing() : regexes.literal(shortest.toString());
        }
        Regex plain = regexes.literal(shortest.toPlainString());
        if (shortest.scale() > 0) {
            return onlyIntegers ? regexes.nothing() : plain;
        }
        return onlyIntegers ? plain : regexes.sequence(plain, regexes.optional(regexes.literal(".0")));
    }

    /**
     * Returns all numbers but one, which is left out in all its writings.
     *
     * @param onlyIntegers whether to leave out all numbers that are written with a fraction
     */
    Regex differentFrom(BigDecimal value, boolean onlyIntegers) {
        return regexes.union(List.of(
                number(onlyIntegers, List.of(NumberBound.below(value)), List.of()),
                number(onlyIntegers, List.of(NumberBound.above(value)), List.of())));
    }
}
