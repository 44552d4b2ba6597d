package io.harmony4j.json;

import static java.util.Objects.requireNonNull;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** A JSON array. Immutable. */
public final class JsonArray extends JsonValue {
    private final List<JsonValue> elements;

    /** Takes the list over. */
    JsonArray(List<JsonValue> elements, int line, int column) {
        super(line, column);
        this.elements = Collections.unmodifiableList(elements);
    }

    /** Returns an array of the given elements. */
    public static JsonArray of(Collection<? extends JsonValue> elements) {
        List<JsonValue> copy = new ArrayList<>();
        for (JsonValue element : requireNonNull(elements, "elements")) {
            copy.add(requireNonNull(element, () -> "elements[" + copy.size() + "]"));
        }
        return new JsonArray(copy, 0, 0);
    }

    /** Returns an array of strings. */
    public static JsonArray ofTexts(Collection<String> texts) {
        List<JsonValue> elements = new ArrayList<>();
        for (String text : requireNonNull(texts, "texts")) {
            elements.add(JsonValue.of(requireNonNull(text, () -> "texts[" + elements.size() + "]")));
        }
        return new JsonArray(elements, 0, 0);
    }

    /** Returns an array of integers. */
    public static JsonArray ofIntegers(int... integers) {
        return new JsonArray(new Integers(requireNonNull(integers, "integers").clone()), 0, 0);
    }

    /** Integers that become values when they are asked for: lists of tokens are long. */
    private static final class Integers extends AbstractList<JsonValue> implements RandomAccess {
        private final int[] integers;

        Integers(int[] integers) {
            this.integers = integers;
        }

        @Override
        public JsonValue get(int index) {
            return JsonValue.of(integers[index]);
        }

        @Override
        public int size() {
            return integers.length;
        }
    }

    @Override
    public Kind kind() {
        return Kind.ARRAY;
    }

    @Override
    public List<JsonValue> elements() {
        return elements;
    }

    /** Returns a copy with only the elements from one index to before another, at the same place. */
    public JsonArray sublist(int from, int to) {
        return new JsonArray(elements.subList(from, to), line(), column());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonArray that && elements.equals(that.elements);
    }

    @Override
    public int hashCode() {
        return elements.hashCode();
    }
}
