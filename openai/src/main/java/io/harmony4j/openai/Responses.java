package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.json.JsonObject;
import java.util.List;

/**
 * OpenAI's Responses: requests to conversations of the model, and its turns to responses.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses">OpenAI: Responses</a>
 */
public final class Responses {
    private final ApiOptions options;
    private final ResponseStore store;

    /**
     * Makes the mapping.
     *
     * @param store where responses are kept for later requests, or {@link ResponseStore#NONE}
     */
    public Responses(ApiOptions options, ResponseStore store) {
        this.options = requireNonNull(options, "options");
        this.store = requireNonNull(store, "store");
    }

    /**
     * Reads a request.
     *
     * @param json the body
     * @throws ApiException if it is refused: the first thing that is wrong
     */
    public ResponsesRequest request(String json) {
        return ResponsesRequest.read(requireNonNull(json, "json"), options, store);
    }

    /** Keeps a response, if its request wants that. */
    public void keep(ResponsesRequest request, JsonObject response) {
        if (requireNonNull(request, "request").isStored()) {
            store.put(request.stored(requireNonNull(response, "response")));
        }
    }

    /**
     * Returns the messages of a response, whichever server wrote it.
     *
     * @param json the response, an object with {@code output}
     * @throws IllegalArgumentException if it is no response
     */
    public static List<Message> messages(String json) {
        return AnswerReader.response(requireNonNull(json, "json"));
    }

    /**
     * Returns a request that asks for the next turn of a conversation.
     *
     * @param model the name of the model
     */
    public static JsonObject request(Conversation conversation, String model) {
        requireNonNull(conversation, "conversation");
        return ResponsesWriter.write(conversation, requireNonNull(model, "model"));
    }
}
