package io.harmony4j.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.chat.HarmonyModel;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options that both chat models have.
 *
 * @param <B> the builder itself
 */
abstract class ModelBuilder<B extends ModelBuilder<B>> {
    private @Nullable TokenGenerator backend;
    private String modelName = "gpt-oss";
    private ReasoningEffort reasoningEffort = ReasoningEffort.MEDIUM;
    private Clock clock = Conversations.SYSTEM_CLOCK;
    private GenerationOptions generationOptions = GenerationOptions.DEFAULT;
    private @Nullable Long seed;
    private ChatRequestParameters parameters = DefaultChatRequestParameters.EMPTY;
    private List<ChatModelListener> listeners = List.of();

    ModelBuilder() {}

    abstract B self();

    /**
     * Sets what generates: an engine of this process, or a runtime elsewhere. One that does one generation at a time must not be asked by
     * several threads at once; {@code BatchGenerator} of harmony-engine and the backends of harmony-backends may be.
     */
    public B backend(TokenGenerator newBackend) {
        backend = requireNonNull(newBackend, "backend");
        return self();
    }

    /** Sets the name that responses and listeners are given, {@code gpt-oss} by default. The backend is not told. */
    public B modelName(String name) {
        modelName = requireNonNull(name, "name");
        return self();
    }

    /** Sets how long the model is asked to think, by default {@link ReasoningEffort#MEDIUM}. */
    public B reasoningEffort(ReasoningEffort effort) {
        reasoningEffort = requireNonNull(effort, "effort");
        return self();
    }

    /** Sets what tells the date that stands in each prompt, by default the system's clock in its time zone. */
    public B clock(Clock newClock) {
        clock = requireNonNull(newClock, "clock");
        return self();
    }

    /**
     * Sets how tokens are generated where a request's parameters say nothing: the most tokens, sampling without its seed, a constraint, a
     * question that cancels.
     */
    public B generationOptions(GenerationOptions options) {
        generationOptions = requireNonNull(options, "options");
        return self();
    }

    /** Sets where the random numbers of each response begin; by default elsewhere each time, so that a question asked again has another answer. */
    public B seed(long newSeed) {
        seed = newSeed;
        return self();
    }

    /**
     * Sets the parameters that requests have where they say nothing else.
     *
     * @throws UnsupportedFeatureException if they have a frequency or presence penalty
     */
    public B defaultRequestParameters(ChatRequestParameters newParameters) {
        RequestOptions.requireSupported(requireNonNull(newParameters, "parameters"));
        parameters = newParameters;
        return self();
    }

    /** Sets who is told of requests, responses and errors. */
    public B listeners(List<ChatModelListener> newListeners) {
        listeners = List.copyOf(requireNonNull(newListeners, "listeners"));
        return self();
    }

    final ModelSettings settings() {
        if (backend == null) {
            throw new IllegalStateException(
                    "expected a backend, as in backend(Backends.of(\"llama-server:http://localhost:8080\")), but found none");
        }
        ChatRequestParameters named =
                ChatRequestParameters.builder().modelName(modelName).build().overrideWith(parameters);
        return new ModelSettings(
                new HarmonyModel(Tokenizer.o200kHarmony(), backend),
                new Conversations(reasoningEffort, clock),
                generationOptions,
                seed,
                named,
                listeners);
    }
}
