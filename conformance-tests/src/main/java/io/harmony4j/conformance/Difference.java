package io.harmony4j.conformance;

import io.harmony4j.conformance.Expectation.Comparison;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where two JSON values first differ, in words. */
final class Difference {
    private static final int MAX_SHOWN = 200;

    /** Expects, where not all fields count, a part of the text of another field. */
    private static final String MESSAGE = "message";

    private static final String MESSAGE_CONTAINS = MESSAGE + "_contains";

    private final Map<String, Comparison> rules;
    private final Matchers matchers = new Matchers();

    /** The field to which later rounds of the protocol add fields; those that a vector does not expect are ignored. */
    private static final String CHAT = "chat";

    /** @param rules how values are compared, by their paths; everything below them too */
    Difference(Map<String, Comparison> rules) {
        this.rules = rules;
    }

    /** Returns where two values of a field differ, or null if they are equal; a value that is null is not there. */
    @Nullable
    String between(String field, @Nullable JsonValue expected, @Nullable JsonValue actual) {
        return between(field, field, expected, actual, Comparison.EXACT);
    }

    /**
     * @param path what the place is called in the rules
     * @param place what it is called in the message: a path with places in lists
     */
    private @Nullable String between(
            String path, String place, @Nullable JsonValue expected, @Nullable JsonValue actual, Comparison inherited) {
        Comparison rule = rules.getOrDefault(path, inherited);
        if (rule == Comparison.SUBSET && expected != null && Matchers.isMatcher(expected)) {
            String unmet = matchers.unmet(expected.text(), actual);
            return unmet == null ? null : place + ": expected " + unmet + " but found " + shortened(actual);
        }
        if (expected instanceof JsonObject one && actual instanceof JsonObject other) {
            return betweenObjects(path, place, one, other, rule);
        }
        if (expected instanceof JsonArray one && actual instanceof JsonArray other) {
            return betweenLists(path, place, one.elements(), other.elements(), rule);
        }
        return equal(expected, actual, rule)
                ? null
                : place + ": expected " + shortened(expected) + " but found " + shortened(actual);
    }

    private @Nullable String betweenObjects(
            String path, String place, JsonObject expected, JsonObject actual, Comparison rule) {
        Set<String> names = new LinkedHashSet<>(expected.members().keySet());
        if (!path.equals(CHAT) && rule != Comparison.SUBSET) {
            names.addAll(actual.members().keySet());
        }
        for (String name : names) {
            if (rule == Comparison.SUBSET && name.equals(MESSAGE_CONTAINS)) {
                String part = expected.get(name).text();
                if (!Lenient.text(actual.get(MESSAGE)).contains(part)) {
                    return place + ".message: expected a text with \"" + part + "\" in it but found "
                            + shortened(actual.members().get(MESSAGE));
                }
                continue;
            }
            String difference = between(
                    path + "." + name,
                    place + "." + name,
                    expected.members().get(name),
                    actual.members().get(name),
                    rule);
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private @Nullable String betweenLists(
            String path, String place, List<JsonValue> expected, List<JsonValue> actual, Comparison rule) {
        if (rule == Comparison.SET) {
            return betweenSets(place, new LinkedHashSet<>(expected), new LinkedHashSet<>(actual));
        }
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            String difference =
                    between(path, place + "[" + i + "]", elementOrNull(expected, i), elementOrNull(actual, i), rule);
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private static @Nullable String betweenSets(String place, Set<JsonValue> expected, Set<JsonValue> actual) {
        for (JsonValue element : expected) {
            if (!actual.contains(element)) {
                return place + ": expected " + shortened(element) + " in any place but found "
                        + shortened(JsonArray.of(actual));
            }
        }
        for (JsonValue element : actual) {
            if (!expected.contains(element)) {
                return place + ": expected nothing else than " + shortened(JsonArray.of(expected)) + " but found "
                        + shortened(element);
            }
        }
        return null;
    }

    private static @Nullable JsonValue elementOrNull(List<JsonValue> elements, int i) {
        return i < elements.size() ? elements.get(i) : null;
    }

    private static boolean equal(@Nullable JsonValue expected, @Nullable JsonValue actual, Comparison rule) {
        if (expected == null || actual == null || expected.equals(actual)) {
            return Objects.equals(expected, actual);
        }
        if (expected.isNumber() && actual.isNumber()) {
            return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
        }
        String one = expected.textOrNull();
        String other = actual.textOrNull();
        if (one == null || other == null) {
            return false;
        }
        return switch (rule) {
            case EXACT, SUBSET, SET -> false;
            case TRIMMED -> trimmed(one).equals(trimmed(other));
            case JSON_EQUAL -> sayTheSame(one, other);
        };
    }

    private static String trimmed(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static boolean sayTheSame(String one, String other) {
        try {
            JsonValue left = Json.parseAny(one);
            JsonValue right = Json.parseAny(other);
            return (left.isObject() || left.isArray()) && new Difference(Map.of()).between("", left, right) == null;
        } catch (IllegalArgumentException notJson) {
            return false;
        }
    }

    private static String shortened(@Nullable JsonValue value) {
        if (value == null) {
            return "nothing";
        }
        String text = value.toString();
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    }
}
