package io.harmony4j.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table in Markdown, with its columns padded so that a terminal shows it well: the first one to the left, numbers to the
 * right. Not thread-safe.
 */
public final class MarkdownTable {
    /** In Markdown, the line under a heading has at least so many characters. */
    private static final int MIN_WIDTH = 3;

    private final List<List<String>> rows = new ArrayList<>();

    /** Makes a table without rows. */
    public MarkdownTable(List<String> headings) {
        rows.add(List.copyOf(headings));
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException if it does not have as many cells as there are headings
     */
    public void add(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    "expected " + rows.get(0).size() + " cells but found " + cells.size() + ": " + cells);
        }
        rows.add(List.copyOf(cells));
    }

    /** Returns the table's lines, each with its line end. */
    @Override
    public String toString() {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column ->
                        rows.stream().mapToInt(row -> row.get(column).length()).reduce(MIN_WIDTH, Math::max))
                .toArray();
        StringBuilder out = new StringBuilder();
        append(rows.get(0), widths, out);
        out.append("| ").append("-".repeat(widths[0])).append(" |");
        for (int i = 1; i < widths.length; i++) {
            out.append(' ').append("-".repeat(widths[i] - 1)).append(": |");
        }
        out.append('\n');
        rows.subList(1, rows.size()).forEach(row -> append(row, widths, out));
        return out.toString();
    }

    private static void append(List<String> cells, int[] widths, StringBuilder out) {
        out.append(IntStream.range(0, widths.length)
                .mapToObj(i -> padded(cells.get(i), widths[i], i == 0))
                .collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private static String padded(String cell, int width, boolean isLeft) {
        String padding = " ".repeat(width - cell.length());
        return isLeft ? cell + padding : padding + cell;
    }
}
