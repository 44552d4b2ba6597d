package io.harmony4j.bench;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures what loading a library takes, each time in a new JVM, the libraries in turns. */
final class LoadContest {
    /** A figure that {@link LoadProbe} measures. */
    private enum Column {
        LOAD_CPU_MS("processor ms"),
        LOAD_WALL_MS("ms"),
        FIRST_ENCODE_MS("first encode, ms"),
        HEAP_MB("heap, MB"),
        PEAK_MEMORY_MB("process at most, MB");

        private final String heading;

        Column(String heading) {
            this.heading = heading;
        }

        /** Returns the name of the figure's field in JSON. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private LoadContest() {}

    /** Returns a table with the medians of as many JVMs for each library. */
    static MarkdownTable run(int rounds, Results results) throws IOException, InterruptedException {
        Map<Library, List<JsonValue>> answers = new EnumMap<>(Library.class);
        for (int round = 0; round < rounds; round++) {
            for (Library library : Library.values()) {
                results.progress("load " + library.title(), 1);
                answers.computeIfAbsent(library, key -> new ArrayList<>()).add(probe(library));
            }
        }
        List<String> headings = new ArrayList<>(List.of("median of " + rounds));
        for (Column column : Column.values()) {
            headings.add(column.heading);
        }
        MarkdownTable table = new MarkdownTable(headings);
        answers.forEach((library, probes) -> {
            List<String> cells = new ArrayList<>(List.of(library.title()));
            JsonObject.Builder figures = JsonObject.builder();
            for (Column column : Column.values()) {
                String name = column.toString();
                double[] values = probes.stream()
                        .mapToDouble(probe -> probe.get(name).doubleValue())
                        .toArray();
                double median = Statistics.median(values);
                cells.add(Speed.shown(median));
                figures.put(name, median);
            }
            results.add(Section.LOAD, "", library.title(), figures.build());
            table.add(cells);
        });
        return table;
    }

    private static JsonValue probe(Library library) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(ForkedJvm.command(LoadProbe.class));
        command.add(library.name());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(
                    "expected " + library.title() + " to be loaded but found exit code " + process.exitValue());
        }
        return Json.parse(output.strip());
    }
}
