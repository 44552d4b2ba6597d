package io.harmony4j.server;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ChatRequest;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /tokenize} and {@code /detokenize}, with the fields that vLLM and llama.cpp have: text, or the messages of a chat, to tokens,
 * and back.
 */
final class TokenEndpoint {
    private TokenEndpoint() {}

    /** Answers with the tokens of {@code prompt}, {@code content} or {@code messages}. */
    static void tokenize(Call call) {
        Service service = call.service();
        JsonValue request = Fields.object(call.body());
        int[] tokens;
        JsonValue text = request.get("prompt").isNull() ? request.get("content") : request.get("prompt");
        if (text.isString()) {
            boolean isPlain = request.get("parse_special").isBoolean()
                    && !request.get("parse_special").booleanValue();
            tokens = isPlain
                    ? service.tokenizer().encode(text.text())
                    : service.tokenizer().encode(text.text(), AllowedSpecial.ALL);
        } else if (!request.get("messages").isNull()) {
            ChatRequest chat = service.chat().request(call.body());
            tokens = chat.prompt(service.renderer(), Integer.MAX_VALUE);
        } else {
            throw new ApiException(
                    400,
                    "prompt",
                    "missing_required_parameter",
                    "Missing required parameter: 'prompt' or 'content' (a text), or 'messages'.");
        }
        JsonObject.Builder answer = JsonObject.builder()
                .put("count", tokens.length)
                .put("max_model_len", service.model().contextTokens())
                .put("tokens", JsonArray.ofIntegers(tokens));
        if (request.get("return_token_strs").isBoolean()
                && request.get("return_token_strs").booleanValue()) {
            answer.put("token_strs", JsonArray.ofTexts(texts(service.tokenizer(), tokens)));
        }
        call.answer(answer.build());
    }

    private static List<String> texts(Tokenizer tokenizer, int[] tokens) {
        List<String> texts = new ArrayList<>();
        for (int token : tokens) {
            texts.add(new String(tokenizer.decodeBytes(token), StandardCharsets.UTF_8));
        }
        return texts;
    }

    /** Answers with the text of {@code tokens}. */
    static void detokenize(Call call) {
        Service service = call.service();
        JsonValue list = Fields.object(call.body()).get("tokens");
        if (!list.isArray()) {
            throw new ApiException(
                    400, "tokens", "invalid_type", "Invalid type for 'tokens': expected an array of token ids.");
        }
        List<JsonValue> elements = list.elements();
        int[] tokens = new int[elements.size()];
        for (int i = 0; i < tokens.length; i++) {
            JsonValue id = elements.get(i);
            if (!id.isInteger() || id.doubleValue() < 0 || !service.tokenizer().isToken((int) id.doubleValue())) {
                throw new ApiException(
                        400,
                        "tokens[" + i + "]",
                        "invalid_value",
                        "Invalid value: " + Json.write(id) + ". Expected the id of a token of "
                                + service.tokenizer().name() + ".");
            }
            tokens[i] = id.intValue();
        }
        String text = service.tokenizer().decode(tokens);
        call.answer(
                JsonObject.builder().put("prompt", text).put("content", text).build());
    }
}
