package io.harmony4j.tiny;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the few Python programs print that the model writes: each is one line, a {@code print} of a number. */
final class PythonPrint {
    private static final Pattern POWER = Pattern.compile("print\\((\\d{1,4}) \\*\\* (\\d{1,3})\\)");
    private static final Pattern REMAINDER = Pattern.compile("print\\((\\d{1,18}) % (\\d{1,18})\\)");
    private static final Pattern SUM = Pattern.compile("print\\(sum\\(range\\((\\d{1,9}), (\\d{1,9}) \\+ 1\\)\\)\\)");
    private static final Pattern LENGTH = Pattern.compile("print\\(len\\(\"(\\w*)\"\\)\\)");
    private static final Pattern MAXIMUM = Pattern.compile("print\\(max\\((\\d{1,18}(?:, \\d{1,18})+)\\)\\)");
    private static final Pattern CALCULATION = Pattern.compile("print\\(([-+*/.\\d ]+)\\)");

    private PythonPrint() {}

    /**
     * Returns what the program prints, without the line's end.
     *
     * @throws IllegalArgumentException if it is none of the programs known here
     */
    static String run(String program) {
        String code = program.strip();
        Matcher power = POWER.matcher(code);
        if (power.matches()) {
            return number(power, 1).pow(Integer.parseInt(power.group(2))).toString();
        }
        Matcher remainder = REMAINDER.matcher(code);
        if (remainder.matches() && number(remainder, 2).signum() > 0) {
            return number(remainder, 1).mod(number(remainder, 2)).toString();
        }
        Matcher sum = SUM.matcher(code);
        if (sum.matches()) {
            return sum(Long.parseLong(sum.group(1)), Long.parseLong(sum.group(2)));
        }
        Matcher length = LENGTH.matcher(code);
        if (length.matches()) {
            return String.valueOf(length.group(1).length());
        }
        Matcher maximum = MAXIMUM.matcher(code);
        if (maximum.matches()) {
            return Long.toString(Arrays.stream(maximum.group(1).split(", ", -1))
                    .mapToLong(Long::parseLong)
                    .max()
                    .orElseThrow());
        }
        Matcher calculation = CALCULATION.matcher(code);
        if (calculation.matches()) {
            return Calculation.parse(calculation.group(1)).result();
        }
        throw new IllegalArgumentException("expected a print of one number but found " + code);
    }

    private static BigInteger number(MatchResult match, int group) {
        return new BigInteger(match.group(group));
    }

    private static String sum(long from, long to) {
        return Long.toString(from > to ? 0 : (from + to) * (to - from + 1) / 2);
    }
}
