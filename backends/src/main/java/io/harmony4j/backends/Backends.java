package io.harmony4j.backends;

import static java.util.Objects.requireNonNull;

import io.harmony4j.generation.TokenGenerator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Runtimes elsewhere as {@link TokenGenerator}s, by their description: {@code NAME:URL}, then parameters if there are any.
 *
 * <pre>{@code
 * TokenGenerator generator = Backends.of("llama-server:http://127.0.0.1:8080");
 * Backends.of("vllm:http://gpu7:8000?model=openai/gpt-oss-120b&idle_seconds=60");
 * Backends.of("ollama:http://127.0.0.1:11434?model=gpt-oss:20b&num_ctx=32768");
 * }</pre>
 *
 * <p>The names are {@code llama-server}, {@code vllm}, {@code sglang}, {@code ollama} and {@code tensorrt-llm}. The parameters are
 *
 * <ul>
 *   <li>{@code model}: the model's name there; by default what the server has, and {@code gpt-oss:20b} for Ollama
 *   <li>{@code key_file}: a file with the server's key, which is sent as a bearer token
 *   <li>{@code connect_seconds}: how long to wait for a connection, by default 10
 *   <li>{@code idle_seconds}: how long the runtime may say nothing, by default 300; it reads the prompt in this time
 *   <li>{@code retries}: how often a request is sent again that failed before the first byte of the answer, by default 4
 *   <li>{@code num_ctx}: for Ollama alone, the tokens of the context; by default as many as the request needs
 * </ul>
 *
 * <p>A generator of these does any number of generations at a time. It ends at {@code <|return|>}, {@code <|call|>} and
 * {@code <|endoftext|>}, whatever the options say, and at the options' stop tokens. Cancellation closes the connection; so does an
 * interrupt of the calling thread, which counts as one. Of logits processors they take a {@code GrammarMatcher} alone: llama-server, vLLM and SGLang are sent
 * what is left of its grammar in their own notation, unless content of a message has come already; Ollama and TensorRT-LLM refuse it. A generation that is not cancelled either ends as it should or throws a
 * {@link BackendException}.
 */
public final class Backends {
    private static final Map<String, Function<Description, Runtime>> RUNTIMES = new TreeMap<>(Map.of(
            "llama-server", description -> new LlamaServer(),
            "vllm", description -> new Vllm(description.model()),
            "sglang", description -> new Sglang(),
            "ollama", Ollama::new,
            "tensorrt-llm", description -> new TensorRtLlm(description.model())));

    /** The runtimes that obey a grammar however they were started. */
    private static final Set<String> OBEY_GRAMMARS = Set.of("llama-server", "sglang");

    private Backends() {}

    /**
     * Returns the generator of a description; nothing is sent yet.
     *
     * @throws IllegalArgumentException if it has another form, an unknown name or an unknown parameter
     */
    public static TokenGenerator of(String description) {
        requireNonNull(description, "description");
        String name = name(description);
        Function<Description, Runtime> runtime = RUNTIMES.get(name);
        if (runtime == null) {
            throw new IllegalArgumentException(
                    "expected NAME:URL with one of the names " + String.join(", ", RUNTIMES.keySet())
                            + ", as in llama-server:http://127.0.0.1:8080, but found \"" + description + "\"");
        }
        Description read =
                Description.of(description, description.substring(Math.min(name.length() + 1, description.length())));
        return new Backend(runtime.apply(read), new HttpConnection(name, read));
    }

    /**
     * Returns whether the generator of a description obeys a grammar in place of a logits processor, however the runtime was started: vLLM
     * takes one, but heeds it only where it was started with {@code enable_in_reasoning} or without a reasoning parser.
     */
    public static boolean obeysGrammars(String description) {
        return OBEY_GRAMMARS.contains(name(requireNonNull(description, "description")));
    }

    private static String name(String description) {
        int colon = description.indexOf(':');
        return colon < 0 ? description : description.substring(0, colon);
    }
}
