package io.harmony4j.bench;

import io.harmony4j.bench.Speed.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Speeds on several texts as a table: the first contender's, then each other's with how many times as fast the first one is.
 * Rows show the best by processor time; below stand the geometric means of all four figures. Not thread-safe.
 */
final class Comparison {
    private static final Figure SHOWN = Figure.CPU_BEST;

    private final Map<String, Map<String, Speed>> rows = new LinkedHashMap<>();
    private final Set<String> names = new LinkedHashSet<>();

    /** Adds the speeds on a text, by contender; one that has none leaves its cells empty. */
    void add(String text, Map<String, Speed> speeds) {
        rows.put(text, Map.copyOf(speeds));
        names.addAll(speeds.keySet());
    }

    @Override
    public String toString() {
        List<String> contenders = List.copyOf(names);
        List<String> headings = new ArrayList<>(List.of("MB/s"));
        headings.add(contenders.get(0));
        contenders.stream().skip(1).forEach(name -> headings.addAll(List.of(name, "ratio")));
        MarkdownTable table = new MarkdownTable(headings);
        rows.forEach((text, speeds) -> table.add(cells(
                text,
                contenders,
                name -> speed(speeds, name, SHOWN),
                name -> ratio(speeds, contenders.get(0), name, SHOWN))));
        for (Figure figure : Figure.values()) {
            table.add(cells(
                    "geometric mean, " + figure.toString().replace("_", ", "),
                    contenders,
                    name -> mean(speeds -> speed(speeds, name, figure)),
                    name -> mean(speeds -> ratio(speeds, contenders.get(0), name, figure))));
        }
        return table.toString();
    }

    /** A figure of a contender, or null where it was not measured. */
    private interface Column {
        @Nullable
        Double of(String contender);
    }

    private static List<String> cells(String first, List<String> contenders, Column speed, Column ratio) {
        List<String> cells = new ArrayList<>(List.of(first, shown(speed.of(contenders.get(0)))));
        contenders.stream()
                .skip(1)
                .flatMap(name -> Stream.of(shown(speed.of(name)), shown(ratio.of(name))))
                .forEach(cells::add);
        return cells;
    }

    private static String shown(@Nullable Double value) {
        return value == null ? "" : Speed.shown(value);
    }

    private static @Nullable Double speed(Map<String, Speed> speeds, String name, Figure figure) {
        Speed speed = speeds.get(name);
        return speed == null ? null : figure.of(speed);
    }

    private static @Nullable Double ratio(Map<String, Speed> speeds, String first, String name, Figure figure) {
        Double own = speed(speeds, first, figure);
        Double other = speed(speeds, name, figure);
        return own == null || other == null ? null : own / other;
    }

    /** A figure of a text's speeds, or null where it was not measured. */
    private interface Cell {
        @Nullable
        Double of(Map<String, Speed> speeds);
    }

    private Double mean(Cell cell) {
        return Statistics.geometricMean(
                rows.values().stream().map(cell::of).filter(Objects::nonNull).toList());
    }
}
