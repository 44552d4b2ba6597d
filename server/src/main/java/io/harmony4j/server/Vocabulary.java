package io.harmony4j.server;

import io.harmony4j.json.JsonObject;
import io.harmony4j.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;

/**
 * What tokens are, each once however often it comes.
 *
 * <pre>{@code {"200006":{"text":"<|start|>","special":true},"13225":{"text":"Hello","bytes":"48656c6c6f"}}}</pre>
 *
 * A token that is not whole characters has no text, an id that is no token is not there.
 */
final class Vocabulary {
    private Vocabulary() {}

    static JsonObject of(Tokenizer tokenizer, int[] tokens) {
        JsonObject.Builder vocabulary = JsonObject.builder();
        IntStream.of(tokens)
                .distinct()
                .filter(tokenizer::isToken)
                .forEach(id -> vocabulary.put(
                        Integer.toString(id),
                        tokenizer.isSpecial(id) ? special(tokenizer, id) : ordinary(tokenizer, id)));
        return vocabulary.build();
    }

    private static JsonObject special(Tokenizer tokenizer, int id) {
        return JsonObject.builder()
                .put("text", tokenizer.decode(id))
                .put("special", true)
                .build();
    }

    private static JsonObject ordinary(Tokenizer tokenizer, int id) {
        byte[] bytes = tokenizer.decodeBytes(id);
        String text = new String(bytes, StandardCharsets.UTF_8);
        JsonObject.Builder token = JsonObject.builder();
        if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
            token.put("text", text);
        }
        return token.put("bytes", HexFormat.of().formatHex(bytes)).build();
    }
}
