package io.harmony4j.engine.vector;

import io.harmony4j.engine.spi.Vectors;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Products of unpacked rows with many vectors. Some rows are unpacked at once, in panels that stay in the first cache; a tile of these rows and
 * a few vectors has its sums in registers ({@link WideTile}, {@link NarrowTile}). Belongs to one thread.
 */
final class Tiles {
    private static final boolean WIDE = Lanes.COUNT >= 16;
    private static final int ROWS = WIDE ? WideTile.ROWS : NarrowTile.ROWS;
    private static final int VECTORS = WIDE ? WideTile.VECTORS : NarrowTile.VECTORS;

    /** In a panel, from a vector of a row to the next: the rows lie one after the other, or side by side. */
    static final int STEP = WIDE ? Lanes.COUNT : ROWS * Lanes.COUNT;

    private static final int TILE = ROWS * VECTORS * Lanes.COUNT; // floats: sums of a tile, a vector for each

    /** Elements of a row that are unpacked at once: the rows and vectors of a tile are 30 KB of them, or 21. */
    private static final int PANEL = 768;

    private final MatrixProduct product;
    private final AlignedFloats x;
    private final Vectors y;
    private final int panelGroups;
    private final AlignedFloats panel; // [ROWS, panelGroups * groupColumns], see STEP
    private final AlignedFloats sums; // [tiles, ROWS, VECTORS, lanes]

    Tiles(MatrixProduct product, AlignedFloats x, Vectors y) {
        this.product = product;
        this.x = x;
        this.y = y;
        this.panelGroups = Math.max(1, PANEL / product.groupColumns());
        this.panel = AlignedFloats.allocate(ROWS * panelGroups * product.groupColumns());
        this.sums = AlignedFloats.allocate(padded(y.count()) / VECTORS * TILE);
    }

    /** Returns a number of vectors, rounded up to whole tiles. */
    static int padded(int vectors) {
        return (vectors + VECTORS - 1) / VECTORS * VECTORS;
    }

    void rows(int from, int to) {
        int distance = (to - from) / ROWS;
        for (int row = from; row < from + distance; row++) {
            rowsOfTiles(row, distance, ROWS);
        }
        int last = from + ROWS * distance;
        if (last < to) {
            rowsOfTiles(last, 1, to - last);
        }
    }

    /**
     * Multiplies rows that lie {@code distance} apart: reading from several places in memory is faster.
     *
     * @param count how many rows there are; a tile's others are whatever the panel has, and not used
     */
    private void rowsOfTiles(int row, int distance, int count) {
        Arrays.fill(sums.array(), 0);
        int groups = product.groups();
        int stride = groups * product.groupColumns();
        for (int group = 0; group < groups; group += panelGroups) {
            int some = Math.min(panelGroups, groups - group);
            int length = some * product.groupColumns();
            for (int i = 0; i < count; i++) {
                product.unpack(
                        row + i * distance,
                        group,
                        some,
                        panel.array(),
                        panel.offset() + i * (WIDE ? length : Lanes.COUNT));
            }
            int start = x.offset() + group * product.groupColumns();
            for (int t = 0, tile = sums.offset(); t < y.count(); t += VECTORS, tile += TILE) {
                addTile(
                        panel.array(),
                        panel.offset(),
                        x.array(),
                        start + t * stride,
                        stride,
                        length,
                        sums.array(),
                        tile);
            }
        }
        for (int t = 0; t < y.count(); t++) {
            int tile = sums.offset() + t / VECTORS * TILE + t % VECTORS * Lanes.COUNT;
            for (int i = 0; i < count; i++) {
                y.values()[y.start(t) + row + i * distance] = FloatVector.fromArray(
                                Lanes.FLOATS, sums.array(), tile + i * VECTORS * Lanes.COUNT)
                        .reduceLanes(VectorOperators.ADD);
            }
        }
    }

    private static void addTile(
            float[] w, int wStart, float[] x, int xStart, int xStride, int length, float[] s, int sStart) {
        if (WIDE) {
            WideTile.add(w, wStart, x, xStart, xStride, length, s, sStart);
        } else {
            NarrowTile.add(w, wStart, x, xStart, xStride, length, s, sStart);
        }
    }
}
