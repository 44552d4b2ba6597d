package io.harmony4j.conformance;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Makes a JSON value as small as it can while a property holds: takes elements out of lists, fields out of objects, and code
 * points out of strings; first many at a time, then one by one. For one value.
 */
final class Shrinker {
    private final Predicate<JsonValue> property;
    private int triesLeft;

    /** @param tries how often the property is tested at most */
    Shrinker(Predicate<JsonValue> property, int tries) {
        this.property = property;
        this.triesLeft = tries;
    }

    /** Returns a smaller value that has the property, if there is one; the value has it. */
    JsonValue shrink(JsonValue value) {
        JsonValue smallest = value;
        JsonValue before;
        do {
            before = smallest;
            smallest = shrink(smallest, this::holds);
        } while (!smallest.equals(before) && triesLeft > 0);
        return smallest;
    }

    private boolean holds(JsonValue value) {
        return triesLeft-- > 0 && property.test(value);
    }

    private static JsonValue shrink(JsonValue value, Predicate<JsonValue> holds) {
        if (value.isArray()) {
            List<JsonValue> elements = shorten(value.elements(), part -> holds.test(JsonArray.of(part)));
            for (int i = 0; i < elements.size(); i++) {
                int at = i;
                elements.set(i, shrink(elements.get(i), one -> holds.test(JsonArray.of(with(elements, at, one)))));
            }
            return JsonArray.of(elements);
        }
        if (value.isObject()) {
            List<Map.Entry<String, JsonValue>> fields =
                    shorten(List.copyOf(value.members().entrySet()), part -> holds.test(object(part)));
            for (int i = 0; i < fields.size(); i++) {
                int at = i;
                String name = fields.get(i).getKey();
                JsonValue inner = shrink(
                        fields.get(i).getValue(), one -> holds.test(object(with(fields, at, Map.entry(name, one)))));
                fields.set(i, Map.entry(name, inner));
            }
            return object(fields);
        }
        if (value.isString()) {
            List<Integer> codePoints = value.text().codePoints().boxed().toList();
            return text(shorten(codePoints, part -> holds.test(text(part))));
        }
        return value;
    }

    /** Returns a list without the parts that it can do without. */
    private static <T> List<T> shorten(List<T> list, Predicate<List<T>> holds) {
        List<T> shortest = new ArrayList<>(list);
        for (int part = Math.max(1, list.size() / 2); part >= 1 && !shortest.isEmpty(); part /= 2) {
            int start = 0;
            while (start < shortest.size()) {
                List<T> shorter = new ArrayList<>(shortest);
                shorter.subList(start, Math.min(start + part, shorter.size())).clear();
                if (holds.test(shorter)) {
                    shortest = shorter;
                } else {
                    start += part;
                }
            }
        }
        return shortest;
    }

    private static <T> List<T> with(List<T> list, int at, T element) {
        List<T> copy = new ArrayList<>(list);
        copy.set(at, element);
        return copy;
    }

    private static JsonValue object(List<Map.Entry<String, JsonValue>> fields) {
        JsonObject.Builder object = JsonObject.builder();
        fields.forEach(field -> object.put(field.getKey(), field.getValue()));
        return object.build();
    }

    private static JsonValue text(List<Integer> codePoints) {
        StringBuilder text = new StringBuilder();
        codePoints.forEach(text::appendCodePoint);
        return JsonValue.of(text.toString());
    }
}
