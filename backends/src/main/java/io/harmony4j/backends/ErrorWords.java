package io.harmony4j.backends;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What runtimes say of an error, in the forms that they have for it, and never too much of it. */
final class ErrorWords {
    private static final int MAX_CHARS = 1000;

    private ErrorWords() {}

    /** Returns the words of an event that tells of an error; null for any other. */
    static @Nullable String ofEvent(JsonValue event) {
        JsonValue error = event.get("error");
        if (!error.isNull()) {
            return excerpt(words(error));
        }
        // vLLM and llama-server: the error itself, without a name
        boolean isError = "error".equals(event.get("object").textOrNull());
        return isError ? excerpt(words(event)) : null;
    }

    /** Returns the words in the body of a refusal. */
    static String ofBody(String body) {
        try {
            JsonValue json = Json.parseAny(body);
            String words = ofEvent(json);
            return words != null ? words : excerpt(words(json));
        } catch (IllegalArgumentException e) {
            return excerpt(body);
        }
    }

    private static String words(JsonValue error) {
        for (String name : new String[] {"message", "error", "detail"}) {
            String text = error.get(name).textOrNull();
            if (text != null) {
                return text;
            }
        }
        String text = error.textOrNull();
        return text != null ? text : Json.write(error);
    }

    /** Returns a text in quotes, shortened if it is long. */
    static String excerpt(String text) {
        String stripped = text.strip();
        return '"' + (stripped.length() <= MAX_CHARS ? stripped : stripped.substring(0, MAX_CHARS) + "…") + '"';
    }
}
