package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.json.JsonObject;
import java.util.List;

/**
 * OpenAI's Chat Completions: requests to conversations of the model, and its turns to answers.
 *
 * <pre>{@code
 * ChatCompletions api = new ChatCompletions(ApiOptions.DEFAULT);
 * ChatRequest request = api.request(body);                              // or ApiException
 * int[] prompt = request.prompt(renderer, contextTokens);
 * }</pre>
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">OpenAI: Chat Completions</a>
 */
public final class ChatCompletions {
    private final ApiOptions options;

    /** Makes the mapping. */
    public ChatCompletions(ApiOptions options) {
        this.options = requireNonNull(options, "options");
    }

    /**
     * Reads a request.
     *
     * @param json the body
     * @throws ApiException if it is refused: the first thing that is wrong
     */
    public ChatRequest request(String json) {
        return ChatRequest.read(requireNonNull(json, "json"), options);
    }

    /**
     * Returns the messages of the first choice of an answer, whichever server wrote it.
     *
     * @param json the answer, an object with {@code choices}
     * @throws IllegalArgumentException if it is no such answer
     */
    public static List<Message> messages(String json) {
        return AnswerReader.chat(requireNonNull(json, "json"));
    }

    /**
     * Returns a request that asks for the next turn of a conversation.
     *
     * @param model the name of the model
     */
    public static JsonObject request(Conversation conversation, String model) {
        requireNonNull(conversation, "conversation");
        return ChatWriter.write(conversation, requireNonNull(model, "model"));
    }
}
