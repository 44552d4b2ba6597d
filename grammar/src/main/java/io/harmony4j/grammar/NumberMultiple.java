package io.harmony4j.grammar;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;

/**
 * The decimal numbers, as JSON writes them without exponent, that are multiples of a number: the remainder is kept while the digits come.
 *
 * @param divisor the number, times ten to the power of the scale
 * @param scale how many digits of a fraction count: those after them must be zeros
 * @param onlyIntegers whether there may be no fraction at all
 */
record NumberMultiple(int divisor, int scale, boolean onlyIntegers) implements ByteMachine {
    /** The largest divisor. */
    static final int MAX_DIVISOR = 10_000;

    /** So many digits can make any number a multiple. */
    static final int DIVISOR_DIGITS = 4;

    /** The most digits of a fraction. */
    static final int MAX_SCALE = 1_000;

    /** The state before the first character. */
    static final int START = 0;

    /*
     * A state is a remainder, and where in the number it is: one of these, or FRACTION and the count of the fraction's digits up to the scale.
     */
    private static final int SIGN = 1;
    private static final int ZERO = 2;
    private static final int INTEGER = 3;
    private static final int POINT = 4;
    private static final int FRACTION = 5;

    /**
     * Makes the multiples of a number.
     *
     * @throws TextConstraintException if it is not above zero, or has too many digits
     */
    static NumberMultiple of(BigDecimal number, boolean onlyIntegers) {
        if (number.signum() <= 0) {
            throw TextConstraintException.notValid("a multiple of " + number, "write a number above 0");
        }
        BigDecimal stripped = number.stripTrailingZeros();
        if (stripped.scale() > MAX_SCALE || stripped.scale() < -MAX_SCALE) {
            throw tooLarge(number);
        }
        int scale = Math.max(stripped.scale(), 0);
        BigInteger divisor = stripped.setScale(scale).unscaledValue();
        if (onlyIntegers) { // n * 10^scale is a multiple of the divisor if and only if n is one of what both have not
            // in common
            divisor = divisor.divide(divisor.gcd(BigInteger.TEN.pow(scale)));
            scale = 0;
        }
        if (divisor.compareTo(BigInteger.valueOf(MAX_DIVISOR)) > 0) {
            throw tooLarge(number);
        }
        return new NumberMultiple(divisor.intValueExact(), scale, onlyIntegers);
    }

    /**
     * Makes what is a multiple of each of some numbers: the multiples of their least common multiple.
     *
     * @throws TextConstraintException if one of them is not above zero, or the least common multiple has too many digits
     */
    static NumberMultiple of(Collection<BigDecimal> numbers, boolean onlyIntegers) {
        BigDecimal common = null;
        for (BigDecimal number : numbers) {
            of(number, onlyIntegers); // so that an error says which one it is
            common = common == null ? number : leastCommonMultiple(common, number);
        }
        return of(requireNonNull(common), onlyIntegers);
    }

    private static BigDecimal leastCommonMultiple(BigDecimal a, BigDecimal b) {
        int scale = Math.max(Math.max(a.scale(), b.scale()), 0);
        BigInteger one = a.setScale(scale).unscaledValue();
        BigInteger two = b.setScale(scale).unscaledValue();
        return new BigDecimal(one.divide(one.gcd(two)).multiply(two), scale);
    }

    private static TextConstraintException tooLarge(BigDecimal number) {
        return TextConstraintException.notSupported(
                "multiples of " + number,
                "write a number whose digits, without the decimal point, are at most " + MAX_DIVISOR);
    }

    @Override
    public int next(int state, int value) {
        int place = state % places();
        int remainder = state / places();
        if (value == '-') {
            return place == START ? state(SIGN, 0) : DEAD;
        } else if (value == '.') {
            return !onlyIntegers && (place == ZERO || place == INTEGER) ? ifPossible(POINT, remainder) : DEAD;
        } else if (value < '0' || value > '9') {
            return DEAD;
        }
        int digit = value - '0';
        int after = (int) ((remainder * 10L + digit) % divisor);
        return switch (place) {
            case START, SIGN -> digit == 0 ? state(ZERO, 0) : state(INTEGER, after);
            case ZERO -> DEAD;
            case INTEGER -> state(INTEGER, after);
            default -> afterFraction(place, remainder, digit, after);
        };
    }

    private int afterFraction(int place, int remainder, int digit, int after) {
        int digits = fractionDigits(place);
        if (digits == scale) {
            return digit == 0 ? state(FRACTION + digits, remainder) : DEAD;
        }
        return ifPossible(FRACTION + digits + 1, after);
    }

    /** Returns a state within the fraction, unless the digits that are left cannot make the number a multiple. */
    private int ifPossible(int place, int remainder) {
        int left = scale - fractionDigits(place);
        long missing = (divisor - shifted(remainder, left)) % divisor;
        boolean isPossible = left > 4
                || missing < Math.pow(10, left); // the divisor has 5 digits at most, of which 10000 is the largest
        return isPossible ? state(place, remainder) : DEAD;
    }

    @Override
    public boolean accepts(int state) {
        int place = state % places();
        boolean isEnd = place == ZERO || place == INTEGER || place >= FRACTION;
        return isEnd && shifted(state / places(), scale - fractionDigits(place)) == 0;
    }

    /** Returns whether more digits of the integer part may come. */
    boolean mayHaveMoreIntegers(int state) {
        int place = state % places();
        return place == SIGN || place == INTEGER;
    }

    /** Returns how many digits of the fraction that count are still to come. */
    int fractionDigitsLeft(int state) {
        return scale - fractionDigits(state % places());
    }

    /**
     * Returns what may follow a state, but for the sign and the decimal point.
     *
     * @param integers how many digits of the integer part follow
     * @param digits how many digits follow in all
     */
    NumberSearch.Window window(int state, int integers, int digits) {
        boolean isFirst = state % places() == SIGN;
        if (isFirst && integers == 0) {
            return NumberSearch.Window.NONE;
        }
        BigInteger end = BigInteger.TEN.pow(digits);
        BigInteger first = isFirst && integers > 1 ? end.divide(BigInteger.TEN) : BigInteger.ZERO;
        return new NumberSearch.Window(first, end.subtract(BigInteger.ONE));
    }

    /** Returns whether any of what may follow a state makes the number a multiple. */
    boolean isIn(NumberSearch.Window window, int state, int digits) {
        BigInteger by = BigInteger.valueOf(divisor);
        BigInteger read = BigInteger.valueOf(shifted(state / places(), digits));
        BigInteger missing = read.add(window.first()).negate().mod(by);
        return window.first().add(missing).compareTo(window.last()) <= 0;
    }

    private static int fractionDigits(int place) {
        return Math.max(place - FRACTION, 0);
    }

    /** Returns the remainder of a number with zeros appended. */
    private long shifted(int remainder, int zeros) {
        long shifted = remainder;
        for (int i = 0; i < zeros && shifted != 0; i++) {
            shifted = shifted * 10 % divisor;
        }
        return shifted;
    }

    private int state(int place, int remainder) {
        return remainder * places() + place;
    }

    /** Returns how many places in a number there are. */
    private int places() {
        return FRACTION + scale + 1;
    }
}
