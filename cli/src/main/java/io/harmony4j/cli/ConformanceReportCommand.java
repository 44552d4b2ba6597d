package io.harmony4j.cli;

import io.harmony4j.conformance.Report;
import io.harmony4j.conformance.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code harmony conformance report}: several implementations on one page. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Show the reports of several implementations on one page.",
        footer = {
            "",
            "Example:",
            "  harmony conformance report one.json other.json --html matrix.html",
        })
final class ConformanceReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Reports that run has written with --json.")
    private List<Path> files;

    @Option(names = "--html", paramLabel = "FILE", required = true, description = "The page to write.")
    private Path html;

    @Override
    public Integer call() throws IOException {
        OutputFiles.check(html);
        List<Report> reports = new ArrayList<>();
        for (Path file : files) {
            reports.add(read(file));
        }
        Files.writeString(html, Report.toHtml(reports, Suite.load()));
        return 0;
    }

    /** Reads a report; errors name the file. */
    static Report read(Path file) throws IOException {
        Input input = new Input(file.toString());
        try {
            return Report.fromJson(input.text());
        } catch (IllegalArgumentException e) {
            throw input.error(e);
        }
    }
}
