package io.harmony4j.mcp;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The arguments of a call; one that is null counts as absent. */
final class ToolArguments {
    private final JsonObject arguments;

    private ToolArguments(JsonObject arguments) {
        this.arguments = arguments;
    }

    /**
     * Reads arguments.
     *
     * @param names those that the tool has
     * @throws IllegalArgumentException if there is another one
     */
    static ToolArguments of(@Nullable Map<String, Object> arguments, Set<String> names) {
        JsonObject object = McpJson.object(arguments);
        for (String name : object.members().keySet()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("expected only the arguments "
                        + names.stream().sorted().collect(Collectors.joining(", ")) + " but found " + name);
            }
        }
        return new ToolArguments(object);
    }

    boolean has(String name) {
        return !arguments.get(name).isNull();
    }

    /**
     * Returns which of several arguments is there.
     *
     * @throws IllegalArgumentException if it is not exactly one
     */
    String oneOf(String... names) {
        List<String> given = List.of(names).stream().filter(this::has).toList();
        if (given.size() != 1) {
            throw new IllegalArgumentException("expected one of the arguments " + String.join(", ", names)
                    + " but found " + (given.isEmpty() ? "none" : String.join(" and ", given)));
        }
        return given.get(0);
    }

    /**
     * Reads an argument; empty if it is absent.
     *
     * @throws IllegalArgumentException with its name, if the reader throws one
     */
    <T> Optional<T> read(String name, Function<JsonValue, T> reader) {
        try {
            return has(name) ? Optional.of(reader.apply(arguments.get(name))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    Optional<String> text(String name) {
        return read(name, JsonValue::text);
    }

    List<String> texts(String name) {
        return read(name, value -> list(value).stream().map(JsonValue::text).toList())
                .orElse(List.of());
    }

    int[] integers(String name) {
        return read(
                        name,
                        value -> list(value).stream()
                                .mapToInt(JsonValue::intValue)
                                .toArray())
                .orElse(new int[0]);
    }

    /** Returns one of some words, the first of which is meant where the argument is absent. */
    String word(String name, String... words) {
        return read(name, value -> {
                    String word = value.text();
                    if (!List.of(words).contains(word)) {
                        throw new IllegalArgumentException(
                                "expected one of " + String.join(", ", words) + " but found \"" + word + "\"");
                    }
                    return word;
                })
                .orElse(words[0]);
    }

    /** Returns the JSON text of an argument: the text that a string holds, or the value. */
    String json(String name) {
        JsonValue value = arguments.get(name);
        return value.isString() ? value.text() : value.toString();
    }

    private static List<JsonValue> list(JsonValue value) {
        if (value.isArray()) {
            return value.elements();
        }
        throw value.unexpected("a list");
    }
}
