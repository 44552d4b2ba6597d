package io.harmony4j.conformance;

import io.harmony4j.conformance.Report.Identity;
import io.harmony4j.conformance.Report.Result;
import io.harmony4j.conformance.TestVector.Level;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads reports that {@link JsonReportWriter} has written. */
final class JsonReportReader {
    private JsonReportReader() {}

    static Report read(String text) {
        JsonValue json;
        try {
            json = Json.parseAny(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected a report in JSON but found: " + e.getMessage(), e);
        }
        if (!json.get("suite").isString() || !json.get("results").isArray()) {
            throw new IllegalArgumentException("expected a report with the fields suite and results but found neither");
        }
        return new Report(
                json.get("suite").text(),
                Lenient.text(json.get("date")),
                Identity.of(json.get("implementation")),
                labels(json.get("labels").elements()),
                json.get("results").elements().stream()
                        .map(JsonReportReader::result)
                        .toList(),
                json.get("log").elements().stream().map(Lenient::text).toList(),
                crashes(json.get("crashes")));
    }

    /** Returns a number; 0 in older reports, which have none. */
    private static int crashes(JsonValue count) {
        return count.isInteger() ? (int) Math.min(Integer.MAX_VALUE, Math.max(0, count.doubleValue())) : 0;
    }

    private static List<Label> labels(List<JsonValue> texts) {
        List<Label> labels = new ArrayList<>();
        for (JsonValue text : texts) {
            Arrays.stream(Label.values())
                    .filter(label -> label.toString().equals(Lenient.text(text)))
                    .forEach(labels::add);
        }
        return labels;
    }

    private static Result result(JsonValue json) {
        JsonValue millis = json.get("ms");
        return new Result(
                text(json, "id"),
                level(text(json, "level")),
                text(json, "category"),
                Verdict.of(text(json, "verdict")),
                Lenient.text(json.get("reason")),
                json.get("expected"),
                json.get("actual"),
                millis.isNumber() ? millis.doubleValue() : 0);
    }

    private static String text(JsonValue result, String field) {
        String text = result.get(field).textOrNull();
        if (text == null) {
            throw new IllegalArgumentException("expected a report whose results have the field " + field + " but found "
                    + result.get(field) + " in " + result);
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
