package io.harmony4j.conformance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.harmony4j.conformance.Report.Identity;
import io.harmony4j.conformance.Report.Result;
import io.harmony4j.conformance.Vector.Level;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reports as JSON, with a result on each line. */
final class ReportJson {
    private static final String SUITE = "suite";
    private static final String RESULTS = "results";
    private static final int FORMAT = 1;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            // half a surrogate pair has no UTF-8
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private ReportJson() {}

    static String write(Report report) {
        ObjectNode head = JSON.createObjectNode();
        head.put("format", FORMAT).put(SUITE, report.suite()).put("date", report.date());
        Identity implementation = report.implementation();
        head.putObject("implementation")
                .put("name", implementation.name())
                .put("version", implementation.version())
                .put("language", implementation.language())
                .put("homepage", implementation.homepage());
        ArrayNode labels = head.putArray("labels");
        report.labels().forEach(label -> labels.add(label.toString()));
        ObjectNode counts = head.putObject("counts");
        report.counts().forEach((verdict, count) -> counts.put(verdict.toString(), count));
        ArrayNode log = head.putArray("log");
        report.log().forEach(log::add);
        String text = line(head);
        StringBuilder all = new StringBuilder(text.substring(0, text.length() - 1)).append(",\"" + RESULTS + "\":[");
        String separator = "\n";
        for (Result result : report.results()) {
            all.append(separator).append(line(json(result)));
            separator = ",\n";
        }
        return all.append("\n]}\n").toString();
    }

    private static ObjectNode json(Result result) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", result.id())
                .put("level", result.level().name())
                .put("category", result.category())
                .put("verdict", result.verdict().toString())
                .put("reason", result.reason());
        json.set("expected", result.expected());
        json.set("actual", result.actual());
        return json.put("ms", BigDecimal.valueOf(result.millis()).setScale(3, RoundingMode.HALF_UP));
    }

    /** Returns a value on one line, in ASCII. */
    static String line(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Report read(String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("expected a report in JSON but found: " + e.getOriginalMessage(), e);
        }
        if (!json.path(SUITE).isTextual() || !json.path(RESULTS).isArray()) {
            throw new IllegalArgumentException("expected a report with the fields suite and results but found neither");
        }
        List<Result> results = new ArrayList<>();
        for (JsonNode result : json.path(RESULTS)) {
            results.add(new Result(
                    text(result, "id"),
                    level(text(result, "level")),
                    text(result, "category"),
                    Verdict.of(text(result, "verdict")),
                    result.path("reason").asText(),
                    result.path("expected"),
                    result.path("actual"),
                    result.path("ms").asDouble()));
        }
        List<String> log = new ArrayList<>();
        json.path("log").forEach(line -> log.add(line.asText()));
        List<Label> labels = new ArrayList<>();
        for (JsonNode label : json.path("labels")) {
            Arrays.stream(Label.values())
                    .filter(one -> one.toString().equals(label.asText()))
                    .forEach(labels::add);
        }
        return new Report(
                text(json, SUITE),
                json.path("date").asText(),
                Identity.of(json.path("implementation")),
                labels,
                results,
                log);
    }

    private static String text(JsonNode object, String field) {
        String text = object.path(field).textValue();
        if (text == null) {
            throw new IllegalArgumentException("expected a report whose results have the field " + field + " but found "
                    + object.path(field) + " in " + object);
        }
        return text;
    }

    private static Level level(String name) {
        return Arrays.stream(Level.values())
                .filter(level -> level.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a report whose levels are MUST, SHOULD or MAY but found \"" + name + "\""));
    }
}
