package io.harmony4j.openai;

import io.harmony4j.Message;
import java.util.List;

/** Answers of servers to messages of Harmony, for histories and training. */
final class AnswerReader {
    private AnswerReader() {}

    static List<Message> chat(String json) {
        try {
            Field choice = ApiRequest.body(json, ApiOptions.DEFAULT)
                    .get("choices")
                    .someElements()
                    .get(0);
            Field message = choice.object().get("message").object();
            return new ChatMessages(DeclaredTools.none(), new PromptMessages()).assistant(message);
        } catch (ApiException e) {
            throw wrong("a chat completion", e);
        }
    }

    static List<Message> response(String json) {
        try {
            PromptMessages messages = new PromptMessages();
            List<Field> items =
                    ApiRequest.body(json, ApiOptions.DEFAULT).get("output").elements();
            new ResponseItems(DeclaredTools.none(), messages).addAll(items);
            return messages.said();
        } catch (ApiException e) {
            throw wrong("a response", e);
        }
    }

    private static IllegalArgumentException wrong(String expected, ApiException e) {
        return new IllegalArgumentException("expected " + expected + " but found: " + e.getMessage(), e);
    }
}
