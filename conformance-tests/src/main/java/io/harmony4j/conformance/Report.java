package io.harmony4j.conformance;

import static java.util.Objects.requireNonNull;

import io.harmony4j.conformance.TestVector.Level;
import io.harmony4j.json.JsonValue;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a run has found.
 *
 * @param suite the version of the suite
 * @param date when it ran, as in {@code 2026-11-25T09:30:00Z}
 * @param implementation what was tested
 * @param labels what it may call itself; none if only a part of the suite was run
 * @param results a result for each case, in the order of the suite
 * @param log what happened besides: restarts, and the end of standard error
 * @param crashes how often the implementation crashed, was silent for too long or wrote something that is no answer
 */
public record Report(
        String suite,
        String date,
        Identity implementation,
        List<Label> labels,
        List<Result> results,
        List<String> log,
        int crashes) {
    public Report {
        requireNonNull(suite, "suite");
        requireNonNull(date, "date");
        requireNonNull(implementation, "implementation");
        labels = List.copyOf(requireNonNull(labels, "labels"));
        results = List.copyOf(requireNonNull(results, "results"));
        log = List.copyOf(requireNonNull(log, "log"));
    }

    /** What an implementation says about itself; parts may be empty. */
    public record Identity(String name, String version, String language, String homepage) {
        public Identity {
            requireNonNull(name, "name");
            requireNonNull(version, "version");
            requireNonNull(language, "language");
            requireNonNull(homepage, "homepage");
        }

        static Identity of(JsonValue implementation) {
            return new Identity(
                    Lenient.text(implementation.get("name"), "unknown"),
                    Lenient.text(implementation.get("version")),
                    Lenient.text(implementation.get("language")),
                    Lenient.text(implementation.get("homepage")));
        }

        /** Returns name and version. */
        @Override
        public String toString() {
            return version.isEmpty() ? name : name + " " + version;
        }
    }

    /**
     * What became of one case.
     *
     * @param id the vector's id, or {@code ID/n} for one of its cases
     * @param reason why it is so, in a line; empty for PASS
     * @param expected what the vector expects of the answer
     * @param actual the same fields of the answer; null if there was none
     * @param millis how long the answer took, in milliseconds
     */
    public record Result(
            String id,
            Level level,
            String category,
            Verdict verdict,
            String reason,
            JsonValue expected,
            JsonValue actual,
            double millis) {
        public Result {
            requireNonNull(id, "id");
            requireNonNull(level, "level");
            requireNonNull(category, "category");
            requireNonNull(verdict, "verdict");
            requireNonNull(reason, "reason");
            requireNonNull(expected, "expected");
            requireNonNull(actual, "actual");
        }
    }

    /** Returns the number of results of each verdict. */
    public Map<Verdict, Long> counts() {
        return counts(results);
    }

    /** Returns the number of results of each verdict, by category in alphabetical order. */
    public Map<String, Map<Verdict, Long>> countsByCategory() {
        return results.stream()
                .collect(Collectors.groupingBy(
                        Result::category,
                        TreeMap::new,
                        Collectors.collectingAndThen(Collectors.toList(), Report::counts)));
    }

    private static Map<Verdict, Long> counts(List<Result> results) {
        Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
        Arrays.stream(Verdict.values()).forEach(verdict -> counts.put(verdict, 0L));
        results.forEach(result -> counts.merge(result.verdict(), 1L, Long::sum));
        return counts;
    }

    /** Returns what is bad: failed, or an error. */
    public List<Result> failures() {
        return results.stream().filter(result -> result.verdict().isBad()).toList();
    }

    /** Returns why cases were skipped: how many for each reason, the most frequent first; empty if none was. */
    public Map<String, Long> skips() {
        return skips(results);
    }

    /**
     * Returns the labels that the implementation does not try for, as every case that they ask for was skipped, each with the
     * most frequent reason, as in {@code not offered: api_chat_request}.
     */
    public Map<Label, String> labelsNotTried() {
        Map<Label, String> labels = new EnumMap<>(Label.class);
        for (Label label : Label.values()) {
            List<Result> asked = results.stream()
                    .filter(result -> label.asksFor(result.category(), result.level()))
                    .toList();
            if (!asked.isEmpty() && asked.stream().allMatch(result -> result.verdict() == Verdict.SKIP)) {
                labels.put(label, skips(asked).keySet().iterator().next());
            }
        }
        return labels;
    }

    private static Map<String, Long> skips(List<Result> results) {
        Map<String, Long> counts = results.stream()
                .filter(result -> result.verdict() == Verdict.SKIP)
                .collect(Collectors.groupingBy(Result::reason, Collectors.counting()));
        Map<String, Long> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    /** Returns whether there is an answer at all: a report of nothing but skipped cases says nothing. */
    public boolean isOfAnything() {
        return results.stream().anyMatch(result -> result.verdict() != Verdict.SKIP);
    }

    /** Returns what was right in an earlier report, and is not any more. */
    public List<Result> regressionsSince(Report baseline) {
        requireNonNull(baseline, "baseline");
        Predicate<Result> isRight =
                result -> result.verdict() == Verdict.PASS || result.verdict() == Verdict.NON_STRICT;
        var right = baseline.results.stream().filter(isRight).map(Result::id).collect(Collectors.toSet());
        return results.stream()
                .filter(isRight.negate())
                .filter(result -> right.contains(result.id()))
                .toList();
    }

    /** Returns the report as JSON; {@code docs/conformance.md} has its fields. */
    public String toJson() {
        return JsonReportWriter.write(this);
    }

    /**
     * Reads a report.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static Report fromJson(String json) {
        return JsonReportReader.read(requireNonNull(json, "json"));
    }

    /** Returns the report as the XML of JUnit, a test suite for each category. */
    public String toJunitXml() {
        return JunitXmlWriter.write(this);
    }

    /** Returns an SVG image with the labels and the share of what is right. */
    public String toBadge() {
        return BadgeWriter.write(this);
    }

    /**
     * Returns a page that needs nothing else, for a browser: implementations by category, and each case.
     *
     * @param suite has what the reports do not: descriptions and requests
     */
    public static String toHtml(List<Report> reports, Suite suite) {
        return HtmlWriter.write(requireNonNull(reports, "reports"), requireNonNull(suite, "suite"));
    }
}
