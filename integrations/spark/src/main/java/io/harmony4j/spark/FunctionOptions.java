package io.harmony4j.spark;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonFields;
import io.harmony4j.json.JsonValue;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The options of a function: an object in JSON. All failures name the option, what was expected and what was found. */
final class FunctionOptions {
    private final JsonFields fields;

    private FunctionOptions(JsonFields fields) {
        this.fields = fields;
    }

    /**
     * Reads options.
     *
     * @param function whose they are, for messages
     * @param names the options that this function has
     * @throws IllegalArgumentException if the text is not an object in JSON, or has other options
     */
    static FunctionOptions parse(String json, String function, List<String> names) {
        JsonFields fields =
                JsonFields.ofObject(Json.parse(json), "the options of " + function, "$", names.toArray(String[]::new));
        for (String other : fields.others()) {
            String meant = fields.nearest(other)
                    .map(name -> "; is " + JsonValue.of(name) + " meant?")
                    .orElse(", which are " + String.join(", ", names));
            throw new IllegalArgumentException(fields.unexpectedName(other) + meant);
        }
        return new FunctionOptions(fields);
    }

    boolean flag(String name, boolean absent) {
        return fields.optional(name) == null ? absent : fields.bool(name);
    }

    int integer(String name, int absent) {
        JsonValue value = fields.optional(name);
        if (value == null) {
            return absent;
        }
        if (!value.isInteger()) {
            throw fields.unexpected(name, "an integer");
        }
        return value.intValue();
    }

    /** Returns the constant whose word an option has; null if the option is not there. */
    <E extends Enum<E>> @Nullable E constant(String name, Class<E> type, Function<E, String> wireName) {
        String word = fields.optionalText(name);
        if (word == null) {
            return null;
        }
        E[] constants = type.getEnumConstants();
        return Arrays.stream(constants)
                .filter(constant -> wireName.apply(constant).equals(word))
                .findFirst()
                .orElseThrow(() -> fields.unexpected(
                        name, "one of " + Arrays.stream(constants).map(wireName).collect(Collectors.joining(", "))));
    }

    /** As {@link #constant(String, Class, Function)}, but with a constant for an option that is not there. */
    <E extends Enum<E>> E constant(String name, E absent, Function<E, String> wireName) {
        return Objects.requireNonNullElse(constant(name, absent.getDeclaringClass(), wireName), absent);
    }

    @Nullable
    LocalDate date(String name) {
        String text = fields.optionalText(name);
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw fields.unexpected(name, "a date as in 2026-01-31");
        }
    }

    /** Returns numbers by their names; none if the option is not there. */
    Map<String, Double> numbers(String name) {
        JsonValue value = fields.optional(name);
        if (value == null) {
            return Map.of();
        }
        if (!value.isObject()) {
            throw fields.unexpected(name, "an object of numbers");
        }
        Map<String, Double> numbers = new HashMap<>();
        value.members().forEach((key, number) -> {
            if (!number.isNumber()) {
                throw number.unexpected("a number", JsonFields.path(fields.path(name), key));
            }
            numbers.put(key, number.doubleValue());
        });
        return numbers;
    }
}
