package io.harmony4j.openaijava;

import static java.util.Objects.requireNonNull;

import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionAssistantMessageParam;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ChatAnswer;
import io.harmony4j.openai.ChatCompletions;
import io.harmony4j.openai.ChatRequest;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Chat Completions in the classes of openai-java: its params to conversations of the model, and turns of the model to its answers.
 *
 * <pre>{@code
 * TypedChatCompletions api = new TypedChatCompletions(new ChatCompletions(ApiOptions.DEFAULT));
 * ChatRequest request = api.request(params);                            // or ApiException
 * ChatAnswer answer = request.answer(tokenizer);
 * AnswerTurn turn = answer.turn(0);
 * turn.finish(generator.generate(request.prompt(renderer, 131_072), request.generationOptions(0), turn::accept));
 * ChatCompletion completion = TypedChatCompletions.completion(answer);
 * next.addMessage(TypedChatCompletions.assistant(completion.choices().get(0).message()));      // with its reasoning
 * }</pre>
 *
 * <p>All goes through JSON, as between openai-java and a server, so that {@link ChatCompletions} says what becomes what. openai-java has
 * no field for reasoning in this API: it is among the additional properties, {@code message._additionalProperties().get("reasoning")}.
 * Immutable and thread-safe.
 */
public final class TypedChatCompletions {
    private static final String STREAM = "stream";

    private final ChatCompletions api;

    /** Makes the mapping. */
    public TypedChatCompletions(ChatCompletions api) {
        this.api = requireNonNull(api, "api");
    }

    /**
     * Reads params. Their headers and query are no part of a request. Whether an answer is streamed is not said in params but by the method
     * that they are given to, so {@link ChatRequest#isStream()} tells only whether they have options of a stream.
     *
     * @throws ApiException if they are refused: the first thing that is wrong
     */
    public ChatRequest request(ChatCompletionCreateParams params) {
        JsonObject body = (JsonObject) Json.parse(Sdk.json(params._body()));
        boolean isStream = !body.get("stream_options").isNull() && !body.has(STREAM);
        return api.request(isStream ? body.toBuilder().put(STREAM, true).build().toString() : body.toString());
    }

    /**
     * Returns the answer to a request, which is still to come.
     *
     * @param chunks is told each chunk as it comes; of a turn that fails it is told nothing, but {@link #completion} is
     */
    public static ChatAnswer answer(ChatRequest request, Tokenizer tokenizer, Consumer<ChatCompletionChunk> chunks) {
        requireNonNull(chunks, "chunks");
        return request.answer(tokenizer, chunk -> {
            if (!chunk.has("error")) {
                chunks.accept(Sdk.read(chunk, ChatCompletionChunk.class));
            }
        });
    }

    /**
     * Returns an answer whose turns are finished.
     *
     * @throws IllegalStateException if a turn is not finished
     * @throws ApiException if a turn has failed
     */
    public static ChatCompletion completion(ChatAnswer answer) {
        return Sdk.read(answer.toJson(), ChatCompletion.class);
    }

    /**
     * Returns the message of an answer for the params of the next turn. It has its reasoning, which {@link ChatCompletionMessage#toParam()}
     * leaves out, and which a model needs to go on after calls of tools.
     */
    public static ChatCompletionAssistantMessageParam assistant(ChatCompletionMessage message) {
        return Sdk.read(Sdk.json(message), ChatCompletionAssistantMessageParam.class);
    }

    /**
     * Returns the messages of the first choice of an answer, whichever server wrote it.
     *
     * @throws IllegalArgumentException if it has none
     */
    public static List<Message> messages(ChatCompletion completion) {
        return ChatCompletions.messages(Sdk.json(completion));
    }

    /**
     * Returns params that ask for the next turn of a conversation.
     *
     * @param model the name of the model
     */
    public static ChatCompletionCreateParams params(Conversation conversation, String model) {
        JsonObject body = ChatCompletions.request(conversation, model);
        return ChatCompletionCreateParams.builder()
                .body(Sdk.read(body, ChatCompletionCreateParams.Body.class))
                .build();
    }
}
