package io.harmony4j.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Makes a JSON value as small as it can while a property holds: takes elements out of lists, fields out of objects, and code
 * points out of strings; first many at a time, then one by one. For one value.
 */
final class Shrinker {
    private final Predicate<JsonNode> property;
    private int triesLeft;

    /** @param tries how often the property is tested at most */
    Shrinker(Predicate<JsonNode> property, int tries) {
        this.property = property;
        this.triesLeft = tries;
    }

    /** Returns a smaller value that has the property, if there is one; the value has it. */
    JsonNode shrink(JsonNode value) {
        JsonNode smallest = value;
        JsonNode before;
        do {
            before = smallest;
            smallest = shrink(smallest, this::holds);
        } while (!smallest.equals(before) && triesLeft > 0);
        return smallest;
    }

    private boolean holds(JsonNode value) {
        return triesLeft-- > 0 && property.test(value);
    }

    private static JsonNode shrink(JsonNode value, Predicate<JsonNode> holds) {
        if (value.isArray()) {
            List<JsonNode> elements = new ArrayList<>();
            value.forEach(elements::add);
            elements = shorten(elements, part -> holds.test(array(part)));
            for (int i = 0; i < elements.size(); i++) {
                List<JsonNode> all = elements;
                int at = i;
                elements.set(i, shrink(elements.get(i), one -> holds.test(array(with(all, at, one)))));
            }
            return array(elements);
        }
        if (value.isObject()) {
            List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(value.properties());
            fields = shorten(fields, part -> holds.test(object(part)));
            for (int i = 0; i < fields.size(); i++) {
                List<Map.Entry<String, JsonNode>> all = fields;
                int at = i;
                String name = fields.get(i).getKey();
                JsonNode inner = shrink(
                        fields.get(i).getValue(), one -> holds.test(object(with(all, at, Map.entry(name, one)))));
                fields.set(i, Map.entry(name, inner));
            }
            return object(fields);
        }
        if (value.isTextual()) {
            List<Integer> codePoints = value.textValue().codePoints().boxed().toList();
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

    private static JsonNode array(List<JsonNode> elements) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        elements.forEach(array::add);
        return array;
    }

    private static JsonNode object(List<Map.Entry<String, JsonNode>> fields) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fields.forEach(field -> object.set(field.getKey(), field.getValue()));
        return object;
    }

    private static JsonNode text(List<Integer> codePoints) {
        StringBuilder text = new StringBuilder();
        codePoints.forEach(text::appendCodePoint);
        return JsonNodeFactory.instance.textNode(text.toString());
    }
}
