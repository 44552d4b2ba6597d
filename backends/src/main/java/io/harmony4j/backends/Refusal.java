package io.harmony4j.backends;

import io.harmony4j.generation.PromptTooLongException;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an answer with a status other than 200 means. */
final class Refusal {
    /** How much of an answer's body is read. */
    static final int MAX_BYTES = 1 << 16;

    /** The words of vLLM ("maximum context length is 4096 tokens") and SGLang ("context length (4096 tokens)"). */
    private static final Pattern CONTEXT_LENGTH = Pattern.compile("context length[^0-9]{1,10}([0-9]{1,9})");

    private Refusal() {}

    /** Returns the exception to throw: that the prompt is too long, if that is what the runtime says. */
    static RuntimeException of(String name, URI uri, int status, String location, byte[] body, int promptLength) {
        String text = new String(body, StandardCharsets.UTF_8);
        if (status == 400 || status == 413 || status == 422) {
            int context = contextLength(text);
            if (context > 0 && promptLength >= context) {
                return new PromptTooLongException(promptLength, context);
            }
        }
        String words = text.isBlank() ? "no words" : ErrorWords.ofBody(text);
        String hint = status >= 300 && status < 400
                ? "; it redirects to \"" + location + "\": name that address, redirects are not followed"
                : status == 404 ? "; is " + name + " what runs there?" : "";
        return new BackendException(status, name + " at " + uri + " answered " + status + " with " + words + hint);
    }

    private static int contextLength(String text) {
        try {
            JsonValue length = Json.parseAny(text).get("error").get("n_ctx"); // llama-server
            if (length.isInteger()) {
                return length.intValue();
            }
        } catch (IllegalArgumentException e) {
            // not JSON, or no such number
        }
        Matcher matcher = CONTEXT_LENGTH.matcher(text);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
