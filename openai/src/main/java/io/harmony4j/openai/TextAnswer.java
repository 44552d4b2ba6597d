package io.harmony4j.openai;

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
 * An answer of Completions, made from the continuations of one prompt or several: chunks while they come, and the whole. Used as {@link
 * ChatAnswer}; {@link TextCompletions} shows how. For one thread at a time.
 */
public final class TextAnswer {
    private final TextRequest request;

    /** Is told each chunk; null if only the whole answer is wanted. */
    private final @Nullable Consumer<JsonObject> chunks;

    private final String id;
    private final List<TextTurn> turns = new ArrayList<>();
    private boolean hasBegun;

    /** Why there will be no answer; null as long as all goes well. */
    private @Nullable ApiException error;

    TextAnswer(TextRequest request, Tokenizer tokenizer, @Nullable Consumer<JsonObject> chunks) {
        this.request = request;
        this.chunks = chunks;
        this.id = request.options().ids().next(Ids.TEXT);
        for (int i = 0; i < request.choices(); i++) {
            turns.add(new TextTurn(this, request, tokenizer, i));
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
     * @param choice the choice, from 0; {@link TextRequest#promptOf} tells its prompt
     */
    public TextTurn turn(int choice) {
        return turns.get(choice);
    }

    /** Sends the prompts, if they are to be repeated. The first text does so too, if nobody has. */
    public void begin() {
        if (!hasBegun) {
            hasBegun = true;
            turns.forEach(TextTurn::begin);
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
        for (int i = 0; i < turns.size(); i++) {
            if (!turns.get(i).isFinished()) {
                throw new IllegalStateException("expected all turns to be finished but turn " + i + " is not");
            }
        }
        return head().put(
                        "choices",
                        JsonArray.of(turns.stream().map(TextTurn::toJson).toList()))
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
        JsonObject.Builder chunk = head().put("choices", JsonArray.of(choice));
        if (request.includesUsage()) {
            chunk.put("usage", choice.isEmpty() ? UsageJson.chat(usage()) : JsonValue.ofNull());
        }
        chunks.accept(chunk.build());
    }

    /** Ends the stream with its usage, if that was the last choice. */
    void choiceFinished() {
        if (request.includesUsage() && turns.stream().allMatch(TextTurn::isFinished)) {
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

    private JsonObject.Builder head() {
        return JsonObject.builder()
                .put("id", id)
                .put("object", "text_completion")
                .put("created", request.created())
                .put("model", request.model())
                .put("system_fingerprint", JsonValue.ofNull());
    }

    /** Returns the usage of all choices; those of one prompt have it in common. */
    private Usage usage() {
        Usage sum = Usage.of(0, 0);
        for (int i = 0; i < turns.size(); i++) {
            Usage used = turns.get(i).usage();
            boolean isFirst = i == 0 || request.promptOf(i) != request.promptOf(i - 1);
            sum = sum.plus(isFirst ? used : Usage.of(used.completionTokens(), 0));
        }
        return sum;
    }
}
