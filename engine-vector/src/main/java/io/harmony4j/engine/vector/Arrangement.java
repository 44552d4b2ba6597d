package io.harmony4j.engine.vector;

import io.harmony4j.engine.spi.Vectors;
import jdk.incubator.vector.FloatVector;

/**
 * The order in which a format's kernel wants the elements that it multiplies with weights. Weights are unpacked where they lie, so that
 * neighbours in memory end up in different vectors; the other factor, which is shorter, is put in that order beforehand.
 *
 * <p>Elements are arranged in groups, as many as are unpacked at once. The last group ends where the row ends and overlaps the one before if
 * the columns are not whole groups: there, the arranged elements are zero, so that nothing is counted twice and nothing is read beyond a row.
 */
enum Arrangement {
    /** As they are. */
    PLAIN(1) {
        @Override
        int element(int vector, int lane) {
            return lane;
        }
    },
    /** Of each two neighbours, which lie in the halves of a 32-bit lane, the first in one vector and the second in the next. */
    HALVES(2) {
        @Override
        int element(int vector, int lane) {
            return 2 * lane + vector;
        }
    },
    /** A 32-bit lane holds eight neighbours, four bits each. */
    NIBBLES(8) {
        @Override
        int element(int vector, int lane) {
            return 8 * lane + vector;
        }
    },
    /** Likewise, but the upper half of a byte is sixteen elements after the lower one. */
    NIBBLES_GGUF(8) {
        @Override
        int element(int vector, int lane) {
            return 32 * (lane / 4) + 4 * (lane % 4) + vector / 2 + 16 * (vector % 2);
        }
    },
    /**
     * For vectors of eight floats, the four vectors of a block of 32 elements: of its first half those with even numbers, then the others, and of
     * the second half likewise.
     */
    HALF_BLOCKS(32 / Lanes.COUNT) {
        @Override
        int element(int vector, int lane) {
            return 16 * (vector / 2) + 2 * lane + vector % 2;
        }
    },
    /** Likewise, but for halves of which one has the even elements of the block and the other the odd ones. */
    EVEN_ODD(32 / Lanes.COUNT) {
        @Override
        int element(int vector, int lane) {
            return (4 * lane + 2 * (vector % 2) + vector / 2) % 32;
        }
    };

    private final int columns;

    @SuppressWarnings("ImmutableEnumChecker") // written once
    private final int[] order; // of each arranged element of a group, which it is

    Arrangement(int vectors) {
        columns = vectors * Lanes.COUNT;
        order = new int[columns];
        for (int i = 0; i < columns; i++) {
            order[i] = element(i / Lanes.COUNT, i % Lanes.COUNT);
        }
    }

    /** Returns which element of its group is in a lane of a vector. */
    abstract int element(int vector, int lane);

    /** Returns the elements of a group. */
    int columns() {
        return columns;
    }

    /** Returns the groups of a row. */
    int groups(int rowColumns) {
        return (rowColumns + columns - 1) / columns;
    }

    /**
     * Arranges vectors one after the other, {@code groups(rowColumns) columns()} elements each.
     *
     * @param rowColumns the elements of a vector; at least a group
     * @param count how many vectors there are to be; those after the last are zero
     */
    AlignedFloats arrange(Vectors x, int rowColumns, int count) {
        int stride = groups(rowColumns) * columns;
        AlignedFloats arranged = AlignedFloats.allocate(count * stride);
        for (int t = 0; t < x.count(); t++) {
            arrange(x.values(), x.start(t), rowColumns, arranged.array(), arranged.offset() + t * stride);
        }
        return arranged;
    }

    private void arrange(float[] from, int start, int rowColumns, float[] to, int toStart) {
        int whole = rowColumns / columns;
        for (int group = 0; group < whole * columns; group += columns) {
            for (int i = 0; i < columns; i += Lanes.COUNT) {
                FloatVector.fromArray(Lanes.FLOATS, from, start + group, order, i)
                        .intoArray(to, toStart + group + i);
            }
        }
        int overlap = (whole + 1) * columns - rowColumns;
        if (overlap < columns) {
            for (int i = 0; i < columns; i++) {
                if (order[i] >= overlap) {
                    to[toStart + whole * columns + i] = from[start + rowColumns - columns + order[i]];
                }
            }
        }
    }
}
