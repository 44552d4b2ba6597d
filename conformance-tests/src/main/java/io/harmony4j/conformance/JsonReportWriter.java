package io.harmony4j.conformance;

import io.harmony4j.conformance.Report.Identity;
import io.harmony4j.conformance.Report.Result;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;

/** Writes a report as JSON, with a result on each line. */
final class JsonReportWriter {
    private static final int FORMAT = 1;

    /** Times are written to a thousandth of a millisecond. */
    private static final double STEPS_PER_MILLI = 1e3;

    private JsonReportWriter() {}

    static String write(Report report) {
        String head = AsciiJson.write(head(report));
        StringBuilder all = new StringBuilder(head.substring(0, head.length() - 1)).append(",\"results\":[");
        String separator = "\n";
        for (Result result : report.results()) {
            all.append(separator).append(AsciiJson.write(json(result)));
            separator = ",\n";
        }
        return all.append("\n]}\n").toString();
    }

    private static JsonObject head(Report report) {
        Identity implementation = report.implementation();
        JsonObject identity = JsonObject.builder()
                .put("name", implementation.name())
                .put("version", implementation.version())
                .put("language", implementation.language())
                .put("homepage", implementation.homepage())
                .build();
        JsonObject.Builder counts = JsonObject.builder();
        report.counts().forEach((verdict, count) -> counts.put(verdict.toString(), count));
        return JsonObject.builder()
                .put("format", FORMAT)
                .put("suite", report.suite())
                .put("date", report.date())
                .put("implementation", identity)
                .put(
                        "labels",
                        JsonArray.ofTexts(
                                report.labels().stream().map(Label::toString).toList()))
                .put("counts", counts.build())
                .put("crashes", report.crashes())
                .put("log", JsonArray.ofTexts(report.log()))
                .build();
    }

    private static JsonObject json(Result result) {
        return JsonObject.builder()
                .put("id", result.id())
                .put("level", result.level().name())
                .put("category", result.category())
                .put("verdict", result.verdict().toString())
                .put("reason", result.reason())
                .put("expected", result.expected())
                .put("actual", result.actual())
                .put("ms", Math.round(result.millis() * STEPS_PER_MILLI) / STEPS_PER_MILLI)
                .build();
    }
}
