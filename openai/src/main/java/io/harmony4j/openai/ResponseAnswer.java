package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.chat.TokenHistory;
import io.harmony4j.chat.ToolCall;
import io.harmony4j.chat.Usage;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.Diagnostic;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer of Responses, made from a turn of the model, or several with hosted tools between: events while it comes, and the whole.
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
 * <p>Each message of the model is one item of the output; items do not overlap. The last event has the whole response.
 *
 * <p>Where the model calls a tool that the server runs itself, the response goes on after the turn: {@link #hostedCall()} has the call,
 * {@link #giveResult} takes what the tool says, and {@link #turn()} is the next one, until the response {@link #isFinished()}. {@link
 * ResponseLoop} does that. For one thread at a time.
 */
public final class ResponseAnswer {
    private final ResponseEnvelope envelope;
    private final AnswerRules rules;

    /** Is told each event; null if only the whole response is wanted. */
    private final @Nullable Consumer<JsonObject> events;

    private final Tokenizer tokenizer;
    private final EventOrder order = new EventOrder();
    private final String id;
    private final Items items = new Items();

    /** All turns so far; the last is under way, or was the last. */
    private final List<AnswerTurn> turns = new ArrayList<>();

    private final List<JsonObject> output = new ArrayList<>();

    /** For each item of the output, also one that is not complete yet, the turn that it is of. */
    private final List<AnswerTurn> turnsOfItems = new ArrayList<>();

    /** What a model has read and said up to the last prompt; null before it. */
    private @Nullable TokenHistory history;

    /** How many items of the output are in the history. */
    private int itemsInHistory;

    private long sequenceNumber;
    private Status status;
    private @Nullable ApiException error;

    /** The usage of all turns so far. */
    private Usage used = Usage.of(0, 0);

    /** The usage of the response; null until its end. */
    private @Nullable Usage usage;

    /** The call of a hosted tool that waits for its result; null if none does. */
    private @Nullable ResponseItem waiting;

    /** How many calls of hosted tools have been given out to be run. */
    private int hostedCalls;

    /** Whether the model has been told that it may call no more hosted tools. */
    private boolean isToldOfLimit;

    /** Whether there is a call that the client is to answer. */
    private boolean hasClientCall;

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
        this.tokenizer = tokenizer;
        this.envelope = requireNonNull(envelope, "envelope");
        this.rules = requireNonNull(rules, "rules");
        this.events = events;
        this.status = envelope.echo().get("background").booleanValue() ? Status.QUEUED : Status.IN_PROGRESS;
        this.id = envelope.ids().next(Ids.RESPONSE);
        turns.add(new AnswerTurn(tokenizer, rules, items));
    }

    /** Returns the response's id. */
    public String id() {
        return id;
    }

    /** Returns the turn that is under way. */
    public AnswerTurn turn() {
        return turns.get(turns.size() - 1);
    }

    /** Returns whether the response has ended. */
    public boolean isFinished() {
        return usage != null;
    }

    /** Returns what the model got wrong so far and the parser repaired, in order. */
    public List<Diagnostic> diagnostics() {
        return turns.stream().flatMap(turn -> turn.diagnostics().stream()).toList();
    }

    /**
     * Returns the call of a tool that the server runs itself, and whose result the response waits for, after its turn is finished; empty
     * if it waits for none. There is at most one a turn, and the turn ends with it.
     */
    public Optional<ToolCall> hostedCall() {
        return Optional.ofNullable(waiting).map(ResponseItem::call);
    }

    /**
     * Goes on with the result of {@link #hostedCall()}. Then there is another {@link #turn()}, unless the response {@link #isFinished()}:
     * because there is a call that the client is to answer, too, or because the limit of tokens is reached.
     *
     * @param result what the tool says, or what went wrong
     * @throws IllegalStateException if no call waits for its result
     */
    public void giveResult(String result) {
        requireNonNull(result, "result");
        if (waiting == null) {
            throw new IllegalStateException("expected a call that waits for its result but there is none");
        }
        endHosted(waiting, result);
        if (hasClientCall) {
            end(Status.COMPLETED);
        } else if (tokensLeft() < 1) {
            end(Status.INCOMPLETE);
        } else {
            turns.add(new AnswerTurn(tokenizer, rules, items));
        }
    }

    /** Returns how many tokens may still be generated. */
    int tokensLeft() {
        return envelope.maxTokens() - used.completionTokens();
    }

    /**
     * Returns the items of the output so far, for this library: those that are a model's words have their tokens beside them, as {@link
     * TokenHistory#SAMPLED_TOKENS}.
     */
    List<JsonObject> sampledOutput() {
        List<JsonObject> sampled = new ArrayList<>();
        List<JsonValue> tokens = List.of();
        int next = 0;
        for (int i = 0; i < output.size(); i++) {
            if (i == 0 || turnsOfItems.get(i) != turnsOfItems.get(i - 1)) {
                tokens = turnsOfItems.get(i).sampledTokens();
                next = 0;
            }
            JsonValue ofItem = next < tokens.size() ? tokens.get(next++) : JsonValue.ofNull();
            JsonObject item = output.get(i);
            sampled.add(
                    ofItem.isNull()
                            ? item
                            : item.toBuilder()
                                    .put(TokenHistory.SAMPLED_TOKENS, ofItem)
                                    .build());
        }
        return sampled;
    }

    /**
     * Returns the history up to here.
     *
     * @param beginning gives what was said before the response
     * @param more adds items of the output to a history
     */
    TokenHistory history(
            Supplier<TokenHistory> beginning, BiFunction<TokenHistory, List<JsonObject>, TokenHistory> more) {
        TokenHistory before = history == null ? beginning.get() : history;
        List<JsonObject> items = sampledOutput();
        history = more.apply(before, items.subList(itemsInHistory, items.size()));
        itemsInHistory = items.size();
        return history;
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
        return toJson(output);
    }

    /** Returns {@link #toJson()} for the store, which has the tokens of what the model said. */
    JsonObject toStoredJson() {
        return toJson(sampledOutput());
    }

    private JsonObject toJson(List<JsonObject> items) {
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
                .put("output", JsonArray.of(items))
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

    /** Waits for a result, if the tool may be run; else the model is told once that it may not, and then the response ends. */
    private void await() {
        if (hostedCalls < envelope.maxHostedCalls()) {
            hostedCalls++;
        } else if (!isToldOfLimit) {
            isToldOfLimit = true;
            giveResult("error: expected no more than " + envelope.maxHostedCalls()
                    + " calls of tools; answer with what is known");
        } else {
            end(Status.INCOMPLETE);
        }
    }

    /** Ends the item of a hosted call. */
    private void endHosted(ResponseItem call, @Nullable String result) {
        waiting = null;
        if (result != null) {
            call.answered(result);
        }
        items.endHosted(call);
    }

    private void end(Status last) {
        begin();
        if (waiting != null) {
            endHosted(waiting, null);
        }
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
            turnsOfItems.add(turn());
            hasClientCall |= item.kind().isCall() && !item.kind().isHosted();
            if (events != null && !open.isLate()) {
                sendBegin(open);
            }
        }

        private void sendBegin(ResponseItem item) {
            send("response.output_item.added", ofOutput().put("item", item.started()));
            if (item.hasPart()) {
                send("response.content_part.added", ofPart(item).put("part", item.part()));
            }
            if (item.isHosted()) {
                send(item.progress().get(0), ofPart(item));
            }
        }

        @Override
        public void added(Item item, String text, List<JsonValue> logProbabilities) {
            ResponseItem current = requireNonNull(open);
            if (events == null || current.isLate()) {
                return;
            }
            JsonObject.Builder delta = ofPart(current).put("delta", text);
            if (item.kind() == Item.Kind.MESSAGE) {
                delta.put("logprobs", JsonArray.of(logProbabilities));
            }
            send(current.textEvent() + ".delta", delta);
        }

        @Override
        public void ended(Item item) {
            ResponseItem done = requireNonNull(open);
            open = null;
            if (done.isHosted()) {
                sendRunning(done);
                if (item.isCut()) {
                    endHosted(done);
                } else {
                    waiting = done;
                }
                return;
            }
            JsonObject json = done.ended();
            if (events != null) {
                sendEnd(done, json);
            }
            output.add(json);
        }

        /** Says that a hosted call is complete and runs now. */
        private void sendRunning(ResponseItem call) {
            if (events == null) {
                return;
            }
            if (call.isLate()) {
                sendBegin(call);
            } else {
                sendText(call);
            }
            send(call.progress().get(1), ofPart(call));
        }

        void endHosted(ResponseItem call) {
            JsonObject json = call.ended();
            if (events != null) {
                send(call.progress().get(2), ofPart(call));
                send("response.output_item.done", ofOutput().put("item", json));
            }
            output.add(json);
        }

        private void sendEnd(ResponseItem item, JsonObject json) {
            sendText(item);
            if (item.hasPart()) {
                send("response.content_part.done", ofPart(item).put("part", item.part()));
            }
            send("response.output_item.done", ofOutput().put("item", json));
        }

        private void sendText(ResponseItem item) {
            JsonObject.Builder text = ofPart(item);
            item.text().members().forEach(text::put);
            send(item.textEvent() + ".done", text);
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
        public void finished(FinishReason reason, Usage ofTurn) {
            used = used.plus(ofTurn);
            switch (reason) {
                case STOP, TOOL_CALLS -> {
                    if (waiting == null) {
                        end(Status.COMPLETED);
                    } else {
                        await();
                    }
                }
                case LENGTH -> end(Status.INCOMPLETE);
                case CANCELLED -> end(Status.CANCELLED);
            }
        }

        @Override
        public void failed(ApiException cause, Usage ofTurn) {
            begin();
            used = used.plus(ofTurn);
            error = cause;
            end(Status.FAILED);
        }
    }
}
