package io.harmony4j.parser;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tool call that another message interrupted before its arguments: the model went back to thinking, and may write the
 * arguments at the end of its thoughts. What may be arguments is held back, so that it is not shown as thought.
 */
final class InterruptedCall {
    /** How many places are tried as the beginning of the arguments, so that many braces take no quadratic time. */
    private static final int MAX_ATTEMPTS = 16;

    private @Nullable Header call;
    private final StringBuilder held = new StringBuilder();

    /** What a message that followed the call ends with. */
    record Resumed(Header call, String text, String arguments) {
        boolean hasArguments() {
            return !arguments.isEmpty();
        }
    }

    /** Keeps the header of a call for which no arguments came. */
    void suspend(Header interruptedCall) {
        call = interruptedCall;
        held.setLength(0);
    }

    /** Returns whether there is such a call, so that the content being read may have its arguments. */
    boolean isFollowed() {
        return call != null;
    }

    /** Takes more of the content; returns what can be shown: nothing more from the first brace or bracket on. */
    String hold(String text) {
        if (!held.isEmpty()) {
            held.append(text);
            return "";
        }
        int begin = 0;
        while (begin < text.length() && !FormatWords.isOpening(text, begin)) {
            begin++;
        }
        held.append(text, begin, text.length());
        return text.substring(0, begin);
    }

    /** Returns how much is held back, in UTF-16 code units. */
    int length() {
        return held.length();
    }

    /** Stops looking for arguments, because too much would be held back: all of it is text. */
    Resumed stop() {
        Resumed stopped = new Resumed(requireNonNull(call), held.toString(), "");
        call = null;
        held.setLength(0);
        return stopped;
    }

    /** Ends the content: divides what was held back into the rest of its text and the arguments of the call. */
    Resumed resume() {
        String text = held.toString();
        Header resumed = requireNonNull(call);
        call = null;
        held.setLength(0);
        int attempts = 0;
        for (int i = 0; i < text.length() && attempts < MAX_ATTEMPTS; i++) {
            if (FormatWords.isOpening(text, i)) {
                attempts++;
                if (isJson(text.substring(i))) {
                    return new Resumed(resumed, text.substring(0, i), text.substring(i));
                }
            }
        }
        return new Resumed(resumed, text, "");
    }

    /** Forgets the call, if there is one, and returns it. */
    Optional<Header> giveUp() {
        Optional<Header> forgotten = Optional.ofNullable(call);
        call = null;
        return forgotten;
    }

    private static boolean isJson(String text) {
        try {
            Json.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    JsonObject save() {
        JsonObject.Builder fields = JsonObject.builder().put("held", Snapshot.text(held));
        return (call == null ? fields : fields.put("call", call.save())).build();
    }

    void restore(JsonValue from) {
        JsonValue header = from.get("call");
        held.setLength(0);
        held.append(Snapshot.text(from.get("held")));
        call = header.isNull() ? null : Header.restore(header);
    }
}
