package io.harmony4j.cli;

import io.harmony4j.bench.MarkdownTable;
import io.harmony4j.conformance.DriverProcess;
import io.harmony4j.conformance.Implementation;
import io.harmony4j.conformance.Report;
import io.harmony4j.conformance.Runner;
import io.harmony4j.conformance.Suite;
import io.harmony4j.conformance.TestVector;
import io.harmony4j.conformance.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code harmony conformance peers}: the suite, run against this library and others. */
@Command(
        name = "peers",
        mixinStandardHelpOptions = true,
        description = "Run the conformance suite against this library and others, and write one matrix.",
        footer = {
            "",
            "The others are openai-harmony, tiktoken and gpt-tokenizer from npm, in fixed",
            "versions, for which node and npm are needed, and JTokkit. One that cannot be",
            "installed or started is left out with a note. Each report is written as JSON",
            "into the folder --work.",
            "",
            "Exit codes: 0 this library is right, 3 it has a MUST vector wrong, 4 only",
            "SHOULD vectors.",
            "",
            "Example:",
            "  harmony conformance peers --html matrix.html --markdown matrix.md",
        })
final class ConformancePeersCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String BEGIN = "<!-- matrix -->";
    private static final String END = "<!-- end of matrix -->";

    @Spec
    private CommandSpec spec;

    @Mixin
    private final OnlyOption only = new OnlyOption();

    @Option(
            names = "--work",
            paramLabel = "DIR",
            defaultValue = "target/peers",
            description = "Where to install and to write reports; default ${DEFAULT-VALUE}.")
    private Path work;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page to look at in a browser.")
    private @Nullable Path html;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Write the matrix into this file, between " + BEGIN + " and " + END + " if it has these.")
    private @Nullable Path markdown;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = work.toAbsolutePath();
        OutputFiles.makeFolder(folder);
        OutputFiles.check(html, markdown);
        PeerDriver.writeFiles(folder);
        Suite suite = Suite.load();
        List<TestVector> vectors = only.of(suite);
        Map<String, Report> byName = new LinkedHashMap<>();
        for (PeerDriver driver : PeerDriver.all(folder)) {
            try {
                driver.install(folder);
                byName.put(driver.name(), run(driver, suite, vectors));
            } catch (IOException | IllegalArgumentException e) {
                if (byName.isEmpty()) {
                    throw e; // this library: without it there is nothing to compare
                }
                spec.commandLine().getOut().println("Without " + driver.name() + ": " + ErrorLine.of(e));
            }
        }
        for (Map.Entry<String, Report> entry : byName.entrySet()) {
            Path json = folder.resolve(entry.getKey().toLowerCase(Locale.ROOT) + ".json");
            Files.writeString(json, entry.getValue().toJson());
        }
        List<Report> reports = List.copyOf(byName.values());
        String matrix = matrix(reports);
        spec.commandLine().getOut().print(matrix);
        if (markdown != null) {
            writeMarkdown(markdown, matrix);
        }
        if (html != null) {
            Files.writeString(html, Report.toHtml(reports, suite));
        }
        return ConformanceRunCommand.exitCode(reports.get(0), null);
    }

    private Report run(PeerDriver driver, Suite suite, List<TestVector> vectors) {
        try (Implementation implementation = DriverProcess.of(driver.commandLine(), PATIENCE);
                Progress progress = new Progress(spec.commandLine().getErr(), Terminal.isError())) {
            return new Runner(implementation)
                    .run(
                            suite,
                            vectors,
                            Set.of(),
                            (result, done, total) ->
                                    progress.show(driver.name() + ": " + done + " of " + total, (double) done / total));
        }
    }

    /** Returns the table in Markdown: by category, how many of the answers are right. */
    private static String matrix(List<Report> reports) {
        List<String> headings = new ArrayList<>(List.of("category", "cases"));
        reports.forEach(report -> headings.add(cell(report.implementation().toString())));
        MarkdownTable table = new MarkdownTable(headings);
        Set<String> categories = new TreeSet<>();
        reports.forEach(report -> categories.addAll(report.countsByCategory().keySet()));
        for (String category : categories) {
            table.add(row(
                    category,
                    reports.stream()
                            .map(report -> report.countsByCategory().getOrDefault(category, Map.of()))
                            .toList()));
        }
        table.add(row("all", reports.stream().map(Report::counts).toList()));
        List<String> labels = new ArrayList<>(List.of("labels", ""));
        reports.forEach(report -> labels.add(
                report.crashes() > 0
                        ? report.crashes() + " crashes"
                        : report.labels().stream().map(Object::toString).collect(Collectors.joining(", "))));
        table.add(labels);
        Report first = reports.get(0);
        return "Suite " + first.suite() + ", run on " + first.date().substring(0, 10)
                + ". Right answers / answers; the other cases are not offered.\n\n" + table;
    }

    /** Returns a name as it may stand in a table of Markdown, and on a terminal. */
    private static String cell(String name) {
        return ErrorLine.shown(name).replace("|", "\\|");
    }

    private static List<String> row(String name, List<Map<Verdict, Long>> counts) {
        List<String> cells = new ArrayList<>(List.of(name));
        cells.add(counts.stream()
                .map(one -> one.values().stream().mapToLong(Long::longValue).sum())
                .max(Long::compare)
                .orElse(0L)
                .toString());
        for (Map<Verdict, Long> one : counts) {
            long right = one.getOrDefault(Verdict.PASS, 0L) + one.getOrDefault(Verdict.NON_STRICT, 0L);
            long wrong = one.getOrDefault(Verdict.FAIL, 0L) + one.getOrDefault(Verdict.ERROR, 0L);
            cells.add(right + wrong == 0 ? "" : right + " / " + (right + wrong));
        }
        return cells;
    }

    /** Puts the matrix between the marks in a file, or makes it the whole file. */
    private static void writeMarkdown(Path file, String matrix) throws IOException {
        String old = Files.exists(file) ? Files.readString(file) : "";
        int begin = old.indexOf(BEGIN);
        int end = old.indexOf(END);
        boolean hasMarks = begin >= 0 && end > begin;
        Files.writeString(
                file, hasMarks ? old.substring(0, begin) + BEGIN + "\n" + matrix + old.substring(end) : matrix);
    }
}
