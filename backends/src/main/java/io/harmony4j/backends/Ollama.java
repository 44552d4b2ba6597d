package io.harmony4j.backends;

import static java.util.Objects.requireNonNullElse;

import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.PromptTooLongException;
import io.harmony4j.generation.Sampling;
import io.harmony4j.grammar.GrammarMatcher;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Ollama, {@code POST /api/generate} with {@code raw}: text in and out, no ids.
 *
 * <p>Special tokens stand in the text by their names, but for the one that ends the answer, which is added. An old Ollama takes all of
 * them out; then the tokens are those of what is left, for a parser that was told so ({@code ParseOptions.stripped()}).
 *
 * <p>It takes no grammar, only a schema of the answer, for which it writes the header itself; so it is sent none.
 */
final class Ollama implements Runtime {
    private static final String NAME = "Ollama";
    private static final int LEAST_CONTEXT = 8192;
    private static final int MOST_CONTEXT = 131_072; // that of gpt-oss

    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();
    private final String model;
    private final OptionalInt contextLength;

    Ollama(Description description) {
        this.model = requireNonNullElse(description.model(), "gpt-oss:20b");
        this.contextLength = description.contextLength();
    }

    @Override
    public String path() {
        return "/api/generate";
    }

    @Override
    public Events.Form form() {
        return Events.Form.LINES;
    }

    @Override
    public JsonObject request(int[] prompt, GenerationOptions options, @Nullable GrammarMatcher grammar) {
        if (options.logProbabilities().isPresent()) {
            throw new IllegalArgumentException("expected no log-probabilities to be asked for but found "
                    + options.logProbabilities().getAsInt() + ": " + NAME + " gives text, not tokens");
        }
        int context = contextLength(prompt.length, options.maxTokens());
        if (prompt.length >= context) {
            throw new PromptTooLongException(prompt.length, context);
        }
        Sampling sampling = options.sampling();
        return JsonObject.builder()
                .put("model", model)
                .put("prompt", PromptText.of(tokenizer, prompt, NAME))
                .put("raw", true)
                .put("stream", true)
                .put(
                        "options",
                        JsonObject.builder()
                                .put("num_predict", options.maxTokens())
                                .put("temperature", sampling.temperature())
                                .put("top_k", sampling.topK())
                                .put("top_p", sampling.topP())
                                .put("min_p", sampling.minP())
                                .put("repeat_penalty", 1)
                                .put("num_ctx", context)
                                .put("seed", SamplingFields.seed(sampling))
                                .build())
                .build();
    }

    /** Its own default is low, and it cuts longer prompts without a word. Steps: with another one it loads the model again. */
    private int contextLength(int promptTokens, int maxTokens) {
        if (contextLength.isPresent()) {
            return contextLength.getAsInt();
        }
        long needed = (long) promptTokens + maxTokens;
        int context = LEAST_CONTEXT;
        while (context < needed && context < MOST_CONTEXT) {
            context *= 2;
        }
        return context;
    }

    @Override
    public Reader reader(Answer answer) {
        return event -> read(event, answer);
    }

    private static void read(JsonValue event, Answer answer) {
        answer.text(event.get("response").text());
        if (event.get("done").booleanValue()) {
            String reason = requireNonNullElse(event.get("done_reason").textOrNull(), "stop");
            answer.finish(CompletionsReader.reason(reason), null);
        }
    }
}
