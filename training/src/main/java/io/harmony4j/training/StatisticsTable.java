package io.harmony4j.training;

import io.harmony4j.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Statistics as a table of plain text. */
final class StatisticsTable {
    private static final int NAME = 32; // characters
    private static final int NUMBER = 14;
    private static final int BAR = 30;

    private final StringBuilder text = new StringBuilder();

    private StatisticsTable() {}

    /** Returns the table of statistics by their JSON. */
    static String of(JsonValue statistics) {
        StatisticsTable table = new StatisticsTable();
        for (String name : List.of("rows", "turns", "samples", "tokens", "labels", "duplicates")) {
            if (!statistics.get(name).isNull()) {
                table.line(name, statistics.get(name).toString());
            }
        }
        table.messages(statistics.get("messages").members());
        table.lengths(statistics.get("lengths"));
        JsonValue packing = statistics.get("packing");
        if (!packing.isNull()) {
            table.title("packing");
            table.line("rows", packing.get("rows").toString());
            table.line(
                    "efficiency",
                    String.format(
                            Locale.ROOT,
                            "%.1f %%",
                            100 * packing.get("efficiency").doubleValue()));
        }
        for (String group : List.of("shapes", "calls", "dropped", "losses", "rejects", "lint")) {
            Map<String, JsonValue> counts = statistics.get(group).members();
            if (!counts.isEmpty()) {
                table.title(group);
                counts.forEach((name, count) -> table.line(name, count.toString()));
            }
        }
        Map<String, JsonValue> unused = statistics.get("unused_fields").members();
        if (!unused.isEmpty()) {
            table.title("fields that are in no message: rows, and the line of the first");
            unused.forEach((field, where) -> table.line(
                    field, where.get("rows").toString(), where.get("first_line").toString()));
        }
        return table.text.toString();
    }

    private void title(String title) {
        text.append('\n').append(title).append('\n');
    }

    private void line(String name, String... cells) {
        text.append("  ").append(name).append(" ".repeat(Math.max(1, NAME - name.length())));
        for (String cell : cells) {
            text.append(" ".repeat(Math.max(1, NUMBER - cell.length()))).append(cell);
        }
        text.append('\n');
    }

    private void messages(Map<String, JsonValue> messages) {
        title("tokens by role and channel");
        line("", "messages", "header", "content", "end", "labels");
        messages.forEach((whose, counts) -> line(
                whose,
                counts.members().values().stream().map(JsonValue::toString).toArray(String[]::new)));
    }

    private void lengths(JsonValue lengths) {
        title("lengths in tokens");
        for (String name : List.of("p50", "p90", "p99", "max")) {
            line(name, lengths.get(name).toString());
        }
        List<JsonValue> histogram = lengths.get("histogram").elements();
        long most = histogram.stream()
                .mapToLong(bin -> bin.get("samples").longValue())
                .max()
                .orElse(1);
        for (JsonValue bin : histogram) {
            long samples = bin.get("samples").longValue();
            line(
                    bin.get("from") + " to " + bin.get("to"),
                    Long.toString(samples),
                    "  " + "#".repeat((int) Math.ceil((double) BAR * samples / most)));
        }
        lengths.get("longer_than").members().forEach((limit, count) -> {
            if (!count.toString().equals("0")) {
                line("longer than " + limit, count.toString());
            }
        });
    }
}
