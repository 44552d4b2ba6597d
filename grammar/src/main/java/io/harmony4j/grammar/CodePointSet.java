package io.harmony4j.grammar;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * A set of code points, surrogates never among them, as ranges. Immutable.
 *
 * @param ranges the ranges in ascending order, with gaps between them
 */
record CodePointSet(List<Range> ranges) {
    /** The code points from the first to the last, which belongs to them. */
    record Range(int first, int last) {}

    static final CodePointSet NONE = new CodePointSet(List.of());
    static final CodePointSet ALL = of(0, Character.MAX_CODE_POINT);

    CodePointSet {
        ranges = List.copyOf(ranges);
    }

    /** Returns the code points from the first to the last, which belongs to them. */
    static CodePointSet of(int first, int last) {
        return ofRanges(List.of(new Range(first, last)));
    }

    /** Returns the code points of a text. */
    static CodePointSet of(String characters) {
        return ofRanges(characters.codePoints().mapToObj(c -> new Range(c, c)).toList());
    }

    /** Returns the code points of ranges in any order, which may overlap. */
    static CodePointSet ofRanges(List<Range> ranges) {
        List<Range> sorted = new ArrayList<>();
        for (Range range : ranges) {
            add(sorted, range.first, Math.min(range.last, Character.MIN_SURROGATE - 1));
            add(sorted, Math.max(range.first, Character.MAX_SURROGATE + 1), range.last);
        }
        sorted.sort(Comparator.comparingInt(Range::first));
        List<Range> merged = new ArrayList<>();
        for (Range range : sorted) {
            int end = merged.size() - 1;
            if (end >= 0 && merged.get(end).last >= range.first - 1) {
                merged.set(end, new Range(merged.get(end).first, Math.max(merged.get(end).last, range.last)));
            } else {
                merged.add(range);
            }
        }
        return new CodePointSet(merged);
    }

    private static void add(List<Range> ranges, int first, int last) {
        if (first <= last) {
            ranges.add(new Range(first, last));
        }
    }

    CodePointSet or(CodePointSet other) {
        List<Range> both = new ArrayList<>(ranges);
        both.addAll(other.ranges);
        return ofRanges(both);
    }

    /** Returns all code points that are not in this set. */
    CodePointSet not() {
        List<Range> gaps = new ArrayList<>();
        int from = 0;
        for (Range range : ranges) {
            add(gaps, from, range.first - 1);
            from = range.last + 1;
        }
        add(gaps, from, Character.MAX_CODE_POINT);
        return ofRanges(gaps);
    }

    CodePointSet and(CodePointSet other) {
        List<Range> both = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < ranges.size() && j < other.ranges.size()) {
            Range one = ranges.get(i);
            Range two = other.ranges.get(j);
            add(both, Math.max(one.first, two.first), Math.min(one.last, two.last));
            if (one.last < two.last) {
                i++;
            } else {
                j++;
            }
        }
        return new CodePointSet(both);
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Returns the only code point; empty if there are none or more. */
    OptionalInt only() {
        boolean isOne = ranges.size() == 1 && ranges.get(0).first == ranges.get(0).last;
        return isOne ? OptionalInt.of(ranges.get(0).first) : OptionalInt.empty();
    }

    /**
     * Returns a class of characters as in {@code [a-z_]}, or as in {@code [^"]} if that is shorter.
     *
     * @param spelling how a code point is written between the brackets
     */
    String characterClass(IntFunction<String> spelling) {
        CodePointSet others = not();
        boolean isNegated = containsAny(Character.MAX_CODE_POINT, Character.MAX_CODE_POINT) && !others.isEmpty();
        StringBuilder text = new StringBuilder(isNegated ? "[^" : "[");
        for (Range range : isNegated ? others.ranges : ranges) {
            text.append(spelling.apply(range.first));
            if (range.first < range.last) {
                text.append(range.last - range.first > 1 ? "-" : "").append(spelling.apply(range.last));
            }
        }
        return text.append(']').toString();
    }

    /** Returns the part of this set from the first to the last, which belongs to it. */
    CodePointSet within(int first, int last) {
        return and(of(first, last));
    }

    /** Returns the ranges that have code points from the first to the last, which belongs to them. */
    List<Range> overlapping(int first, int last) {
        int from = firstEndingAt(first);
        int to = from;
        while (to < ranges.size() && ranges.get(to).first <= last) {
            to++;
        }
        return ranges.subList(from, to);
    }

    /** Returns whether all code points from the first to the last are in this set. */
    boolean containsAll(int first, int last) {
        int at = firstEndingAt(first);
        return at < ranges.size() && ranges.get(at).first <= first && last <= ranges.get(at).last;
    }

    /** Returns whether any code point from the first to the last is in this set. */
    boolean containsAny(int first, int last) {
        int at = firstEndingAt(first);
        return at < ranges.size() && ranges.get(at).first <= last;
    }

    /** Returns the index of the first range that does not end before a code point. */
    private int firstEndingAt(int codePoint) {
        int low = 0;
        int high = ranges.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).last < codePoint) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
