package io.harmony4j.openai;

import io.harmony4j.chat.Usage;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer of Chat Completions or Completions, with one choice or several, each made from a generation: chunks while they come, and the
 * whole. The deltas, joined, are the whole answer. For one thread at a time.
 */
public abstract sealed class ChoicesAnswer permits ChatAnswer, TextAnswer {
    private final String id;
    private final boolean includesUsage;

    /** Is told each chunk; null if only the whole answer is wanted. */
    private final @Nullable Consumer<JsonObject> chunks;

    private final List<Choice> choices = new ArrayList<>();
    private boolean hasBegun;

    /** Why there will be no answer; null as long as all goes well. */
    private @Nullable ApiException error;

    /**
     * One of the choices.
     *
     * @param begin sends what comes before all else
     * @param json returns the choice as the whole answer has it
     */
    record Choice(Runnable begin, BooleanSupplier isFinished, Supplier<JsonObject> json, Supplier<Usage> usage) {}

    /**
     * @param includesUsage whether the last chunk has the usage
     * @param chunks is told each chunk as it comes; null if only the whole answer is wanted, which takes much less time
     */
    ChoicesAnswer(String id, boolean includesUsage, @Nullable Consumer<JsonObject> chunks) {
        this.id = id;
        this.includesUsage = includesUsage;
        this.chunks = chunks;
    }

    /** Adds the next choice. */
    final void add(Choice choice) {
        choices.add(choice);
    }

    /** Returns the answer's id. */
    public final String id() {
        return id;
    }

    /** Returns how many choices there are. */
    public final int choices() {
        return choices.size();
    }

    /**
     * Returns the turn that becomes a choice.
     *
     * @param choice the choice, from 0
     */
    public abstract Turn turn(int choice);

    /** Sends the first chunk of each choice, before the model has read its prompt. The first delta does so too, if nobody has. */
    public final void begin() {
        if (!hasBegun) {
            hasBegun = true;
            choices.forEach(choice -> choice.begin().run());
        }
    }

    /**
     * Returns the whole answer.
     *
     * @throws IllegalStateException if a turn is not finished
     * @throws ApiException if a turn has failed
     */
    public final JsonObject toJson() {
        if (error != null) {
            throw error;
        }
        for (int i = 0; i < choices.size(); i++) {
            if (!choices.get(i).isFinished().getAsBoolean()) {
                throw new IllegalStateException("expected all turns to be finished but turn " + i + " is not");
            }
        }
        return head(false)
                .put(
                        "choices",
                        JsonArray.of(choices.stream()
                                .map(choice -> choice.json().get())
                                .toList()))
                .put("usage", UsageJson.chat(usage()))
                .build();
    }

    /** Returns the fields before the choices, of a chunk or of the whole answer. */
    abstract JsonObject.Builder head(boolean isChunk);

    /** Returns whether a choice has the prompt in common with the one before it. */
    abstract boolean sharesPrompt(int choice);

    /** Returns whether chunks are wanted. */
    final boolean isStreamed() {
        return chunks != null;
    }

    /** Sends a chunk with a choice, or with none. */
    final void send(List<JsonObject> choice) {
        begin();
        if (chunks == null || error != null) {
            return;
        }
        JsonObject.Builder chunk = head(true).put("choices", JsonArray.of(choice));
        if (includesUsage) {
            chunk.put("usage", choice.isEmpty() ? UsageJson.chat(usage()) : JsonValue.ofNull());
        }
        chunks.accept(chunk.build());
    }

    /** Ends the stream with its usage, if that was the last choice. */
    final void choiceFinished() {
        if (includesUsage
                && choices.stream().allMatch(choice -> choice.isFinished().getAsBoolean())) {
            send(List.of());
        }
    }

    /** Ends the stream with an error. */
    final void fail(ApiException cause) {
        begin();
        if (error == null) {
            error = cause;
            if (chunks != null) {
                chunks.accept(cause.toJson());
            }
        }
    }

    /** Returns the usage of all choices; a prompt that several have in common counts once. */
    private Usage usage() {
        Usage sum = Usage.of(0, 0);
        for (int i = 0; i < choices.size(); i++) {
            Usage used = choices.get(i).usage().get();
            boolean isShared = i > 0 && sharesPrompt(i);
            sum = sum.plus(isShared ? Usage.of(used.completionTokens(), used.reasoningTokens()) : used);
        }
        return sum;
    }
}
