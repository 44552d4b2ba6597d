package io.harmony4j.grammar;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The items of arrays in which no value may come twice, or the names of properties of which there must be some number: what a text may be after others. Items are
 * neither arrays nor objects.
 */
final class UniqueItems {
    private final ScalarTexts texts;

    UniqueItems(ScalarTexts texts) {
        this.texts = texts;
    }

    /**
     * Returns the texts that are left of a set.
     *
     * @param seen the texts of the items that came, a character for each byte
     */
    Regex without(Regex items, List<String> seen) {
        List<JsonValue> values = new ArrayList<>();
        for (String latin1 : seen) {
            values.add(Json.parseAny(latin1.getBytes(StandardCharsets.ISO_8859_1)));
        }
        return texts.except(items, values, false);
    }

    /** Returns a shortest text of a set, a character for each byte; empty if it has none. */
    Optional<String> shortest(Regex set) {
        return texts.regexes().isEmpty(set)
                ? Optional.empty()
                : Optional.of(texts.regexes().shortestBytes(set));
    }

    /** Returns whether there is an item after others. */
    boolean isLeft(Regex items, List<String> seen) {
        return !texts.regexes().isEmpty(without(items, seen));
    }

    /** Returns how many values a set has after others, or the most that are asked for. */
    int count(Regex items, List<String> before, int most) {
        List<String> seen = new ArrayList<>(before);
        for (int i = 0; i < most; i++) {
            Optional<String> next = shortest(without(items, seen));
            if (next.isEmpty()) {
                return i;
            }
            seen.add(next.get());
        }
        return most;
    }
}
