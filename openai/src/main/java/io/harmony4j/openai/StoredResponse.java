package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.chat.TokenHistory;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * A response that is kept, with all that a later request needs to go on from it. Items that are the words of a model have its tokens
 * beside them, in the field {@value TokenHistory#SAMPLED_TOKENS}, which clients do not see.
 *
 * @param response the response
 * @param history the items of the responses before it, of requests and outputs, in order
 * @param input the items of its own request, with ids
 * @param date the date in the prompt of the first response of the chain, which stays, so that what has been read can be used again
 */
public record StoredResponse(JsonObject response, List<JsonObject> history, List<JsonObject> input, LocalDate date) {
    public StoredResponse {
        requireNonNull(response, "response");
        history = List.copyOf(requireNonNull(history, "history"));
        input = List.copyOf(requireNonNull(input, "input"));
        requireNonNull(date, "date");
    }

    /** Returns the response's id. */
    public String id() {
        return response.get("id").text();
    }

    /** Returns whether it has ended, so that a request can go on from it. */
    public boolean isFinished() {
        String status = response.get("status").textOrNull();
        return !"in_progress".equals(status) && !"queued".equals(status);
    }

    /** Returns the response as clients see it. */
    JsonObject shown() {
        return response.has("output")
                ? response.toBuilder()
                        .put("output", JsonArray.of(shown(output())))
                        .build()
                : response;
    }

    /** Returns the items of the request as clients see them; one that was referred to may be a model's. */
    List<JsonObject> shownInput() {
        return shown(input);
    }

    private static List<JsonObject> shown(List<JsonObject> items) {
        return items.stream()
                .map(item -> item.without(TokenHistory.SAMPLED_TOKENS))
                .toList();
    }

    /** Returns the items of its output. */
    List<JsonObject> output() {
        return response.get("output").elements().stream()
                .filter(JsonValue::isObject)
                .map(JsonObject.class::cast)
                .toList();
    }

    /** Returns its own items: those of the request, and those of the output. */
    List<JsonObject> ownItems() {
        return Stream.concat(input.stream(), output().stream()).toList();
    }

    /** Returns all items up to its end. */
    List<JsonObject> items() {
        return Stream.concat(history.stream(), ownItems().stream()).toList();
    }
}
