package io.harmony4j.conformance;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers to the commands of OpenAI's APIs: the form in which streams are compared, and what holds for every answer. */
final class ApiAnswer {
    /** A field of an answer: the request is refused, as the API would refuse it. */
    static final String REFUSAL = "api_error";

    /** A field of an expectation: the stream, in a form that does not depend on how its texts were divided. */
    static final String STREAM = "stream";

    private static final String COMMANDS = "api_";
    private static final String CHUNKS = "chunks";
    private static final String EVENTS = "events";
    private static final char REPLACEMENT = '\uFFFD';

    private ApiAnswer() {}

    /** Returns whether a request is one of these commands. */
    static boolean isAskedBy(JsonValue given) {
        return Lenient.text(given.get("cmd")).startsWith(COMMANDS);
    }

    /** Returns the stream of an answer in its normal form, or null if there is none. */
    static @Nullable JsonValue stream(JsonObject answer) {
        if (answer.get(CHUNKS) instanceof JsonArray chunks) {
            return ChatChunks.normal(chunks.elements());
        }
        return answer.get(EVENTS) instanceof JsonArray events ? ResponseEvents.normal(events.elements()) : null;
    }

    /** Returns the rule that an answer breaks, whatever was expected, in a sentence that begins with the rule's name; null if none. */
    static @Nullable String broken(JsonObject given, JsonObject answer) {
        if (!isAskedBy(given)) {
            return null;
        }
        if (answer.get(REFUSAL) instanceof JsonObject refusal) {
            return brokenByRefusal(refusal);
        }
        if (answer.get(CHUNKS) instanceof JsonArray chunks) {
            return new ChatChunkRules(given).broken(chunks.elements());
        }
        if (answer.get(EVENTS) instanceof JsonArray events) {
            return new ResponseEventRules(given).broken(events.elements());
        }
        return null;
    }

    private static @Nullable String brokenByRefusal(JsonObject refusal) {
        for (String field : List.of("status", "type", "param", "code", "message")) {
            if (!refusal.has(field)) {
                return "E1: expected an error with the field " + field + " but found " + refusal;
            }
        }
        return Lenient.text(refusal.get("message")).isBlank()
                ? "E1: expected an error with a message but found " + refusal
                : null;
    }

    /** Returns whether all characters of a text are whole, given all that the model has written. */
    static boolean isWhole(String text, String output) {
        boolean hasLoneSurrogate = text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
        return !hasLoneSurrogate && (text.indexOf(REPLACEMENT) < 0 || output.indexOf(REPLACEMENT) >= 0);
    }
}
