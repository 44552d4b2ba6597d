package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.chat.Usage;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An answer of Responses, made from a turn of the model: events while it comes, and the whole.
 *
 * <pre>{@code
 * ResponseAnswer answer = request.answer(tokenizer, event ->
 *         out.println("event: " + event.get("type").text() + "\ndata: " + event + "\n"));
 * answer.begin();
 * AnswerTurn turn = answer.turn();
 * turn.finish(generator.generate(prompt, options.withCancelled(turn::isDone), turn::accept));
 * answer.toJson();      // {"id":"resp_…","object":"response",…}
 * }</pre>
 *
 * <p>Each message of the model is one item of the output; items do not overlap. The last event has the whole response. For one
 * thread at a time.
 */
public final class ResponseAnswer {
    private final ResponseEnvelope envelope;
    private final AnswerRules rules;

    /** Is told each event; null if only the whole response is wanted. */
    private final @Nullable Consumer<JsonObject> events;

    private final EventOrder order = new EventOrder();
    private final String id;
    private final AnswerTurn turn;
    private final List<JsonObject> output = new ArrayList<>();
    private long sequenceNumber;
    private Status status;
    private @Nullable ApiException error;
    private @Nullable Usage usage;
    private @Nullable Long completedAt;

    /** How far a response has come. */
    private enum Status {
        /** It is to be made while nobody waits for it, and has not begun. */
        QUEUED("queued", ""),
        IN_PROGRESS("in_progress", ""),
        COMPLETED("completed", "response.completed"),
        INCOMPLETE("incomplete", "response.incomplete"),
        /** It has no event of its own. */
        CANCELLED("cancelled", "response.incomplete"),
        FAILED("failed", "response.failed");

        private final String wireName;

        /** The last event of a response of this status. */
        private final String event;

        Status(String wireName, String event) {
            this.wireName = wireName;
            this.event = event;
        }
    }

    /** @param events is told each event as it comes; null if only the whole response is wanted, which takes much less time */
    ResponseAnswer(
            Tokenizer tokenizer, ResponseEnvelope envelope, AnswerRules rules, @Nullable Consumer<JsonObject> events) {
        this.envelope = requireNonNull(envelope, "envelope");
        this.rules = requireNonNull(rules, "rules");
        this.events = events;
        this.status = envelope.echo().get("background").booleanValue() ? Status.QUEUED : Status.IN_PROGRESS;
        this.id = envelope.ids().next(Ids.RESPONSE);
        this.turn = new AnswerTurn(tokenizer, rules, new Items());
    }

    /** Returns the response's id. */
    public String id() {
        return id;
    }

    /** Returns the turn that becomes the response. */
    public AnswerTurn turn() {
        return turn;
    }

    /**
     * Sends the first events, before the model has read its prompt; a response in the background is {@code queued} until then. The first
     * item does so too, if nobody has.
     */
    public void begin() {
        if (status == Status.QUEUED) {
            status = Status.IN_PROGRESS;
        }
        if (events != null && sequenceNumber == 0) {
            send("response.created", JsonObject.builder().put("response", toJson()));
            send("response.in_progress", JsonObject.builder().put("response", toJson()));
        }
    }

    /** Returns the response as it is now; it is whole when the turn is finished, or has failed. */
    public JsonObject toJson() {
        JsonObject.Builder response = JsonObject.builder()
                .put("id", id)
                .put("object", "response")
                .put("created_at", envelope.createdAt())
                .put("status", status.wireName)
                .put("completed_at", completedAt == null ? JsonValue.ofNull() : JsonValue.of(completedAt))
                .put("error", error == null ? JsonValue.ofNull() : error(error))
                .put(
                        "incomplete_details",
                        status == Status.INCOMPLETE
                                ? JsonObject.of("reason", JsonValue.of("max_output_tokens"))
                                : JsonValue.ofNull())
                .put("output", JsonArray.of(output))
                .put("usage", usage == null ? JsonValue.ofNull() : UsageJson.response(usage));
        ResponseEnvelope.ECHOED.forEach(
                name -> response.put(name, envelope.echo().get(name)));
        return response.build();
    }

    private static JsonObject error(ApiException error) {
        return JsonObject.builder()
                .put("code", Objects.requireNonNullElse(error.code(), "server_error"))
                .put("message", error.getMessage())
                .build();
    }

    private void send(String type, JsonObject.Builder fields) {
        if (events == null) {
            return;
        }
        JsonObject.Builder event = JsonObject.builder().put("type", type).put("sequence_number", sequenceNumber++);
        fields.build().members().forEach(event::put);
        JsonObject complete = event.build();
        order.accept(complete);
        events.accept(complete);
    }

    private void end(Status last, Usage used) {
        begin();
        status = last;
        usage = used;
        completedAt =
                last == Status.COMPLETED ? (Long) envelope.clock().instant().getEpochSecond() : null;
        send(last.event, JsonObject.builder().put("response", toJson()));
    }

    /** Makes items of the output from those of the turn, and sends their events. */
    private final class Items implements ItemListener {
        private @Nullable ResponseItem open;

        @Override
        public void started(Item item) {
            begin();
            open = new ResponseItem(item, envelope, rules);
            if (events == null) {
                return;
            }
            send("response.output_item.added", ofOutput().put("item", open.started()));
            if (open.hasPart()) {
                send("response.content_part.added", ofPart(open).put("part", open.part()));
            }
        }

        @Override
        public void added(Item item, String text, List<JsonValue> logProbabilities) {
            if (events == null) {
                return;
            }
            ResponseItem current = requireNonNull(open);
            JsonObject.Builder delta = ofPart(current).put("delta", text);
            if (item.kind() == Item.Kind.MESSAGE) {
                delta.put("logprobs", JsonArray.of(logProbabilities));
            }
            send(current.textEvent() + ".delta", delta);
        }

        @Override
        public void ended(Item item) {
            ResponseItem done = requireNonNull(open);
            JsonObject json = done.ended();
            if (events != null) {
                sendEnd(done, json);
            }
            output.add(json);
            open = null;
        }

        private void sendEnd(ResponseItem item, JsonObject json) {
            JsonObject.Builder text = ofPart(item);
            item.text().members().forEach(text::put);
            send(item.textEvent() + ".done", text);
            if (item.hasPart()) {
                send("response.content_part.done", ofPart(item).put("part", item.part()));
            }
            send("response.output_item.done", ofOutput().put("item", json));
        }

        private JsonObject.Builder ofOutput() {
            return JsonObject.builder().put("output_index", output.size());
        }

        /** Returns what the events of an item's text begin with. */
        private JsonObject.Builder ofPart(ResponseItem item) {
            JsonObject.Builder fields =
                    JsonObject.builder().put("item_id", item.id()).put("output_index", output.size());
            return item.hasPart() ? fields.put("content_index", 0) : fields;
        }

        @Override
        public void finished(FinishReason reason, Usage used) {
            end(
                    switch (reason) {
                        case STOP, TOOL_CALLS -> Status.COMPLETED;
                        case LENGTH -> Status.INCOMPLETE;
                        case CANCELLED -> Status.CANCELLED;
                    },
                    used);
        }

        @Override
        public void failed(ApiException cause, Usage used) {
            begin();
            error = cause;
            end(Status.FAILED, used);
        }
    }
}
