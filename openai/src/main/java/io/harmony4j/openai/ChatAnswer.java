package io.harmony4j.openai;

import io.harmony4j.json.JsonObject;
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
public final class ChatAnswer extends ChoicesAnswer {
    private final ChatEnvelope envelope;
    private final List<AnswerTurn> turns = new ArrayList<>();

    /** @param chunks is told each chunk as it comes; null if only the whole answer is wanted, which takes much less time */
    ChatAnswer(Tokenizer tokenizer, ChatEnvelope envelope, AnswerRules rules, @Nullable Consumer<JsonObject> chunks) {
        super(envelope.ids().next(Ids.CHAT), envelope.includeUsage(), chunks);
        this.envelope = envelope;
        // a client that knows one function_call only could not be told of a second
        AnswerRules turnRules = envelope.legacyFunctions() ? rules.withOnlyFirstCall() : rules;
        for (int i = 0; i < envelope.choices(); i++) {
            ChatChoice choice = new ChatChoice(this, envelope, rules.logProbabilities(), i);
            add(new Choice(choice::begin, choice::isFinished, choice::toJson, choice::usage));
            turns.add(new AnswerTurn(tokenizer, turnRules, choice));
        }
    }

    @Override
    public AnswerTurn turn(int choice) {
        return turns.get(choice);
    }

    @Override
    JsonObject.Builder head(boolean isChunk) {
        return JsonObject.builder()
                .put("id", id())
                .put("object", isChunk ? "chat.completion.chunk" : "chat.completion")
                .put("created", envelope.created())
                .put("model", envelope.model())
                .put("service_tier", "default")
                .put("system_fingerprint", envelope.fingerprint());
    }

    @Override
    boolean sharesPrompt(int choice) {
        return true;
    }
}
