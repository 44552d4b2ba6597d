package io.harmony4j.conformance;

import static java.util.Objects.requireNonNull;

import io.harmony4j.conformance.Report.Result;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes reports as one page for a browser: {@code report.html} with their data in it.
 *
 * <p>The data: {@code runs}, the implementations; {@code cases}, each once, whoever was asked; {@code results}, for each run and
 * each case its verdict; {@code texts}, what each token stands for that is shown anywhere.
 */
final class HtmlWriter {
    private static final String TEMPLATE = "report.html";
    private static final String DATA = "/*DATA*/";

    /** Times are written to a hundredth of a millisecond. */
    private static final double STEPS_PER_MILLI = 1e2;

    private final TreeSet<Integer> tokens = new TreeSet<>(); // that are shown

    private HtmlWriter() {}

    static String write(List<Report> reports, Suite suite) {
        // as JSON and as HTML, < may be written so
        String json = AsciiJson.write(new HtmlWriter().data(reports, suite)).replace("<", "\\u003c");
        return template().replace(DATA, json);
    }

    private static String template() {
        try (InputStream in = requireNonNull(HtmlWriter.class.getResourceAsStream(TEMPLATE), TEMPLATE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + TEMPLATE, e);
        }
    }

    private JsonObject data(List<Report> reports, Suite suite) {
        Map<String, TestVector> vectors = new LinkedHashMap<>();
        suite.vectors().forEach(vector -> vector.cases().forEach(one -> vectors.put(one.id(), one)));
        Map<String, Result> asked = new LinkedHashMap<>(); // by id: whatever says what is expected
        reports.forEach(report -> report.results().forEach(result -> asked.putIfAbsent(result.id(), result)));

        List<JsonValue> cases = new ArrayList<>();
        asked.values().forEach(result -> cases.add(oneCase(result, vectors.get(result.id()))));
        List<JsonValue> runs = new ArrayList<>();
        List<JsonValue> results = new ArrayList<>();
        for (Report report : reports) {
            runs.add(run(report));
            Map<String, Result> found = new LinkedHashMap<>();
            report.results().forEach(result -> found.put(result.id(), result));
            results.add(JsonArray.of(
                    asked.keySet().stream().map(id -> result(found.get(id))).toList()));
        }
        return JsonObject.builder()
                .put("suite", reports.stream().map(Report::suite).distinct().collect(Collectors.joining(", ")))
                .put("runs", JsonArray.of(runs))
                .put("cases", JsonArray.of(cases))
                .put("results", JsonArray.of(results))
                .put("texts", texts())
                .build();
    }

    private static JsonObject run(Report report) {
        Report.Identity implementation = report.implementation();
        JsonObject.Builder notTried = JsonObject.builder();
        report.labelsNotTried().forEach((label, reason) -> notTried.put(label.toString(), reason));
        return JsonObject.builder()
                .put("name", implementation.name())
                .put("version", implementation.version())
                .put("language", implementation.language())
                .put("date", report.date())
                .put(
                        "labels",
                        JsonArray.ofTexts(
                                report.labels().stream().map(Label::toString).toList()))
                .put("labelsNotTried", notTried.build())
                .put("crashes", report.crashes())
                .put("log", JsonArray.ofTexts(report.log()))
                .build();
    }

    private JsonObject oneCase(Result result, @Nullable TestVector vector) {
        JsonObject.Builder json = JsonObject.builder()
                .put("id", result.id())
                .put("level", result.level().name())
                .put("category", result.category())
                .put("description", vector == null ? "" : vector.description());
        if (vector != null) {
            json.put("source", vector.source()).put("given", shown(vector.given()));
        }
        return json.put("expected", shown(result.expected())).build();
    }

    /** A right answer is as expected, and not written again. */
    private JsonValue result(@Nullable Result result) {
        if (result == null) {
            return JsonValue.ofNull();
        }
        JsonObject.Builder json =
                JsonObject.builder().put("verdict", result.verdict().toString());
        if (!result.reason().isEmpty()) {
            json.put("reason", result.reason());
        }
        if (result.verdict() != Verdict.SKIP) {
            json.put("ms", Math.round(result.millis() * STEPS_PER_MILLI) / STEPS_PER_MILLI);
        }
        if (result.verdict() != Verdict.PASS && result.actual().isObject()) {
            json.put("actual", shown(result.actual()));
        }
        return json.build();
    }

    /** Returns a value, having noted the tokens in it: the integers in lists. */
    private JsonValue shown(JsonValue value) {
        for (JsonValue element : value.elements()) {
            if (element.isInteger() && element.doubleValue() == (int) element.doubleValue()) {
                tokens.add(element.intValue());
            } else {
                shown(element);
            }
        }
        value.members().values().forEach(this::shown);
        return value;
    }

    /** Returns what each token stands for; one that is unknown or no whole characters is left out, and shown by its number. */
    private JsonObject texts() {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        JsonObject.Builder texts = JsonObject.builder();
        for (int token : tokens) {
            try {
                texts.put(String.valueOf(token), tokenizer.decodeStrict(new int[] {token}));
            } catch (IllegalArgumentException e) {
                // no text
            }
        }
        return texts.build();
    }
}
