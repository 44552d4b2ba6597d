package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * How a conversation is written: the format is one, but its renderers differ in details. docs/dialects.md lists them.
 *
 * <pre>{@code
 * new HarmonyRenderer(tokenizer, RenderOptions.DEFAULT.withDialect(Dialect.OSS))
 * }</pre>
 */
public enum Dialect {
    /** As openai/harmony v0.0.8 writes: the recipient before the channel, content types as they are. */
    OPENAI("openai", () -> message -> message, HeaderStyle.OPENAI, PromptText.OPENAI, AnalysisPolicy.REFERENCE),

    /**
     * As oss-harmony 0.0.10 and 0.0.11 write, which vLLM uses: on the channel commentary, the channel before the recipient, as the models
     * write their calls of functions; {@code <|constrain|>} before every content type.
     */
    OSS("oss", () -> message -> message, HeaderStyle.OSS, PromptText.OPENAI, AnalysisPolicy.REFERENCE),

    /**
     * As the chat template of gpt-oss on Hugging Face writes, which transformers, SGLang and llama.cpp run: a blank line after
     * instructions, functions in its own TypeScript, arguments and results as JSON that Python writes, of calls in a row only the first.
     * A conversation is written as if it were its messages of a chat; for what a chat's own JSON gives, see {@link ChatTemplate}.
     *
     * <p>What is written for a message depends on those before it, so whoever counts messages one by one, as {@link Compactor} does, comes
     * near the size of a prompt and not always to it.
     */
    HF("hf", HfNormaliser::new, HeaderStyle.OPENAI, PromptText.HF, AnalysisPolicy.SINCE_LAST_FINAL);

    private final String wireName;

    @SuppressWarnings("ImmutableEnumChecker") // constructors and constants
    private final Supplier<Normaliser> normaliser;

    private final HeaderStyle header;
    private final PromptText text;
    private final AnalysisPolicy policy;

    Dialect(
            String wireName,
            Supplier<Normaliser> normaliser,
            HeaderStyle header,
            PromptText text,
            AnalysisPolicy policy) {
        this.wireName = wireName;
        this.normaliser = normaliser;
        this.header = header;
        this.text = text;
        this.policy = policy;
    }

    /** Returns the word for this dialect on the command line and in the driver protocol, as in {@code oss}. */
    public String wireName() {
        return wireName;
    }

    /** Returns what makes of the messages of a conversation what is written. */
    Normaliser normaliser() {
        return normaliser.get();
    }

    HeaderStyle header() {
        return header;
    }

    PromptText text() {
        return text;
    }

    /** Returns which chain of thought its prompts leave out, unless another policy is named. */
    AnalysisPolicy policy() {
        return policy;
    }

    /** Returns the dialect with the given word, if there is one; words are case-sensitive. */
    public static Optional<Dialect> find(String wireName) {
        requireNonNull(wireName, "wireName");
        return Arrays.stream(values())
                .filter(dialect -> dialect.wireName.equals(wireName))
                .findFirst();
    }

    /**
     * Returns the dialect with the given word.
     *
     * @throws IllegalArgumentException if no dialect has this word; words are case-sensitive
     */
    public static Dialect of(String wireName) {
        return find(wireName)
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a dialect (" + words() + ") but found \"" + wireName + "\""));
    }

    private static String words() {
        return Arrays.stream(values()).map(Dialect::wireName).collect(Collectors.joining(", "));
    }
}
