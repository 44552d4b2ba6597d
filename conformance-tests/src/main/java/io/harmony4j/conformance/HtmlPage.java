package io.harmony4j.conformance;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.harmony4j.conformance.Report.Result;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reports as one page for a browser: {@code report.html} with their data in it.
 *
 * <p>The data: {@code runs}, the implementations; {@code cases}, each once, whoever was asked; {@code results}, for each run and
 * each case its verdict; {@code texts}, what each token stands for that is shown anywhere.
 */
final class HtmlPage {
    private static final String TEMPLATE = "report.html";
    private static final String DATA = "/*DATA*/";

    private final ObjectNode data = JsonNodeFactory.instance.objectNode();
    private final TreeSet<Integer> tokens = new TreeSet<>();

    private HtmlPage() {}

    static String of(List<Report> reports, Suite suite) {
        HtmlPage page = new HtmlPage();
        page.add(reports, suite);
        // as JSON and as HTML, < may be written so
        String json = ReportJson.line(page.data).replace("<", "\\u003c");
        return template().replace(DATA, json);
    }

    private static String template() {
        try (InputStream in = requireNonNull(HtmlPage.class.getResourceAsStream(TEMPLATE), TEMPLATE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + TEMPLATE, e);
        }
    }

    private void add(List<Report> reports, Suite suite) {
        Map<String, Vector> vectors = new LinkedHashMap<>();
        suite.vectors().forEach(vector -> vector.cases().forEach(one -> vectors.put(one.id(), one)));
        Map<String, Result> asked = new LinkedHashMap<>(); // by id: whatever says what is expected
        reports.forEach(report -> report.results().forEach(result -> asked.putIfAbsent(result.id(), result)));

        data.put("suite", reports.stream().map(Report::suite).distinct().collect(Collectors.joining(", ")));
        ArrayNode runs = data.putArray("runs");
        ArrayNode cases = data.putArray("cases");
        ArrayNode results = data.putArray("results");
        asked.values().forEach(result -> addCase(cases.addObject(), result, vectors.get(result.id())));
        for (Report report : reports) {
            addRun(runs.addObject(), report);
            Map<String, Result> found = new LinkedHashMap<>();
            report.results().forEach(result -> found.put(result.id(), result));
            ArrayNode row = results.addArray();
            asked.keySet().forEach(id -> addResult(row, found.get(id)));
        }
        ObjectNode texts = data.putObject("texts");
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        tokens.forEach(token -> addText(texts, token, tokenizer));
    }

    private static void addRun(ObjectNode run, Report report) {
        Report.Identity implementation = report.implementation();
        run.put("name", implementation.name())
                .put("version", implementation.version())
                .put("language", implementation.language())
                .put("date", report.date());
        ArrayNode labels = run.putArray("labels");
        report.labels().forEach(label -> labels.add(label.toString()));
        ArrayNode log = run.putArray("log");
        report.log().forEach(log::add);
    }

    private void addCase(ObjectNode into, Result result, @Nullable Vector vector) {
        into.put("id", result.id()).put("level", result.level().name()).put("category", result.category());
        into.put("description", vector == null ? "" : vector.description());
        if (vector != null) {
            into.put("source", vector.source());
            into.set("given", shown(vector.given()));
        }
        into.set("expected", shown(result.expected()));
    }

    /** A right answer is as expected, and not written again. */
    private void addResult(ArrayNode row, @Nullable Result result) {
        if (result == null) {
            row.addNull();
            return;
        }
        ObjectNode into = row.addObject();
        into.put("verdict", result.verdict().toString());
        if (!result.reason().isEmpty()) {
            into.put("reason", result.reason());
        }
        if (result.verdict() != Verdict.SKIP) {
            into.put("ms", BigDecimal.valueOf(result.millis()).setScale(2, RoundingMode.HALF_UP));
        }
        if (result.verdict() != Verdict.PASS && result.actual().isObject()) {
            into.set("actual", shown(result.actual()));
        }
    }

    /** Returns a value, having noted the tokens in it. */
    private JsonNode shown(JsonNode value) {
        if (value.isArray() && !value.isEmpty() && value.path(0).isInt()) {
            value.forEach(token -> tokens.add(token.intValue()));
        } else {
            value.forEach(this::shown);
        }
        return value;
    }

    /** Adds what a token stands for, unless it is unknown or no whole characters. */
    private static void addText(ObjectNode texts, int token, Tokenizer tokenizer) {
        try {
            texts.put(String.valueOf(token), tokenizer.decodeStrict(new int[] {token}));
        } catch (IllegalArgumentException e) {
            // it is shown by its number
        }
    }
}
