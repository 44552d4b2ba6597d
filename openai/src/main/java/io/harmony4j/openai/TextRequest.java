package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.SpecialToken;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue.Kind;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request of Completions that has been read: prompts, and how the model is to continue them. Immutable.
 *
 * <p>Besides OpenAI's fields there are some of vLLM's: {@code skip_special_tokens}, {@code return_token_ids}, {@code stop_token_ids}, {@code
 * ignore_eos}, {@code top_k} and {@code min_p}.
 */
public final class TextRequest {
    /** The most choices of one request: prompts times {@code n}. */
    private static final int MAX_CHOICES = 1024;

    private final ApiOptions options;
    private final String model;
    private final List<Prompt> prompts;
    private final Decoding decoding;
    private final Set<Integer> stopTokens;
    private final boolean isStream;
    private final boolean includesUsage;
    private final boolean echoes;
    private final boolean skipsSpecialTokens;
    private final boolean returnsTokens;
    private final long created;

    /** Where random numbers begin if the request has no seed. */
    private final long fallbackSeed;

    /**
     * What is to be continued.
     *
     * @param text the text; null if tokens were sent
     * @param tokens the tokens; empty if a text was sent
     */
    private record Prompt(Field field, @Nullable String text, List<Integer> tokens) {
        static Prompt ofText(Field field) {
            if (field.text().isEmpty()) {
                throw field.invalid(
                        "empty_string",
                        "Invalid '" + field.path()
                                + "': empty string. Expected a string with minimum length 1, but got an empty string instead.");
            }
            return new Prompt(field, field.text(), List.of());
        }

        static Prompt ofTokens(Field field) {
            List<Integer> tokens = new ArrayList<>();
            for (Field element : field.someElements()) {
                Long token = element.integer(0, Integer.MAX_VALUE);
                if (token == null) {
                    throw element.wrongType("an integer");
                }
                tokens.add(token.intValue());
            }
            return new Prompt(field, null, tokens);
        }
    }

    /** Reads the fields in the order in which what is wrong is told. */
    private TextRequest(Field request, ApiOptions options) {
        this.options = options;
        this.prompts = prompts(request.get("prompt"));
        refuse(request.get("suffix"));
        this.decoding = Decoding.ofText(request);
        requireFew(request.get("prompt"));
        refuseBestOf(request.get("best_of"));
        this.echoes = request.get("echo").flag(false);
        if (echoes && decoding.logProbabilities().isPresent()) {
            throw request.get("echo")
                    .invalid(
                            "unsupported_value",
                            "Unsupported value: 'echo' together with 'logprobs'. Of the tokens of a prompt there are no"
                                    + " log-probabilities here; expected one of both.");
        }
        refuse(request.get("prompt_logprobs"));
        this.isStream = request.get("stream").flag(false);
        this.includesUsage = ChatRequest.includesUsage(request.get("stream_options"), isStream);
        this.stopTokens = stopTokens(request);
        this.skipsSpecialTokens = request.get("skip_special_tokens").flag(false);
        this.returnsTokens = request.get("return_token_ids").flag(false);
        request.get("add_special_tokens").flag(true); // there is none that could be added
        request.get("user").optional(Kind.STRING);
        this.model = ApiRequest.model(request.get("model"), options);
        this.created = options.now().getEpochSecond();
        this.fallbackSeed = options.ids().next("").hashCode();
    }

    static TextRequest read(String json, ApiOptions options) {
        return new TextRequest(ApiRequest.body(json, options), options);
    }

    private static List<Prompt> prompts(Field field) {
        if (field.required().isString()) {
            return List.of(Prompt.ofText(field));
        }
        if (!field.isArray()) {
            throw field.wrongType("a string or an array");
        }
        List<Field> elements = field.someElements();
        Field first = elements.get(0);
        if (first.isString()) {
            return elements.stream().map(Prompt::ofText).toList();
        }
        if (first.isArray()) {
            return elements.stream().map(Prompt::ofTokens).toList();
        }
        if (!first.value().isInteger()) {
            throw first.wrongType("a string, an integer or an array");
        }
        return List.of(Prompt.ofTokens(field));
    }

    private static void refuse(Field unsupported) {
        if (!unsupported.isAbsent()) {
            throw unsupported.invalid("unsupported_parameter", "Unsupported parameter: '" + unsupported.path() + "'.");
        }
    }

    private void requireFew(Field field) {
        int most = MAX_CHOICES / decoding.choices();
        if (prompts.size() > most) {
            throw field.tooLong(most);
        }
    }

    private void refuseBestOf(Field field) {
        Long bestOf = field.integer(1, Integer.MAX_VALUE);
        if (bestOf != null && bestOf != decoding.choices()) {
            throw field.invalid(
                    "unsupported_value",
                    "Unsupported value: 'best_of' is " + bestOf + ", but 'n' is " + decoding.choices()
                            + ". All that is generated is given out; leave 'best_of' out.");
        }
    }

    private static Set<Integer> stopTokens(Field request) {
        Set<Integer> stops = new LinkedHashSet<>();
        for (Field element : request.get("stop_token_ids").optionalElements()) {
            Long token = element.integer(0, Integer.MAX_VALUE);
            if (token == null) {
                throw element.wrongType("an integer");
            }
            stops.add(token.intValue());
        }
        if (!request.get("ignore_eos").flag(false)) {
            stops.addAll(SpecialToken.stopIds());
        }
        return stops;
    }

    /** Returns the model's name, as the answer has it. */
    public String model() {
        return model;
    }

    /** Returns how tokens are to be drawn, and how many. */
    public Decoding decoding() {
        return decoding;
    }

    /** Returns whether the answer is to come in pieces. */
    public boolean isStream() {
        return isStream;
    }

    /** Returns how many choices the answer has: so many for the first prompt, then those of the second, and so on. */
    public int choices() {
        return prompts.size() * decoding.choices();
    }

    /**
     * Returns the index of the prompt that a choice continues.
     *
     * @param choice its number, from 0
     */
    public int promptOf(int choice) {
        return choice / decoding.choices();
    }

    /**
     * Returns the tokens of the prompts. In texts, special tokens are recognised: {@code <|start|>} is one token.
     *
     * @param contextTokens how many tokens prompt and continuation can have together
     * @throws ApiException if a prompt has a token that there is not, or leaves no room, with the code {@code context_length_exceeded}
     */
    public List<int[]> prompts(Tokenizer tokenizer, int contextTokens) {
        List<int[]> all = new ArrayList<>();
        for (Prompt prompt : prompts) {
            int[] tokens = tokens(prompt, tokenizer);
            if (tokens.length >= contextTokens) {
                throw ApiRequest.tooLong(prompt.field().path(), "prompt has", tokens.length, contextTokens);
            }
            all.add(tokens);
        }
        return all;
    }

    private static int[] tokens(Prompt prompt, Tokenizer tokenizer) {
        if (prompt.text() != null) {
            return tokenizer.encode(prompt.text(), AllowedSpecial.ALL);
        }
        for (int i = 0; i < prompt.tokens().size(); i++) {
            if (!tokenizer.isToken(prompt.tokens().get(i))) {
                throw prompt.field()
                        .invalid(
                                "invalid_value",
                                "Invalid '" + prompt.field().path() + "': expected the ids of tokens, but got "
                                        + prompt.tokens().get(i) + " at index " + i + ", which is none.");
            }
        }
        return prompt.tokens().stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Returns the options of the generation of a choice. All first choices of a prompt have the same seed, if the request has one.
     *
     * @param choice its number, from 0
     */
    public GenerationOptions generationOptions(int choice) {
        int seedOffset = decoding.seed().isPresent() ? choice % decoding.choices() : choice;
        return decoding.generationOptions(fallbackSeed, seedOffset).withStopTokens(stopTokens);
    }

    /** Returns the answer, which is still to come and is wanted whole. */
    public TextAnswer answer(Tokenizer tokenizer) {
        return new TextAnswer(this, requireNonNull(tokenizer, "tokenizer"), null);
    }

    /**
     * Returns the answer, which is still to come.
     *
     * @param chunks is told each chunk as it comes
     */
    public TextAnswer answer(Tokenizer tokenizer, Consumer<JsonObject> chunks) {
        return new TextAnswer(this, requireNonNull(tokenizer, "tokenizer"), requireNonNull(chunks, "chunks"));
    }

    ApiOptions options() {
        return options;
    }

    /** Returns when the request was read, in seconds since 1970. */
    long created() {
        return created;
    }

    /** Returns the tokens after which a continuation ends; they are no part of its text. */
    Set<Integer> stopTokens() {
        return stopTokens;
    }

    boolean includesUsage() {
        return includesUsage;
    }

    /** Returns whether special tokens are left out of the text. */
    boolean skipsSpecialTokens() {
        return skipsSpecialTokens;
    }

    /** Returns whether the answer has the ids of tokens besides the text. */
    boolean returnsTokens() {
        return returnsTokens;
    }

    /** Returns what a choice repeats of its prompt: all of the text, or nothing. */
    String echo(int choice, Tokenizer tokenizer) {
        Prompt prompt = prompts.get(promptOf(choice));
        if (!echoes) {
            return "";
        }
        return prompt.text() == null ? tokenizer.decode(tokens(prompt, tokenizer)) : prompt.text();
    }

    /** Returns the tokens of the prompt of a choice. */
    int[] promptTokens(int choice, Tokenizer tokenizer) {
        return tokens(prompts.get(promptOf(choice)), tokenizer);
    }
}
