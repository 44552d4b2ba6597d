package io.harmony4j.grammar;

import java.util.ArrayList;
import java.util.List;

/** A partition of the 256 bytes, refined by sets that must not cut through a class. Not thread-safe. */
final class ByteClasses {
    private List<ByteSet> classes = List.of(ByteSet.ALL);

    /** Splits the classes that have bytes inside and outside of a set. */
    void split(ByteSet set) {
        List<ByteSet> refined = new ArrayList<>(classes.size() + 1);
        ByteSet outside = set.not();
        for (ByteSet old : classes) {
            ByteSet in = old.and(set);
            ByteSet out = old.and(outside);
            if (!in.isEmpty()) {
                refined.add(in);
            }
            if (!out.isEmpty()) {
                refined.add(out);
            }
        }
        classes = refined;
    }

    /** Returns one byte of each class. */
    int[] representatives() {
        return classes.stream().mapToInt(set -> set.next(0)).toArray();
    }
}
