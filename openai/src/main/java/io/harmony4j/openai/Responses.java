package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.json.JsonObject;
import java.util.List;
import java.util.Map;

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

    /**
     * Keeps a response as it is now, if its request wants that. What the model has said is kept with its tokens, so that the prompt of a
     * later request goes on from what was generated.
     *
     * @param answer the answer of the request
     */
    public void keep(ResponsesRequest request, ResponseAnswer answer) {
        requireNonNull(answer, "answer");
        if (requireNonNull(request, "request").isStored()) {
            store.put(request.stored(answer.toStoredJson()));
        }
    }

    /**
     * Returns a response that is kept: the answer to {@code GET /v1/responses/ID}.
     *
     * @throws ApiException if there is none with this id
     */
    public JsonObject get(String id) {
        return kept(id).shown();
    }

    /**
     * Drops a response: the answer to {@code DELETE /v1/responses/ID}. Responses that go on from it keep what they need.
     *
     * @throws ApiException if there is none with this id
     */
    public JsonObject delete(String id) {
        if (!store.delete(requireNonNull(id, "id"))) {
            throw unknown(id);
        }
        return JsonObject.builder()
                .put("id", id)
                .put("object", "response")
                .put("deleted", true)
                .build();
    }

    /**
     * Returns the items of the request of a response, as pages: the answer to {@code GET /v1/responses/ID/input_items}.
     *
     * @param query {@code limit}, 1 to 100, or 20; {@code order}, {@code asc} or else {@code desc}, the newest first; {@code after}, the id of
     *     the item before the page. Others are ignored.
     * @throws ApiException if there is no response with this id, or if the query is refused
     */
    public JsonObject inputItems(String id, Map<String, String> query) {
        return InputItemsPage.of(kept(id).shownInput(), requireNonNull(query, "query"));
    }

    private StoredResponse kept(String id) {
        return store.get(requireNonNull(id, "id")).orElseThrow(() -> unknown(id));
    }

    private static ApiException unknown(String id) {
        return new ApiException(404, null, null, "Response with id '" + id + "' not found.");
    }

    /**
     * Returns the answer to {@code POST /v1/responses/input_tokens}, whose request is that of a response.
     *
     * @param tokens how many tokens its prompt has: {@link ResponsesRequest#countPrompt}
     */
    public static JsonObject inputTokens(int tokens) {
        return JsonObject.builder()
                .put("object", "response.input_tokens")
                .put("input_tokens", tokens)
                .build();
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
