package io.harmony4j.openaijava;

import static java.util.Objects.requireNonNull;

import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseStreamEvent;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ResponseAnswer;
import io.harmony4j.openai.Responses;
import io.harmony4j.openai.ResponsesRequest;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Responses in the classes of openai-java: its params to conversations of the model, and turns of the model to its responses.
 *
 * <pre>{@code
 * TypedResponses api = new TypedResponses(new Responses(ApiOptions.DEFAULT, ResponseStore.NONE));
 * ResponsesRequest request = api.request(params);                       // or ApiException
 * ResponseAnswer answer = request.answer(tokenizer);
 * AnswerTurn turn = answer.turn();
 * turn.finish(generator.generate(request.prompt(renderer, 131_072), request.generationOptions(answer), turn::accept));
 * Response response = TypedResponses.response(answer);
 * input.addAll(TypedResponses.inputItems(response));                    // for the next params, with the reasoning
 * }</pre>
 *
 * <p>All goes through JSON, as between openai-java and a server, so that {@link Responses} says what becomes what. Immutable and
 * thread-safe.
 */
public final class TypedResponses {
    private final Responses api;

    /** Makes the mapping. */
    public TypedResponses(Responses api) {
        this.api = requireNonNull(api, "api");
    }

    /**
     * Reads params. Their headers and query are no part of a request.
     *
     * @throws ApiException if they are refused: the first thing that is wrong
     */
    public ResponsesRequest request(ResponseCreateParams params) {
        return api.request(Sdk.json(params._body()));
    }

    /**
     * Returns the response to a request, which is still to come.
     *
     * @param events is told each event as it comes
     */
    public static ResponseAnswer answer(
            ResponsesRequest request, Tokenizer tokenizer, Consumer<ResponseStreamEvent> events) {
        requireNonNull(events, "events");
        return request.answer(tokenizer, event -> events.accept(Sdk.read(event, ResponseStreamEvent.class)));
    }

    /** Returns a response as it is now; it is whole when its turn is finished, or has failed. */
    public static Response response(ResponseAnswer answer) {
        return Sdk.read(answer.toJson(), Response.class);
    }

    /**
     * Returns the output of a response as input of the next one, reasoning included, for clients that keep the history themselves in place
     * of {@code previousResponseId}.
     */
    public static List<ResponseInputItem> inputItems(Response response) {
        return response.output().stream()
                .map(item -> Sdk.read(Sdk.json(item), ResponseInputItem.class))
                .toList();
    }

    /**
     * Returns the messages of a response, whichever server wrote it.
     *
     * @throws IllegalArgumentException if it has no output
     */
    public static List<Message> messages(Response response) {
        return Responses.messages(Sdk.json(response));
    }

    /**
     * Returns params that ask for the next turn of a conversation.
     *
     * @param model the name of the model
     */
    public static ResponseCreateParams params(Conversation conversation, String model) {
        return ResponseCreateParams.builder()
                .body(Sdk.read(Responses.request(conversation, model), ResponseCreateParams.Body.class))
                .build();
    }
}
