package io.harmony4j.tiny;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two numbers and what to do with them: {@code 12 + 34}.
 *
 * @param left a decimal number
 * @param operator one of {@code + - * /}
 * @param right a decimal number
 */
record Calculation(String left, char operator, String right) {
    private static final Pattern FORM =
            Pattern.compile("\\s*(-?\\d+(?:\\.\\d+)?)\\s*([-+*/])\\s*(-?\\d+(?:\\.\\d+)?)\\s*");

    /** How many decimal places a quotient has at most. */
    private static final int PLACES = 4;

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException if it is not two numbers with an operator between them
     */
    static Calculation parse(String expression) {
        Matcher matcher = FORM.matcher(expression);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "expected two numbers with + - * or / between them but found " + expression);
        }
        return new Calculation(matcher.group(1), matcher.group(2).charAt(0), matcher.group(3));
    }

    /**
     * Returns the result as a decimal number, with at most four places.
     *
     * @throws IllegalArgumentException if it divides by zero
     */
    String result() {
        BigDecimal a = new BigDecimal(left);
        BigDecimal b = new BigDecimal(right);
        return switch (operator) {
            case '+' -> text(a.add(b));
            case '-' -> text(a.subtract(b));
            case '*' -> text(a.multiply(b));
            default -> {
                if (b.signum() == 0) {
                    throw new IllegalArgumentException("division by zero");
                }
                yield text(a.divide(b, PLACES, RoundingMode.HALF_EVEN));
            }
        };
    }

    private static String text(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    @Override
    public String toString() {
        return left + " " + operator + " " + right;
    }
}
