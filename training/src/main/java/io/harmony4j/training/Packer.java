package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Samples in rows of one length, by best fit decreasing: the longest first, each into the fullest row that has room for it, or else into a new one. A row
 * that is no fuller than another comes after it if it became so later. This is how TRL packs ({@code bfd}).
 */
public final class Packer {
    private Packer() {}

    /**
     * Returns the rows: the indices of the samples in each, from 0, in the order in which they were put there.
     *
     * @param lengths the lengths of the samples, in tokens; of those that are equally long the first comes first
     * @param capacity the most tokens of a row
     * @throws IllegalArgumentException if a sample is longer than a row, or has no token
     */
    public static List<List<Integer>> pack(int[] lengths, int capacity) {
        requireNonNull(lengths, "lengths");
        List<List<Integer>> rows = new ArrayList<>();
        TreeMap<Integer, Deque<List<Integer>>> byRoom = new TreeMap<>();
        for (int index : longestFirst(lengths, capacity)) {
            Map.Entry<Integer, Deque<List<Integer>>> fullest = byRoom.ceilingEntry(lengths[index]);
            List<Integer> row;
            int room;
            if (fullest == null) {
                row = new ArrayList<>();
                rows.add(row);
                room = capacity;
            } else {
                row = fullest.getValue().remove();
                room = fullest.getKey();
                if (fullest.getValue().isEmpty()) {
                    byRoom.remove(room);
                }
            }
            row.add(index);
            byRoom.computeIfAbsent(room - lengths[index], key -> new ArrayDeque<>())
                    .add(row);
        }
        return rows;
    }

    private static int[] longestFirst(int[] lengths, int capacity) {
        for (int index = 0; index < lengths.length; index++) {
            if (lengths[index] < 1 || lengths[index] > capacity) {
                throw new IllegalArgumentException("expected samples of 1 to " + capacity + " tokens but found "
                        + lengths[index] + " at index " + index);
            }
        }
        return IntStream.range(0, lengths.length)
                .mapToLong(index -> (long) (capacity - lengths[index]) << Integer.SIZE | index)
                .sorted()
                .mapToInt(key -> (int) key)
                .toArray();
    }
}
