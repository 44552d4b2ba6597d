package io.harmony4j.grammar;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a number whose beginning has been read can become a multiple within bounds, by arithmetic: trying digits would take as many steps as there are
 * remainders.
 */
final class NumberSearch {
    /** What is still to be written, as one integer, its decimal point left out: from the first to the last; empty if the last is smaller. */
    record Window(BigInteger first, BigInteger last) {
        static final Window NONE = new Window(BigInteger.ONE, BigInteger.ZERO);
    }

    /** A bound that the digits so far have not decided, and its state. */
    private record Undecided(NumberBound bound, int state) {}

    private NumberSearch() {}

    /** Returns whether sets have a common member, if they are the multiples of one number and bounds; UNKNOWN otherwise. */
    static Regex.Emptiness of(List<Regex> parts) {
        @Nullable NumberMultiple multiple = null;
        int state = 0;
        List<Undecided> bounds = new ArrayList<>();
        for (Regex part : parts) {
            if (!(part.shape() instanceof Regex.Machine machine)) {
                return Regex.Emptiness.UNKNOWN;
            } else if (machine.machine() instanceof NumberBound bound) {
                bounds.add(new Undecided(bound, machine.state()));
            } else if (machine.machine() instanceof NumberMultiple found && multiple == null) {
                multiple = found;
                state = machine.state();
            } else {
                return Regex.Emptiness.UNKNOWN;
            }
        }
        if (multiple == null || state == NumberMultiple.START) { // the sign decides how to compare
            return Regex.Emptiness.UNKNOWN;
        }
        return hasMember(multiple, state, bounds) ? Regex.Emptiness.NOT_EMPTY : Regex.Emptiness.EMPTY;
    }

    private static boolean hasMember(NumberMultiple multiple, int state, List<Undecided> bounds) {
        int most = 0;
        if (multiple.mayHaveMoreIntegers(state)) {
            most = NumberMultiple.DIVISOR_DIGITS; // so many digits can make any number a multiple
            for (Undecided one : bounds) {
                most = Math.max(most, one.bound.integerDigits().length() + NumberMultiple.DIVISOR_DIGITS);
            }
        }
        for (int integers = 0; integers <= most; integers++) {
            int digits = integers + multiple.fractionDigitsLeft(state);
            Window window = multiple.window(state, integers, digits);
            for (Undecided one : bounds) {
                window = one.bound.narrowed(window, one.state, integers, digits);
            }
            if (multiple.isIn(window, state, digits)) {
                return true;
            }
        }
        return false;
    }
}
