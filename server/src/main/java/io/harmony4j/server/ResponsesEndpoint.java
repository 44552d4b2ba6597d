package io.harmony4j.server;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.Responses;
import io.harmony4j.openai.ResponsesRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code /v1/responses} and what is below: responses are made, looked at, read again, cancelled and deleted. */
final class ResponsesEndpoint {
    /** How long a response may take to end after it has been cancelled: about a token. */
    private static final Duration CANCEL_TIME = Duration.ofSeconds(10);

    private final ResponseRuns runs;

    ResponsesEndpoint(ResponseRuns runs) {
        this.runs = runs;
    }

    /**
     * Makes a response.
     *
     * @throws ApiException if it is refused
     */
    void post(Call call) {
        Service service = call.service();
        Exchange exchange = call.exchange();
        ResponsesRequest request = service.responses().request(call.body());
        request.prompt(service.renderer(), service.model().contextTokens()); // or it is refused
        service.grammars().of(request); // or it is refused
        if (!request.ignoredTools().isEmpty()) {
            String ignored = request.ignoredTools().stream()
                    .map(index -> "tools[" + index + "]")
                    .collect(Collectors.joining(", "));
            exchange.onEventLoop(() -> exchange.response().putHeader("x-ignored-tools", ignored));
            exchange.note("ignored_tools", JsonValue.of(ignored));
        }
        ResponseRun run = new ResponseRun(request, call, runs);
        JsonObject queued = run.snapshot();
        runs.start(run, request.isStream() || request.isBackground());
        if (request.isBackground() && !request.isStream()) {
            exchange.answer(200, queued);
        }
    }

    /** Counts the tokens of the prompt of a request. */
    void countInput(Call call) {
        ResponsesRequest request = call.service().responses().request(call.body());
        call.answer(Responses.inputTokens(request.countPrompt(call.service().renderer())));
    }

    /**
     * Shows a response, or sends its events once more. The query has {@code stream}, and with it {@code starting_after}, the number of
     * the last event that the client has.
     *
     * @throws ApiException if there is no such response, or its events are not kept
     */
    void get(Call call) {
        String id = call.id();
        Map<String, String> query = call.query();
        Optional<ResponseRun> run = runs.get(id);
        JsonObject response = run.map(ResponseRun::snapshot)
                .orElseGet(() -> call.service().responses().get(id));
        if (!"true".equals(query.get("stream"))) {
            call.answer(response);
            return;
        }
        long after = startingAfter(query.get("starting_after"));
        run.filter(ResponseRun::isReplayable)
                .orElseThrow(() -> new ApiException(
                        400,
                        "stream",
                        null,
                        "The events of response '" + id
                                + "' are not kept: only those of responses made with 'background'"
                                + " and 'stream' are, for some time. Leave out 'stream' to get the response."))
                .follow(call.events(), after);
    }

    private static long startingAfter(@Nullable String text) {
        if (text == null) {
            return -1;
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw new ApiException(
                    400,
                    "starting_after",
                    "invalid_value",
                    "Invalid 'starting_after': expected the sequence number of an event, but got '" + text + "'.");
        }
        return Long.parseLong(text);
    }

    /** Deletes a response; one that is being made is cancelled. */
    void delete(Call call) {
        JsonObject deleted = call.service().responses().delete(call.id());
        runs.drop(call.id());
        call.answer(deleted);
    }

    /** Cancels a response that is made in the background; one that is finished stays as it is. */
    void cancel(Call call) {
        String id = call.id();
        Optional<ResponseRun> run = runs.get(id);
        JsonObject response = run.map(ResponseRun::snapshot)
                .orElseGet(() -> call.service().responses().get(id));
        if (!response.get("background").booleanValue()) {
            throw new ApiException(
                    400,
                    null,
                    null,
                    "Expected a response made with 'background' but '" + id
                            + "' is not; close its connection instead.");
        }
        run.ifPresent(made -> made.cancellation().cancel(null));
        call.answer(run.map(made -> made.whole(CANCEL_TIME)).orElse(response));
    }

    /** Lists the items of a response's request. */
    void inputItems(Call call) {
        call.answer(call.service().responses().inputItems(call.id(), call.query()));
    }
}
