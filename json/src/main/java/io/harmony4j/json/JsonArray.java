package io.harmony4j.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
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
        return new JsonArray(new ArrayList<>(elements), 0, 0);
    }

    /** Returns an array of strings. */
    public static JsonArray ofTexts(Collection<String> texts) {
        return of(texts.stream().map(JsonValue::of).toList());
    }

    /** Returns an array of integers. */
    public static JsonArray ofIntegers(int... integers) {
        return of(Arrays.stream(integers).mapToObj(JsonValue::of).toList());
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
