package io.harmony4j.conformance;

import io.harmony4j.json.JsonValue;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words in an expectation that stand for what cannot be known before: {@code $absent}, {@code $int} and {@code $id:P#N}.
 * Remembers the ids that it has seen: one object for each answer.
 */
final class Matchers {
    private static final String ABSENT = "$absent";
    private static final String INTEGER = "$int";
    private static final String ID = "$id:";

    /** What makes an id one that nobody guesses and that no other answer has. */
    private static final Pattern RANDOM = Pattern.compile("[A-Za-z0-9_-]{16,}");

    private final Map<String, String> ids = new HashMap<>(); // by matcher

    /** Returns whether an expected value is one of the words. */
    static boolean isMatcher(@Nullable JsonValue expected) {
        String text = expected == null ? null : expected.textOrNull();
        return text != null && (text.equals(ABSENT) || text.equals(INTEGER) || text.startsWith(ID));
    }

    /** Returns what is expected in place of a value that does not match, in words; null if it matches. */
    @Nullable
    String unmet(String matcher, @Nullable JsonValue actual) {
        return switch (matcher) {
            case ABSENT -> actual == null ? null : "no such key";
            case INTEGER -> isInteger(actual) ? null : "an integer";
            default -> unmetId(matcher, actual == null ? null : actual.textOrNull());
        };
    }

    private static boolean isInteger(@Nullable JsonValue actual) {
        return actual != null
                && actual.isNumber()
                && actual.decimalValue().stripTrailingZeros().scale() <= 0;
    }

    private @Nullable String unmetId(String matcher, @Nullable String id) {
        int number = matcher.lastIndexOf('#');
        String prefix = matcher.substring(ID.length(), number < 0 ? matcher.length() : number);
        if (id == null
                || !id.startsWith(prefix)
                || !RANDOM.matcher(id.substring(prefix.length())).matches()) {
            return "an id of " + prefix + " and at least 16 random letters or digits";
        }
        String known = ids.putIfAbsent(matcher, id);
        if (known != null) {
            return known.equals(id) ? null : "the id \"" + known + "\", which the same thing had before,";
        }
        boolean isTaken = ids.entrySet().stream()
                .anyMatch(other ->
                        !other.getKey().equals(matcher) && other.getValue().equals(id));
        return isTaken ? "an id that nothing else has" : null;
    }
}
