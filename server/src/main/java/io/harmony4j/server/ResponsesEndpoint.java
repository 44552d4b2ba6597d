package io.harmony4j.server;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ResponseStore;
import io.harmony4j.openai.ResponsesRequest;
import io.harmony4j.openai.StoredResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /v1/responses} and what is below: responses are made, looked at, read again, cancelled and deleted. */
final class ResponsesEndpoint {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    /** How long a response may take to end after it has been cancelled: about a token. */
    private static final Duration CANCEL_TIME = Duration.ofSeconds(10);

    private final ResponseRuns runs;
    private final ResponseStore store;

    ResponsesEndpoint(ResponseRuns runs, ResponseStore store) {
        this.runs = runs;
        this.store = store;
    }

    /**
     * Makes a response.
     *
     * @throws ApiException if it is refused
     */
    void post(Service service, Turns turns, Exchange exchange, String body, EventStream events) {
        ResponsesRequest request = service.responses().request(body);
        int[] prompt = request.prompt(service.renderer(), service.model().contextTokens());
        ResponseRun run = new ResponseRun(service, request, prompt, turns, exchange, events, runs);
        if (!request.ignoredTools().isEmpty()) {
            String ignored = String.join(
                    ", ",
                    request.ignoredTools().stream()
                            .map(index -> "tools[" + index + "]")
                            .toList());
            exchange.onEventLoop(() -> exchange.response().putHeader("x-ignored-tools", ignored));
        }
        JsonObject queued = run.snapshot();
        runs.start(run, request.isStream() || request.isBackground());
        if (request.isBackground() && !request.isStream()) {
            exchange.answer(200, queued);
        }
    }

    /** Counts the tokens of the prompt of a request. */
    void countInput(Service service, Exchange exchange, String body) {
        ResponsesRequest request = service.responses().request(body);
        int[] prompt = request.prompt(service.renderer(), Integer.MAX_VALUE);
        exchange.answer(
                200,
                JsonObject.builder()
                        .put("object", "response.input_tokens")
                        .put("input_tokens", prompt.length)
                        .build());
    }

    /**
     * Shows a response, or sends its events once more.
     *
     * @param stream the parameter of this name, or null
     * @param startingAfter the parameter {@code starting_after}, or null
     * @throws ApiException if there is no such response, or its events are not kept
     */
    void get(
            Exchange exchange, String id, @Nullable String stream, @Nullable String startingAfter, EventStream events) {
        Optional<ResponseRun> run = runs.get(id);
        if (!"true".equals(stream)) {
            exchange.answer(
                    200,
                    run.map(ResponseRun::snapshot).orElseGet(() -> stored(id).response()));
            return;
        }
        long after = startingAfter == null ? -1 : number("starting_after", startingAfter, 0, Long.MAX_VALUE);
        if (run.isEmpty()) {
            stored(id);
        }
        run.filter(ResponseRun::isReplayable)
                .orElseThrow(() -> new ApiException(
                        400,
                        "stream",
                        null,
                        "The events of response '" + id
                                + "' are not kept: only those of responses made with 'background'"
                                + " and 'stream' are, for some time. Leave out 'stream' to get the response."))
                .follow(events, after);
    }

    /** Deletes a response; one that is being made is cancelled. */
    void delete(Exchange exchange, String id) {
        if (!runs.delete(id)) {
            throw notFound(id);
        }
        exchange.answer(
                200,
                JsonObject.builder()
                        .put("id", id)
                        .put("object", "response")
                        .put("deleted", true)
                        .build());
    }

    /** Cancels a response that is made in the background; one that is finished stays as it is. */
    void cancel(Exchange exchange, String id) {
        Optional<ResponseRun> run = runs.get(id);
        JsonObject response =
                run.map(ResponseRun::snapshot).orElseGet(() -> stored(id).response());
        if (!response.get("background").booleanValue()) {
            throw new ApiException(
                    400,
                    null,
                    null,
                    "Expected a response made with 'background' but '" + id
                            + "' is not; close its connection instead.");
        }
        run.ifPresent(made -> made.cancellation().cancel(null));
        exchange.answer(200, run.map(made -> made.whole(CANCEL_TIME)).orElse(response));
    }

    /**
     * Lists the items of a response's request.
     *
     * @param limit the parameter of this name, or null; as {@code order} and {@code after}
     */
    void inputItems(
            Exchange exchange, String id, @Nullable String limit, @Nullable String order, @Nullable String after) {
        List<JsonObject> items = new ArrayList<>(
                runs.get(id).map(ResponseRun::input).orElseGet(() -> stored(id).input()));
        int most = limit == null ? DEFAULT_LIMIT : (int) number("limit", limit, 1, MAX_LIMIT);
        if (order == null || order.equals("desc")) {
            Collections.reverse(items);
        } else if (!order.equals("asc")) {
            throw new ApiException(
                    400,
                    "order",
                    "invalid_value",
                    "Invalid value: '" + order + "'. Supported values are: 'asc' and 'desc'.");
        }
        int from = after == null ? 0 : 1 + indexOf(items, after);
        List<JsonObject> page = items.subList(from, Math.min(items.size(), from + most));
        exchange.answer(
                200,
                JsonObject.builder()
                        .put("object", "list")
                        .put("data", JsonArray.of(page))
                        .put("has_more", from + page.size() < items.size())
                        .put("first_id", page.isEmpty() ? null : idOf(page.get(0)))
                        .put("last_id", page.isEmpty() ? null : idOf(page.get(page.size() - 1)))
                        .build());
    }

    private static int indexOf(List<JsonObject> items, String id) {
        for (int i = 0; i < items.size(); i++) {
            if (id.equals(idOf(items.get(i)))) {
                return i;
            }
        }
        throw new ApiException(400, "after", "invalid_value", "Item with id '" + id + "' not found.");
    }

    private static @Nullable String idOf(JsonObject item) {
        return item.get("id").textOrNull();
    }

    private static long number(String name, String text, long min, long max) {
        long value = -1;
        if (text.matches("[0-9]{1,18}")) {
            value = Long.parseLong(text);
        }
        if (value < min || value > max) {
            throw new ApiException(
                    400,
                    name,
                    "invalid_value",
                    "Invalid '" + name + "': expected an integer"
                            + (max == Long.MAX_VALUE ? " of at least " + min : " from " + min + " to " + max)
                            + ", but got '" + text + "'.");
        }
        return value;
    }

    private StoredResponse stored(String id) {
        return store.get(id).orElseThrow(() -> notFound(id));
    }

    private static ApiException notFound(String id) {
        return new ApiException(404, null, null, "Response with id '" + id + "' not found.");
    }
}
