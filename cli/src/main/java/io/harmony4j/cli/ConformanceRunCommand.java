package io.harmony4j.cli;

import io.harmony4j.conformance.Implementation;
import io.harmony4j.conformance.Report;
import io.harmony4j.conformance.Report.Result;
import io.harmony4j.conformance.Runner;
import io.harmony4j.conformance.Suite;
import io.harmony4j.conformance.TestVector;
import io.harmony4j.conformance.TestVector.Level;
import io.harmony4j.conformance.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code harmony conformance run}: the suite, run against an implementation. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run the conformance suite against an implementation, and write reports.",
        footer = {
            "",
            "The implementation is a program that reads requests and writes answers, a JSON",
            "object on each line: PROTOCOL.md beside the vectors. What it writes to standard",
            "error is kept for the report.",
            "",
            "Exit codes: 0 what must and should be right is, 1 bad input, no driver, or none",
            "that answers anything, 2 wrong usage, 3 a MUST vector is wrong or the driver",
            "crashed, 4 only SHOULD vectors are wrong.",
            "",
            "Examples:",
            "  harmony conformance run --driver 'python3 my_driver.py' --html report.html",
            "  harmony conformance run --driver ./driver --only 'parse-*' --level MUST",
            "  harmony conformance run --driver ./driver --baseline known.json",
        })
final class ConformanceRunCommand implements Callable<Integer> {
    private static final int MUST_WRONG = 3;
    private static final int SHOULD_WRONG = 4;
    private static final int SHOWN = 10;
    private static final int SHOWN_SKIPS = 5;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final DriverOptions driver = new DriverOptions();

    @Mixin
    private final OnlyOption only = new OnlyOption();

    @Option(
            names = "--level",
            defaultValue = "MAY",
            description = "Vectors that are at least this binding: ${COMPLETION-CANDIDATES}; default all.")
    private Level level;

    @Option(
            names = "--skip",
            paramLabel = "FILE",
            description = "Ids of vectors not to ask for, one on each line; # begins a remark.")
    private @Nullable Path skip;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "An earlier --json report: only what was right in it and is not any more counts.")
    private @Nullable Path baseline;

    @Option(
            names = "--vectors",
            paramLabel = "FILE",
            description = "Vectors to run in place of the suite, as fuzz writes them.")
    private @Nullable Path vectors;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON.")
    private @Nullable Path json;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the report as the XML of JUnit.")
    private @Nullable Path junit;

    @Option(
            names = "--badge",
            paramLabel = "FILE",
            description = "Write an image, SVG, of what the implementation may call itself.")
    private @Nullable Path badge;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page to look at in a browser.")
    private @Nullable Path html;

    @Override
    public Integer call() throws IOException {
        OutputFiles.check(json, junit, badge, html);
        Suite suite = Suite.load();
        Suite asked = vectors == null ? suite : Suite.read(vectors);
        List<TestVector> chosen = only.of(asked).stream()
                .filter(vector -> vector.level().compareTo(level) <= 0)
                .toList();
        if (chosen.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "expected vectors of --level " + level + " but found none");
        }
        Report known = baseline == null ? null : ConformanceReportCommand.read(baseline);
        Set<String> skipped = skip == null ? Set.of() : ids(skip);
        long start = System.nanoTime();
        Report report;
        try (Implementation implementation = driver.implementation();
                Progress progress = new Progress(spec.commandLine().getErr(), Terminal.isError())) {
            report = new Runner(implementation)
                    .run(
                            // labels are earned with the whole suite, whatever is asked
                            new Suite(asked.version(), suite.vectors()),
                            chosen,
                            skipped,
                            (result, done, total) -> progress.show(
                                    ErrorLine.shown(done + " of " + total + ", " + result.category()),
                                    (double) done / total));
        }
        print(report, wrong(report, known), (System.nanoTime() - start) / 1e9);
        write(json, report.toJson());
        write(junit, report.toJunitXml());
        write(badge, report.toBadge());
        if (html != null) {
            write(html, Report.toHtml(List.of(report), asked));
        }
        if (!report.isOfAnything()) {
            throw new IllegalArgumentException("expected a driver that answers some of the cases but all "
                    + report.results().size() + " were skipped: " + skips(report));
        }
        return exitCode(report, known);
    }

    private static Set<String> ids(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.toSet());
        }
    }

    private static void write(@Nullable Path file, String text) throws IOException {
        if (file != null) {
            Files.writeString(file, text);
        }
    }

    private void print(Report report, List<Result> wrong, double seconds) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s, suite %s: %,d cases in %.1f s%n%n",
                ErrorLine.shown(report.implementation().toString()),
                ErrorLine.shown(report.suite()),
                report.results().size(),
                seconds);
        out.printf("%-22s%8s%12s%8s%8s%8s%n", "", "PASS", "NON-STRICT", "FAIL", "ERROR", "SKIP");
        report.countsByCategory().forEach((category, counts) -> out.println(row(category, counts)));
        out.println(row("all", report.counts()));
        out.println();
        for (Result result : wrong.subList(0, Math.min(SHOWN, wrong.size()))) {
            out.println(ErrorLine.shown(
                    result.verdict() + " " + result.level() + " " + result.id() + ": " + result.reason()));
        }
        if (wrong.size() > SHOWN) {
            out.println("... and " + (wrong.size() - SHOWN) + " more: --html FILE shows all");
        }
        if (baseline != null) {
            out.println(ErrorLine.shown("Regressions since " + baseline + ": " + wrong.size()));
        }
        if (!report.skips().isEmpty()) {
            out.println(ErrorLine.shown("Skipped: " + skips(report)));
        }
        if (report.crashes() > 0) {
            out.println("Crashes, silences and lines that are no answer: " + report.crashes()
                    + "; the driver earns no label, however it answered afterwards");
        }
        report.log().forEach(line -> out.println(ErrorLine.shown("Driver: " + line)));
        report.labelsNotTried()
                .forEach((label, reason) ->
                        out.println(ErrorLine.shown("Not tried for the label " + label + ": " + reason)));
        String labels = report.labels().stream().map(Object::toString).collect(Collectors.joining(", "));
        out.println("Labels: " + (labels.isEmpty() ? "none" : labels));
    }

    /** Returns the most frequent reasons of skipped cases, each with its number. */
    private static String skips(Report report) {
        Map<String, Long> skips = report.skips();
        String reasons = skips.entrySet().stream()
                .limit(SHOWN_SKIPS)
                .map(skip -> skip.getValue() + " " + ErrorLine.shown(skip.getKey()))
                .collect(Collectors.joining("; "));
        int others = skips.size() - SHOWN_SKIPS;
        return others > 0 ? reasons + "; and for " + others + " other reasons" : reasons;
    }

    private static String row(String name, Map<Verdict, Long> counts) {
        List<Object> cells = new ArrayList<>(List.of(ErrorLine.shown(name)));
        cells.addAll(counts.values());
        return String.format(Locale.ROOT, "%-22s%8d%12d%8d%8d%8d", cells.toArray());
    }

    private static List<Result> wrong(Report report, @Nullable Report known) {
        return known == null ? report.failures() : report.regressionsSince(known);
    }

    /**
     * Returns the exit code of a report: the most binding vector that is wrong decides, or that the driver crashed.
     *
     * @param known what was known before and does not count, or null
     */
    static int exitCode(Report report, @Nullable Report known) {
        List<Result> wrong = wrong(report, known);
        boolean isNewlyCrashing = report.crashes() > 0 && (known == null || known.crashes() == 0);
        if (isNewlyCrashing || wrong.stream().anyMatch(result -> result.level() == Level.MUST)) {
            return MUST_WRONG;
        }
        return wrong.stream().anyMatch(result -> result.level() == Level.SHOULD) ? SHOULD_WRONG : 0;
    }
}
