package io.harmony4j.benchmarks;

import java.util.EnumMap;
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
            appendTexts(out);
        }
        if (!conversations.isEmpty()) {
            out.append("\n| million tokens/s | Harmony4J |\n| --- | ---: |\n");
            conversations.forEach((operation, speed) -> out.append("| ")
                    .append(operation)
                    .append(" | ")
                    .append(millions(speed))
                    .append(" |\n"));
        }
        return out.toString();
    }

    private void appendTexts(StringBuilder out) {
        Set<String> operations = texts.values().stream()
                .flatMap(row -> row.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        out.append("\n| MB/s |");
        operations.forEach(operation -> out.append(' ').append(operation).append(" | JTokkit | ratio |"));
        out.append("\n| --- |")
                .append(" ---: | ---: | ---: |".repeat(operations.size()))
                .append('\n');
        texts.forEach((text, row) -> {
            out.append("| ").append(text).append(" |");
            for (String operation : operations) {
                Map<Library, Double> speeds = row.getOrDefault(operation, Map.of());
                Double ours = speeds.get(Library.HARMONY4J);
                Double theirs = speeds.get(Library.JTOKKIT);
                out.append(cell(ours)).append(cell(theirs)).append(ratio(ours, theirs));
            }
            out.append('\n');
        });
    }

    private static String cell(@Nullable Double speed) {
        return speed == null ? " |" : " " + millions(speed) + " |";
    }

    private static String ratio(@Nullable Double ours, @Nullable Double theirs) {
        return ours == null || theirs == null ? " |" : String.format(Locale.ROOT, " %.1f |", ours / theirs);
    }

    private static String millions(double speed) {
        return String.format(Locale.ROOT, "%.1f", speed / 1e6);
    }
}
