package io.harmony4j.grammar;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The items of arrays in which no value may come twice: what an item may be after others. Its items are neither arrays nor objects. */
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

    /** Returns whether there is an item after others. */
    boolean isLeft(Regex items, List<String> seen) {
        return !texts.regexes().isEmpty(without(items, seen));
    }

    /** Returns whether a set has so many values. */
    boolean hasValues(Regex items, int count) {
        List<String> seen = new ArrayList<>();
        while (seen.size() < count) {
            Regex left = without(items, seen);
            if (texts.regexes().isEmpty(left)) {
                return false;
            }
            seen.add(texts.regexes().shortestBytes(left));
        }
        return true;
    }
}
