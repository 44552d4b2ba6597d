package io.harmony4j.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.harmony4j.conformance.Expectation.Comparison;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where two JSON values first differ, in words. */
final class Difference {
    private static final int MAX_SHOWN = 200;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Map<String, Comparison> rules;

    /** @param rules how values are compared, by their paths; everything below them too */
    Difference(Map<String, Comparison> rules) {
        this.rules = rules;
    }

    /** Returns where two values of a field differ, or null if they are equal. */
    @Nullable
    String between(String field, JsonNode expected, JsonNode actual) {
        return between(field, field, expected, actual, Comparison.EXACT);
    }

    /**
     * @param path what the place is called in the rules
     * @param place what it is called in the message: a path with places in lists
     */
    private @Nullable String between(
            String path, String place, JsonNode expected, JsonNode actual, Comparison inherited) {
        Comparison rule = rules.getOrDefault(path, inherited);
        if (expected.isObject() && actual.isObject()) {
            return betweenObjects(path, place, expected, actual, rule);
        }
        if (expected.isArray() && actual.isArray()) {
            return betweenLists(path, place, expected, actual, rule);
        }
        return equal(expected, actual, rule)
                ? null
                : place + ": expected " + shortened(expected) + " but found " + shortened(actual);
    }

    private @Nullable String betweenObjects(
            String path, String place, JsonNode expected, JsonNode actual, Comparison rule) {
        Set<String> names = new LinkedHashSet<>();
        expected.fieldNames().forEachRemaining(names::add);
        actual.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            String difference =
                    between(path + "." + name, place + "." + name, expected.path(name), actual.path(name), rule);
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private @Nullable String betweenLists(
            String path, String place, JsonNode expected, JsonNode actual, Comparison rule) {
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            String difference = between(path, place + "[" + i + "]", expected.path(i), actual.path(i), rule);
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private static boolean equal(JsonNode expected, JsonNode actual, Comparison rule) {
        if (expected.isNumber() && actual.isNumber()) {
            return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
        }
        if (!expected.isTextual() || !actual.isTextual()) {
            return expected.equals(actual);
        }
        String one = expected.textValue();
        String other = actual.textValue();
        return one.equals(other)
                || switch (rule) {
                    case EXACT -> false;
                    case TRIMMED -> trimmed(one).equals(trimmed(other));
                    case JSON_EQUAL -> sayTheSame(one, other);
                };
    }

    private static String trimmed(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static boolean sayTheSame(String one, String other) {
        try {
            JsonNode left = JSON.readTree(one);
            return left.isContainerNode() && new Difference(Map.of()).between("", left, JSON.readTree(other)) == null;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static String shortened(JsonNode node) {
        if (node.isMissingNode()) {
            return "nothing";
        }
        String text = node.toString();
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    }
}
