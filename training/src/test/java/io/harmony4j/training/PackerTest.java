package io.harmony4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PackerTest {
    private static final int CAPACITY = 20;

    @Test
    void longestFirstIntoTheFullestRowThatHasRoom() {
        assertThat(Packer.pack(new int[] {4, 2, 3, 1}, 4)).containsExactly(List.of(0), List.of(2, 3), List.of(1));
        assertThat(Packer.pack(new int[] {2, 5, 3, 2, 6, 2}, 8))
                .as("2 goes beside 6, not beside 5, where 3 is")
                .containsExactly(List.of(4, 0), List.of(1, 2), List.of(3, 5));
        assertThat(Packer.pack(new int[] {}, 8)).isEmpty();
    }

    @Test
    void ofRowsThatAreEquallyFullTheFirstGetsTheSample() {
        assertThat(Packer.pack(new int[] {3, 3, 1, 1}, 4)).containsExactly(List.of(0, 2), List.of(1, 3));
    }

    @Property
    void itIsBestFitDecreasing(@ForAll @Size(max = 60) List<@IntRange(min = 1, max = CAPACITY) Integer> lengths) {
        int[] array = lengths.stream().mapToInt(Integer::intValue).toArray();

        assertThat(Packer.pack(array, CAPACITY)).isEqualTo(plainly(array));
    }

    /** Looks at every row for each sample. */
    private static List<List<Integer>> plainly(int[] lengths) {
        List<List<Integer>> rows = new ArrayList<>();
        List<List<Integer>> sinceChanged = new ArrayList<>(); // the rows, the one that changed last at the end
        IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparing((Integer index) -> -lengths[index]).thenComparing(index -> index))
                .forEach(index -> {
                    List<Integer> row = sinceChanged.stream()
                            .filter(some -> sum(some, lengths) + lengths[index] <= CAPACITY)
                            .max(Comparator.comparing((List<Integer> some) -> sum(some, lengths))
                                    .thenComparing(some -> -place(sinceChanged, some)))
                            .orElse(null);
                    if (row == null) {
                        row = new ArrayList<>();
                        rows.add(row);
                    } else {
                        sinceChanged.remove(place(sinceChanged, row));
                    }
                    row.add(index);
                    sinceChanged.add(row);
                });
        return rows;
    }

    private static int place(List<List<Integer>> rows, List<Integer> row) {
        return IntStream.range(0, rows.size())
                .filter(i -> rows.get(i) == row)
                .findFirst()
                .orElseThrow();
    }

    private static int sum(List<Integer> row, int[] lengths) {
        return row.stream().mapToInt(index -> lengths[index]).sum();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> Packer.pack(new int[] {3, 5}, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected samples of 1 to 4 tokens but found 5 at index 1");
        assertThatThrownBy(() -> Packer.pack(new int[] {0}, 4)).hasMessageContaining("but found 0 at index 0");
    }
}
