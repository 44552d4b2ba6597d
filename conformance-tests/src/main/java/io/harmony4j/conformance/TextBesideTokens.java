package io.harmony4j.conformance;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.Set;

/**
 * The text that a request to parse has beside its token ids, so that a parser of text needs no tokenizer. It is there only where
 * it stands for the very same ids: not for bytes that are no UTF-8, for ids that are none, or for text in other tokens than usual.
 */
final class TextBesideTokens {
    private static final String TOKENS = "tokens";
    private static final String TEXT = "text";
    private static final Set<String> PARSING = Set.of("parse", "stream");

    private TextBesideTokens() {}

    /** Returns a request with the text of its tokens, if it has some; any other as it is. */
    static JsonObject in(JsonObject request) {
        if (!PARSING.contains(Lenient.text(request.get("cmd")))
                || !request.get(TOKENS).isArray()
                || request.has(TEXT)) {
            return request;
        }
        try {
            int[] tokens = request.get(TOKENS).elements().stream()
                    .mapToInt(JsonValue::intValue)
                    .toArray();
            Tokenizer tokenizer = Tokenizer.o200kHarmony();
            String text = tokenizer.decodeStrict(tokens);
            return Arrays.equals(tokenizer.encode(text, AllowedSpecial.ALL), tokens)
                    ? request.toBuilder().put(TEXT, text).build()
                    : request;
        } catch (IllegalArgumentException noText) {
            return request;
        }
    }
}
