package io.harmony4j.grammar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * The decimal numbers on one side of a bound, compared with it digit by digit. It looks at digits only: that they are written as JSON wants it is for others to
 * say.
 *
 * @param upper whether the numbers are smaller than the bound, not larger
 * @param inclusive whether the bound itself is among them
 * @param negative whether the bound is below zero
 * @param integerDigits the digits before the bound's decimal point, at least one
 * @param fractionDigits the digits after it, without zeros at the end
 */
record NumberBound(boolean upper, boolean inclusive, boolean negative, String integerDigits, String fractionDigits)
        implements ByteMachine {
    /** The most digits of a bound. */
    static final int MAX_DIGITS = 2_000;

    /*
     * What is read is compared with the bound as magnitudes, without signs; where the signs differ there is nothing to compare. A state is how many digits of the
     * bound have been compared, whether the number is negative, and how the digits so far compare. In the integer part a difference does not decide, since the
     * count of digits may still differ; after the decimal point it does.
     */
    private static final int LESS = 0;
    private static final int EQUAL = 1;
    private static final int GREATER = 2;
    private static final int RESULTS = 3;

    /** Makes the numbers from a bound on. */
    static NumberBound atLeast(BigDecimal bound) {
        return of(false, true, bound);
    }

    /** Makes the numbers above a bound. */
    static NumberBound above(BigDecimal bound) {
        return of(false, false, bound);
    }

    /** Makes the numbers up to a bound. */
    static NumberBound atMost(BigDecimal bound) {
        return of(true, true, bound);
    }

    /** Makes the numbers below a bound. */
    static NumberBound below(BigDecimal bound) {
        return of(true, false, bound);
    }

    private static NumberBound of(boolean upper, boolean inclusive, BigDecimal bound) {
        if (bound.precision() + Math.abs((long) bound.scale()) > MAX_DIGITS) {
            throw TextConstraintException.notSupported(
                    "a bound of more than " + MAX_DIGITS + " digits", "write a bound that is nearer to zero");
        }
        String digits =
                bound.signum() == 0 ? "0" : bound.abs().stripTrailingZeros().toPlainString();
        int point = digits.indexOf('.');
        return new NumberBound(
                upper,
                inclusive,
                bound.signum() < 0,
                point < 0 ? digits : digits.substring(0, point),
                point < 0 ? "" : digits.substring(point + 1));
    }

    /** Returns the state before the first character. */
    int start() {
        return state(0, false, EQUAL);
    }

    @Override
    public int next(int state, int value) {
        int position = state / RESULTS / 2;
        boolean isNegative = state / RESULTS % 2 == 1;
        int result = state % RESULTS;
        if (value == '-') {
            return state == start() ? afterSign() : DEAD;
        } else if (value == '.') {
            return position == 0 ? DEAD : afterPoint(position, isNegative, result);
        } else if (value < '0' || value > '9') {
            return DEAD;
        } else if (state == start() && (negative || isAlways(false))) {
            return upper && negative ? DEAD : ALL;
        } else if (position <= integerDigits.length()) {
            return afterInteger(position, isNegative, result, value);
        }
        return afterFraction(position - integerDigits.length() - 1, isNegative, value);
    }

    private int afterSign() {
        if (!negative && !isZero()) {
            return upper ? ALL : DEAD;
        } else if (isAlways(true)) {
            return ALL;
        }
        return isZero() && !upper && !inclusive ? DEAD : state(0, true, EQUAL);
    }

    /** Returns whether a number of a sign is within, whatever its magnitude, because the bound is zero. */
    private boolean isAlways(boolean isNegative) {
        return isZero() && inclusive && wantsGreater(isNegative);
    }

    private boolean isZero() {
        return integerDigits.equals("0") && fractionDigits.isEmpty();
    }

    /** Returns whether the magnitude of a number must be greater than that of the bound, not less. */
    private boolean wantsGreater(boolean isNegative) {
        return upper == isNegative;
    }

    private int afterInteger(int position, boolean isNegative, int before, int value) {
        if (position == integerDigits.length()) {
            return decided(isNegative, GREATER);
        }
        int result = before == EQUAL ? compare(value, integerDigits.charAt(position)) : before;
        boolean isLast = position + 1 == integerDigits.length();
        if (isLast && result == GREATER) {
            return decided(isNegative, GREATER);
        } else if (isLast && result == EQUAL && fractionDigits.isEmpty()) {
            return equal(position + 1, isNegative);
        }
        return state(position + 1, isNegative, result);
    }

    private int afterPoint(int position, boolean isNegative, int result) {
        if (position > integerDigits.length()) {
            return DEAD;
        }
        boolean isLess = position < integerDigits.length() || result == LESS;
        return isLess ? decided(isNegative, LESS) : state(position + 1, isNegative, EQUAL);
    }

    /** Returns the state after a digit of the fraction; all before it are those of the bound. */
    private int afterFraction(int index, boolean isNegative, int value) {
        boolean isBeyond = index == fractionDigits.length();
        int result = compare(value, isBeyond ? '0' : fractionDigits.charAt(index));
        if (result != EQUAL) {
            return decided(isNegative, result);
        }
        int next = isBeyond ? index : index + 1;
        int position = integerDigits.length() + 1 + next;
        return next == fractionDigits.length() ? equal(position, isNegative) : state(position, isNegative, EQUAL);
    }

    /** Returns the state of a number that has all digits of the bound: more digits can make it greater only. */
    private int equal(int position, boolean isNegative) {
        if (inclusive) {
            return wantsGreater(isNegative) ? ALL : state(position, isNegative, EQUAL);
        }
        return wantsGreater(isNegative) ? state(position, isNegative, EQUAL) : DEAD;
    }

    private int decided(boolean isNegative, int result) {
        return (result == GREATER) == wantsGreater(isNegative) ? ALL : DEAD;
    }

    @Override
    public boolean accepts(int state) {
        int position = state / RESULTS / 2;
        boolean isNegative = state / RESULTS % 2 == 1;
        int integers = integerDigits.length();
        int result = state % RESULTS;
        if (position < integers || (position == integers && result == EQUAL && !fractionDigits.isEmpty())) {
            result = LESS;
        } else if (position > integers && position - integers - 1 < fractionDigits.length()) {
            result = LESS;
        }
        return position > 0 && (result == EQUAL ? inclusive : (result == GREATER) == wantsGreater(isNegative));
    }

    /**
     * Returns that part of what may follow a state with which the number is within.
     *
     * @param integers how many digits of the integer part follow
     * @param digits how many digits follow in all
     */
    NumberSearch.Window narrowed(NumberSearch.Window window, int state, int integers, int digits) {
        int position = state / RESULTS / 2;
        boolean wantsGreater = wantsGreater(state / RESULTS % 2 == 1);
        boolean isFraction = position > integerDigits.length();
        int result = state % RESULTS;
        if (!isFraction && position + integers != integerDigits.length()) {
            result = position + integers < integerDigits.length() ? LESS : GREATER;
        }
        if (result != EQUAL) {
            return (result == GREATER) == wantsGreater ? window : NumberSearch.Window.NONE;
        }
        String rest = isFraction
                ? fractionDigits.substring(position - integerDigits.length() - 1)
                : integerDigits.substring(position) + fractionDigits;
        int point = isFraction ? rest.length() : fractionDigits.length();
        BigDecimal own = new BigDecimal(new BigInteger("0" + rest), point).scaleByPowerOfTen(digits - integers);
        BigInteger nearest = own.setScale(0, wantsGreater ? RoundingMode.CEILING : RoundingMode.FLOOR)
                .toBigInteger();
        if (!inclusive && own.compareTo(new BigDecimal(nearest)) == 0) {
            nearest = wantsGreater ? nearest.add(BigInteger.ONE) : nearest.subtract(BigInteger.ONE);
        }
        return wantsGreater
                ? new NumberSearch.Window(window.first().max(nearest), window.last())
                : new NumberSearch.Window(window.first(), window.last().min(nearest));
    }

    private static int compare(int digit, int other) {
        return digit == other ? EQUAL : digit < other ? LESS : GREATER;
    }

    private static int state(int position, boolean isNegative, int result) {
        return ((position * 2) + (isNegative ? 1 : 0)) * RESULTS + result;
    }
}
