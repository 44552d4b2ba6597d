package io.harmony4j.tiny;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A seeded source of choices: the same seed gives the same choices on every JDK. For one thread. */
final class Draw {
    private final SplittableRandom random;

    Draw(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Returns a number between two bounds, both included. */
    int between(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    /** Returns a number of one to so many digits; each count of digits is as likely as the others. */
    int number(int maxDigits) {
        int digits = between(1, maxDigits);
        int from = digits == 1 ? 0 : power10(digits - 1);
        return between(from, power10(digits) - 1);
    }

    /** Returns true in so many of a hundred cases. */
    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Returns so many different ones, in a random order. */
    <T> List<T> some(List<T> of, int count) {
        List<T> left = new ArrayList<>(of);
        List<T> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drawn.add(left.remove(random.nextInt(left.size())));
        }
        return drawn;
    }

    private static int power10(int exponent) {
        int power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
