package io.harmony4j.openai;

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
public final class TextAnswer extends ChoicesAnswer {
    private final TextRequest request;
    private final List<TextTurn> turns = new ArrayList<>();

    TextAnswer(TextRequest request, Tokenizer tokenizer, @Nullable Consumer<JsonObject> chunks) {
        super(request.options().ids().next(Ids.TEXT), request.includesUsage(), chunks);
        this.request = request;
        for (int i = 0; i < request.choices(); i++) {
            TextTurn turn = new TextTurn(this, request, tokenizer, i);
            add(new Choice(turn::begin, turn::isFinished, turn::toJson, turn::usage));
            turns.add(turn);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @param choice the choice, from 0; {@link TextRequest#promptOf} tells its prompt
     */
    @Override
    public TextTurn turn(int choice) {
        return turns.get(choice);
    }

    @Override
    JsonObject.Builder head(boolean isChunk) {
        return JsonObject.builder()
                .put("id", id())
                .put("object", "text_completion")
                .put("created", request.created())
                .put("model", request.model())
                .put("system_fingerprint", JsonValue.ofNull());
    }

    @Override
    boolean sharesPrompt(int choice) {
        return request.promptOf(choice) == request.promptOf(choice - 1);
    }
}
