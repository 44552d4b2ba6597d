package io.harmony4j.training;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonPointer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths as error messages of JSON readers have them, as in {@code $.messages[2].content} and {@code messages[2].content}. */
final class JsonPaths {
    /** A member's name after a dot or at the beginning, an index, or a quoted name. */
    private static final Pattern STEP =
            Pattern.compile("(?:^|\\.)([^.\\[]+)|\\[(\\d+)]|\\[(\"(?:[^\"\\\\]|\\\\.)*\")[^\\]]*]");

    private JsonPaths() {}

    /** Returns the JSON pointer of a path. */
    static String pointer(String path) {
        StringBuilder pointer = new StringBuilder();
        Matcher steps = STEP.matcher(path.startsWith("$") ? path.substring(1) : path);
        while (steps.find()) {
            String name = steps.group(1) != null
                    ? steps.group(1)
                    : steps.group(2) != null
                            ? steps.group(2)
                            : Json.parse(steps.group(3)).text();
            pointer.append('/').append(JsonPointer.step(name));
        }
        return pointer.toString();
    }
}
