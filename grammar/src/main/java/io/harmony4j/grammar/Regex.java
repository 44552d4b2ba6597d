package io.harmony4j.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A set of byte strings: what a piece of text may be. It is read with derivatives: the derivative by a byte is the set of what may follow that byte. Nothing
 * is made before it is asked for, so that intersections, complements and long counts cost what is visited of them. Expressions are made by {@link Regexes},
 * which gives the same object for the same set of shapes, so that they are compared by identity. Immutable, but for what is found out about it later.
 *
 * <p>See docs/algorithms/grammar.md; J. Brzozowski, "Derivatives of Regular Expressions", 1964.
 */
final class Regex implements Symbol {
    /** Whether a set has a member; found out when first asked. */
    enum Emptiness {
        UNKNOWN,
        EMPTY,
        NOT_EMPTY
    }

    private final int id;
    private final Shape shape;
    private final boolean nullable;
    Emptiness emptiness = Emptiness.UNKNOWN;

    /** Where bytes lead; null until that is asked. */
    @Nullable
    Transitions transitions;

    Regex(int id, Shape shape) {
        this.id = id;
        this.shape = shape;
        this.nullable = shape.nullable();
    }

    /** Returns its number among the expressions of its {@link Regexes}. */
    int id() {
        return id;
    }

    Shape shape() {
        return shape;
    }

    /** Returns whether the empty string is in the set. */
    boolean nullable() {
        return nullable;
    }

    @Override
    public String toString() {
        return shape.toString();
    }

    /** Where bytes lead, as far as it has been asked; bytes of one class lead to the same. */
    static final class Transitions {
        private final BytePartition bytes;
        private final @Nullable Regex[] targets; // by class

        Transitions(BytePartition bytes) {
            this.bytes = bytes;
            this.targets = new Regex[bytes.size()];
        }

        BytePartition bytes() {
            return bytes;
        }

        @Nullable
        Regex target(int value) {
            return targets[bytes.classOf(value)];
        }

        void setTarget(int value, Regex target) {
            targets[bytes.classOf(value)] = target;
        }
    }

    /** How a set of byte strings is made of others. */
    sealed interface Shape {
        /** Returns whether the empty string is in the set. */
        boolean nullable();

        /** Returns what may follow a byte, 0 to 255. */
        Regex derivative(Regexes regexes, int value);

        /** Returns classes of bytes such that the bytes of one have the same derivative. */
        default BytePartition bytes() {
            ByteClasses classes = new ByteClasses();
            distinguish(classes);
            return classes.partition();
        }

        /** Adds sets of bytes such that bytes have the same derivative if no set tells them apart. */
        void distinguish(ByteClasses classes);

        /**
         * Returns a set with the same strings up to a length, possibly others beyond it, and the same beginnings of that length, in which counts that no string
         * of that length reaches are the same, so that there are fewer of them.
         *
         * @param length in bytes
         */
        default Regex widened(Regexes regexes, Regex self, int length) {
            return self;
        }

        /** Returns a number of bytes that all strings have at least. */
        int fewestBytes();
    }

    /** One byte of a set. */
    record Bytes(ByteSet set) implements Shape {
        @Override
        public boolean nullable() {
            return false;
        }

        @Override
        public Regex derivative(Regexes regexes, int value) {
            return set.contains(value) ? regexes.empty() : regexes.nothing();
        }

        @Override
        public void distinguish(ByteClasses classes) {
            classes.split(set);
        }

        @Override
        public int fewestBytes() {
            return 1;
        }
    }

    /**
     * The rest of one string.
     *
     * @param latin1 the string, a character for each byte
     * @param offset where the rest begins
     */
    record Literal(String latin1, int offset) implements Shape {
        /** The classes if one byte is told from all others, by that byte. */
        private static final List<BytePartition> OF_ONE_BYTE =
                IntStream.range(0, 256).mapToObj(Literal::ofOneByte).toList();

        private static BytePartition ofOneByte(int value) {
            ByteClasses classes = new ByteClasses();
            classes.split(ByteSet.of(value));
            return classes.partition();
        }

        @Override
        public boolean nullable() {
            return offset == latin1.length();
        }

        @Override
        public Regex derivative(Regexes regexes, int value) {
            if (offset < latin1.length() && latin1.charAt(offset) == value) {
                return regexes.rest(latin1, offset + 1);
            }
            return regexes.nothing();
        }

        @Override
        public BytePartition bytes() {
            return offset < latin1.length() ? OF_ONE_BYTE.get(latin1.charAt(offset)) : Shape.super.bytes();
        }

        @Override
        public void distinguish(ByteClasses classes) {
            if (offset < latin1.length()) {
                classes.split(ByteSet.of(latin1.charAt(offset)));
            }
        }

        @Override
        public int fewestBytes() {
            return latin1.length() - offset;
        }
    }

    /** A string of one set followed by a string of another; the first is not a sequence itself. */
    record Sequence(Regex first, Regex rest) implements Shape {
        @Override
        public boolean nullable() {
            return first.nullable() && rest.nullable();
        }

        @Override
        public Regex derivative(Regexes regexes, int value) {
            Regex after = regexes.sequence(regexes.derivative(first, value), rest);
            if (!first.nullable()) {
                return after;
            }
            List<Regex> ways =
                    new ArrayList<>(List.of(after)); // a row of sets that may be empty is long at times: no recursion
            Regex left = rest;
            while (left.shape instanceof Sequence next && next.first.nullable()) {
                ways.add(regexes.sequence(regexes.derivative(next.first, value), next.rest));
                left = next.rest;
            }
            ways.add(regexes.derivative(left, value));
            return regexes.union(ways);
        }

        @Override
        public BytePartition bytes() {
            return first.nullable() ? Shape.super.bytes() : first.shape.bytes();
        }

        @Override
        public void distinguish(ByteClasses classes) {
            first.shape.distinguish(classes);
            if (first.nullable()) {
                rest.shape.distinguish(classes);
            }
        }

        @Override
        public Regex widened(Regexes regexes, Regex self, int length) {
            Regex widenedFirst = regexes.widened(first, length);
            Regex widenedRest = regexes.widened(rest, length);
            boolean isSame = widenedFirst == first && widenedRest == rest;
            return isSame ? self : regexes.sequence(widenedFirst, widenedRest);
        }

        @Override
        public int fewestBytes() {
            return (int) Math.min((long) first.shape.fewestBytes() + rest.shape.fewestBytes(), Regexes.UNBOUNDED);
        }
    }

    /** What is in any of the parts, of which there are at least two, in the order of their numbers. */
    record Union(List<Regex> parts) implements Shape {
        @Override
        public boolean nullable() {
            return parts.stream().anyMatch(Regex::nullable);
        }

        @Override
        public Regex derivative(Regexes regexes, int value) {
            return regexes.union(
                    parts.stream().map(part -> regexes.derivative(part, value)).toList());
        }

        @Override
        public void distinguish(ByteClasses classes) {
            parts.forEach(part -> part.shape.distinguish(classes));
        }

        @Override
        public Regex widened(Regexes regexes, Regex self, int length) {
            List<Regex> widened = regexes.widened(parts, length);
            return widened == parts ? self : regexes.union(widened);
        }

        @Override
        public int fewestBytes() {
            return parts.stream()
                    .mapToInt(part -> part.shape.fewestBytes())
                    .min()
                    .orElse(0);
        }
    }

    /** What is in all of the parts, of which there are at least two, in the order of their numbers. */
    record Intersection(List<Regex> parts) implements Shape {
        @Override
        public boolean nullable() {
            return parts.stream().allMatch(Regex::nullable);
        }

        @Override
        public Regex derivative(Regexes regexes, int value) {
            return regexes.intersection(
                    parts.stream().map(part -> regexes.derivative(part, value)).toList());
        }

        @Override
        public void distinguish(ByteClasses classes) {
            parts.forEach(part -> part.shape.distinguish(classes));
        }

        @Override
        public Regex widened(Regexes regexes, Regex self, int length) {
            return regexes.widened(this, self, length);
        }

        @Override
        public int fewestBytes() {
            return parts.stream()
                    .mapToInt(part -> part.shape.fewestBytes())
                    .max()
                    .orElse(0);
        }
    }

    /** All byte strings but those of the set. */
    record Complement(Regex of) implements Shape {
        @Override
        public boolean nullable() {
            return !of.nullable();
        }

        @Override
        public Regex derivative(Regexes regexes, int value) {
            return regexes.complement(regexes.derivative(of, value));
        }

        @Override
        public void distinguish(ByteClasses classes) {
            of.shape.distinguish(classes);
        }

        @Override
        public int fewestBytes() {
            return of.nullable() ? 1 : 0;
        }
    }

    /**
     * As many strings of the set, one after the other, as are allowed.
     *
     * @param min the fewest; 0 if the set has the empty string
     * @param max the most, or {@link Regexes#UNBOUNDED}
     */
    record Repeat(Regex of, int min, int max) implements Shape {
        @Override
        public boolean nullable() {
            return min == 0;
        }

        @Override
        public Regex derivative(Regexes regexes, int value) {
            int left = max == Regexes.UNBOUNDED ? max : max - 1;
            return regexes.sequence(regexes.derivative(of, value), regexes.repeat(of, Math.max(min - 1, 0), left));
        }

        @Override
        public void distinguish(ByteClasses classes) {
            of.shape.distinguish(classes);
        }

        @Override
        public Regex widened(Regexes regexes, Regex self, int length) {
            if (of.nullable()) {
                return self;
            }
            int beyond = length / of.shape.fewestBytes() + 1;
            return max < beyond ? self : regexes.repeat(of, Math.min(min, beyond), Regexes.UNBOUNDED);
        }

        @Override
        public int fewestBytes() {
            return (int) Math.min((long) min * of.shape.fewestBytes(), Regexes.UNBOUNDED);
        }
    }

    /** What a machine accepts from a state on. */
    record Machine(ByteMachine machine, int state) implements Shape {
        @Override
        public boolean nullable() {
            return machine.accepts(state);
        }

        @Override
        public Regex derivative(Regexes regexes, int value) {
            return regexes.machine(machine, machine.next(state, value));
        }

        @Override
        public void distinguish(ByteClasses classes) {
            int first = 0;
            for (int value = 1; value <= 256; value++) {
                if (value == 256 || machine.next(state, value) != machine.next(state, first)) {
                    classes.split(ByteSet.range(first, value - 1));
                    first = value;
                }
            }
        }

        @Override
        public int fewestBytes() {
            return nullable() ? 0 : 1;
        }
    }
}
