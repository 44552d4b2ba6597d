package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.chat.Usage;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An answer of Chat Completions, made from one turn of the model or several: chunks while it comes, and the whole.
 *
 * <pre>{@code
 * ChatAnswer answer = request.answer(tokenizer, chunk -> out.println("data: " + chunk + "\n"));
 * answer.begin();
 * AnswerTurn turn = answer.turn(0);
 * turn.finish(generator.generate(prompt, options.withCancelled(turn::isDone), turn::accept));
 * out.println("data: [DONE]\n");
 * answer.toJson();      // {"id":"chatcmpl-…","object":"chat.completion",…}
 * }</pre>
 *
 * <p>Chunks are the JSON after {@code data:}. The deltas, joined, are the whole answer. When a turn fails, the last chunk is the
 * error, and {@code [DONE]} does not follow. For one thread at a time.
 */
public final class ChatAnswer {
    private final ChatEnvelope envelope;

    /** Is told each chunk; null if only the whole answer is wanted. */
    private final @Nullable Consumer<JsonObject> chunks;

    private final String id;
    private final List<ChatChoice> choices = new ArrayList<>();
    private final List<AnswerTurn> turns = new ArrayList<>();
    private boolean hasBegun;

    /** Why there will be no answer; null as long as all goes well. */
    private @Nullable ApiException error;

    /** @param chunks is told each chunk as it comes; null if only the whole answer is wanted, which takes much less time */
    ChatAnswer(Tokenizer tokenizer, ChatEnvelope envelope, AnswerRules rules, @Nullable Consumer<JsonObject> chunks) {
        this.envelope = requireNonNull(envelope, "envelope");
        this.chunks = chunks;
        this.id = envelope.ids().next(Ids.CHAT);
        // a client that knows one function_call only could not be told of a second
        AnswerRules turnRules = envelope.legacyFunctions() ? rules.withOnlyFirstCall() : rules;
        for (int i = 0; i < envelope.choices(); i++) {
            ChatChoice choice = new ChatChoice(this, envelope, rules.logProbabilities(), i);
            choices.add(choice);
            turns.add(new AnswerTurn(tokenizer, turnRules, choice));
        }
    }

    /** Returns the answer's id. */
    public String id() {
        return id;
    }

    /** Returns how many choices there are. */
    public int choices() {
        return turns.size();
    }

    /**
     * Returns the turn that becomes a choice.
     *
     * @param choice the choice, from 0
     */
    public AnswerTurn turn(int choice) {
        return turns.get(choice);
    }

    /** Sends the first chunk of each choice, before the model has read its prompt. The first delta does so too, if nobody has. */
    public void begin() {
        if (!hasBegun) {
            hasBegun = true;
            choices.forEach(ChatChoice::begin);
        }
    }

    /**
     * Returns the whole answer.
     *
     * @throws IllegalStateException if a turn is not finished
     * @throws ApiException if a turn has failed
     */
    public JsonObject toJson() {
        if (error != null) {
            throw error;
        }
        for (int i = 0; i < choices.size(); i++) {
            if (!choices.get(i).isFinished()) {
                throw new IllegalStateException("expected all turns to be finished but turn " + i + " is not");
            }
        }
        return head("chat.completion")
                .put(
                        "choices",
                        JsonArray.of(choices.stream().map(ChatChoice::toJson).toList()))
                .put("usage", UsageJson.chat(usage()))
                .build();
    }

    /** Returns whether chunks are wanted. */
    boolean isStreamed() {
        return chunks != null;
    }

    /** Sends a chunk with a choice, or with none. */
    void send(List<JsonObject> choice) {
        begin();
        if (chunks == null || error != null) {
            return;
        }
        JsonObject.Builder chunk = head("chat.completion.chunk").put("choices", JsonArray.of(choice));
        if (envelope.includeUsage()) {
            chunk.put("usage", choice.isEmpty() ? UsageJson.chat(usage()) : JsonValue.ofNull());
        }
        chunks.accept(chunk.build());
    }

    /** Ends the stream with its usage, if that was the last choice. */
    void choiceFinished() {
        if (envelope.includeUsage() && choices.stream().allMatch(ChatChoice::isFinished)) {
            send(List.of());
        }
    }

    /** Ends the stream with an error. */
    void fail(ApiException cause) {
        begin();
        if (error == null) {
            error = cause;
            if (chunks != null) {
                chunks.accept(cause.toJson());
            }
        }
    }

    private JsonObject.Builder head(String object) {
        return JsonObject.builder()
                .put("id", id)
                .put("object", object)
                .put("created", envelope.created())
                .put("model", envelope.model())
                .put("service_tier", "default")
                .put("system_fingerprint", envelope.fingerprint());
    }

    /** Returns the usage of all choices: they have the prompt in common. */
    private Usage usage() {
        Usage sum = choices.get(0).usage();
        for (ChatChoice choice : choices.subList(1, choices.size())) {
            Usage used = choice.usage();
            sum = sum.plus(Usage.of(used.completionTokens(), used.reasoningTokens()));
        }
        return sum;
    }
}
