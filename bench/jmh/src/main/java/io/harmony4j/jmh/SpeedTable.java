package io.harmony4j.jmh;

import io.harmony4j.bench.Library;
import io.harmony4j.bench.MarkdownTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Speeds as two tables in Markdown, one of texts with both libraries and one of conversations. Not thread-safe. */
final class SpeedTable {
    /** In bytes a second, by text, operation and library. */
    private final Map<String, Map<String, Map<Library, Double>>> texts = new TreeMap<>();

    /** In tokens a second, by operation. */
    private final Map<String, Double> conversations = new TreeMap<>();

    /** Adds how fast a library does something with a text. */
    void add(String text, String operation, Library library, double bytesPerSecond) {
        texts.computeIfAbsent(text, name -> new TreeMap<>())
                .computeIfAbsent(operation, name -> new EnumMap<>(Library.class))
                .put(library, bytesPerSecond);
    }

    /** Adds how fast Harmony4J does something with conversations. */
    void add(String operation, double tokensPerSecond) {
        conversations.put(operation, tokensPerSecond);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        if (!texts.isEmpty()) {
            out.append('\n').append(ofTexts());
        }
        if (!conversations.isEmpty()) {
            MarkdownTable table = new MarkdownTable(List.of("million tokens/s", "Harmony4J"));
            conversations.forEach((operation, speed) -> table.add(List.of(operation, millions(speed))));
            out.append('\n').append(table);
        }
        return out.toString();
    }

    private MarkdownTable ofTexts() {
        Set<String> operations = texts.values().stream()
                .flatMap(row -> row.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> headings = new ArrayList<>(List.of("MB/s"));
        operations.forEach(operation -> headings.addAll(List.of(operation, Library.JTOKKIT.title(), "ratio")));
        MarkdownTable table = new MarkdownTable(headings);
        texts.forEach((text, row) -> {
            List<String> cells = new ArrayList<>(List.of(text));
            for (String operation : operations) {
                Map<Library, Double> speeds = row.getOrDefault(operation, Map.of());
                Double ours = speeds.get(Library.HARMONY4J);
                Double theirs = speeds.get(Library.JTOKKIT);
                cells.addAll(List.of(millions(ours), millions(theirs), ratio(ours, theirs)));
            }
            table.add(cells);
        });
        return table;
    }

    private static String ratio(@Nullable Double ours, @Nullable Double theirs) {
        return ours == null || theirs == null ? "" : String.format(Locale.ROOT, "%.1f", ours / theirs);
    }

    private static String millions(@Nullable Double speed) {
        return speed == null ? "" : String.format(Locale.ROOT, "%.1f", speed / 1e6);
    }
}
