package io.harmony4j.openai;

import io.harmony4j.SpecialToken;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How a request wants its tokens drawn, and how many. Immutable. */
public final class Decoding {
    private static final int MAX_CHOICES = 128;
    private static final int MAX_STOP = 4;
    private static final int MAX_ALTERNATIVES = 20;

    /** Evaluation harnesses send more than OpenAI takes. */
    private static final int MAX_STOP_OF_TEXT = 32;

    private static final int MAX_ALTERNATIVES_OF_TEXT = 5;
    private static final int DEFAULT_TOKENS_OF_TEXT = 16;

    private final double temperature;
    private final double topP;
    private final int topK;
    private final double minP;
    private final @Nullable Long seed;
    private final @Nullable Integer maxTokens;
    private final int choices;
    private final List<String> stop;
    private final @Nullable Integer logProbabilities;
    private final double frequencyPenalty;
    private final double presencePenalty;
    private final Map<Integer, Float> logitBias;

    /** The APIs, in which some fields have other names and limits. */
    private enum Api {
        CHAT,
        RESPONSES,
        TEXT
    }

    /** Reads the fields in the order in which what is wrong is told. */
    private Decoding(Field request, Api api, boolean withLogProbabilities) {
        this.temperature = orElse(request.get("temperature").decimal(0, 2), 1);
        this.topP = orElse(request.get("top_p").decimal(0, 1), 1);
        this.maxTokens = switch (api) {
            case CHAT -> chatMaxTokens(request);
            case RESPONSES -> maxTokens(request.get("max_output_tokens"));
            case TEXT -> textMaxTokens(request);
        };
        this.choices = api == Api.RESPONSES ? 1 : toInt(request.get("n").integer(1, MAX_CHOICES), 1);
        this.seed = request.get("seed").integer(Long.MIN_VALUE, Long.MAX_VALUE);
        this.stop = stop(request.get("stop"), api == Api.TEXT ? MAX_STOP_OF_TEXT : MAX_STOP);
        this.frequencyPenalty = orElse(request.get("frequency_penalty").decimal(-2, 2), 0);
        this.presencePenalty = orElse(request.get("presence_penalty").decimal(-2, 2), 0);
        this.logitBias = logitBias(request.get("logit_bias"));
        this.logProbabilities = switch (api) {
            case CHAT -> chatLogProbabilities(request);
            case RESPONSES -> logProbabilities(request, withLogProbabilities);
            case TEXT -> textLogProbabilities(request);
        };
        this.topK = toInt(request.get("top_k").integer(-1, Integer.MAX_VALUE), 0);
        this.minP = orElse(request.get("min_p").decimal(0, 1), 0);
    }

    static Decoding ofChat(Field request) {
        return new Decoding(request, Api.CHAT, false);
    }

    /**
     * Reads the fields of a Responses request.
     *
     * @param withLogProbabilities whether the answer is to include them
     */
    static Decoding ofResponses(Field request, boolean withLogProbabilities) {
        return new Decoding(request, Api.RESPONSES, withLogProbabilities);
    }

    /** Reads the fields of a request of text completions. */
    static Decoding ofText(Field request) {
        return new Decoding(request, Api.TEXT, false);
    }

    private static @Nullable Integer chatMaxTokens(Field request) {
        Integer max = maxTokens(request.get("max_completion_tokens"));
        Integer older = maxTokens(request.get("max_tokens"));
        return max == null ? older : max;
    }

    private static @Nullable Integer maxTokens(Field field) {
        Long max = field.integer(1, Long.MAX_VALUE);
        return max == null ? null : (int) Math.min(max, Integer.MAX_VALUE);
    }

    private static Integer textMaxTokens(Field request) {
        Integer max = maxTokens(request.get("max_tokens"));
        return max == null ? DEFAULT_TOKENS_OF_TEXT : max;
    }

    private static @Nullable Integer textLogProbabilities(Field request) {
        Long alternatives = request.get("logprobs").integer(0, MAX_ALTERNATIVES_OF_TEXT);
        return alternatives == null ? null : Integer.valueOf(toInt(alternatives, 0));
    }

    private static @Nullable Integer chatLogProbabilities(Field request) {
        boolean isWanted = request.get("logprobs").flag(false);
        Field top = request.get("top_logprobs");
        Long alternatives = top.integer(0, MAX_ALTERNATIVES);
        if (alternatives != null && !isWanted) {
            throw top.invalid(null, "Invalid '" + top.path() + "': it needs 'logprobs' to be true.");
        }
        return isWanted ? Integer.valueOf(toInt(alternatives, 0)) : null;
    }

    private static @Nullable Integer logProbabilities(Field request, boolean isWanted) {
        Long top = request.get("top_logprobs").integer(0, MAX_ALTERNATIVES);
        return isWanted || top != null ? Integer.valueOf(toInt(top, 0)) : null;
    }

    private static List<String> stop(Field field, int most) {
        if (field.isAbsent()) {
            return List.of();
        }
        if (field.isString()) {
            return field.text().isEmpty() ? List.of() : List.of(field.text());
        }
        if (!field.isArray()) {
            throw field.wrongType("a string or an array");
        }
        List<Field> elements = field.elements();
        if (elements.size() > most) {
            throw field.tooLong(most);
        }
        return elements.stream()
                .map(Field::text)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static Map<Integer, Float> logitBias(Field field) {
        Map<Integer, Float> bias = new LinkedHashMap<>();
        if (!field.isAbsent()) {
            for (String token : field.object().members().keySet()) {
                Field value = field.get(token);
                if (!token.matches("[0-9]{1,9}")) {
                    throw value.invalid(
                            "invalid_value", "Invalid key in '" + field.path() + "': expected the id of a token.");
                }
                bias.put(Integer.valueOf(token), (float) orElse(value.decimal(-100, 100), 0));
            }
        }
        return bias;
    }

    private static double orElse(@Nullable Double value, double fallback) {
        return value == null ? fallback : value;
    }

    private static int toInt(@Nullable Long value, int fallback) {
        return value == null || value < 0 ? fallback : (int) Math.min(value, Integer.MAX_VALUE);
    }

    /** Returns the temperature, 0 to 2; 1 if the request has none. */
    public double temperature() {
        return temperature;
    }

    /** Returns top-p, 0 to 1; 1 if the request has none, and 0 for the most likely token. */
    public double topP() {
        return topP;
    }

    /** Returns where the random numbers of the first choice begin; each further choice has one more. */
    public OptionalLong seed() {
        return seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
    }

    /** Returns how many tokens may be generated; empty for as many as the context has room for. */
    public OptionalInt maxTokens() {
        return maxTokens == null ? OptionalInt.empty() : OptionalInt.of(maxTokens);
    }

    /** Returns how many answers are wanted. */
    int choices() {
        return choices;
    }

    /** Returns the texts before which the visible answer ends. */
    public List<String> stop() {
        return stop;
    }

    /** Returns how many alternatives each log-probability comes with; empty if none are wanted. */
    public OptionalInt logProbabilities() {
        return logProbabilities == null ? OptionalInt.empty() : OptionalInt.of(logProbabilities);
    }

    /** Returns how much less likely a token becomes with each time that it has come, -2 to 2. */
    public double frequencyPenalty() {
        return frequencyPenalty;
    }

    /** Returns how much less likely a token becomes once it has come, -2 to 2. */
    public double presencePenalty() {
        return presencePenalty;
    }

    /** Returns what is added to the logits of tokens, by their ids, -100 to 100. */
    public Map<Integer, Float> logitBias() {
        return Map.copyOf(logitBias);
    }

    /**
     * Returns the options of a generation.
     *
     * @param fallbackSeed where random numbers begin if the request has no seed
     * @param choice the number of the choice, from 0
     */
    GenerationOptions generationOptions(long fallbackSeed, int choice) {
        Sampling sampling = Sampling.DEFAULT
                .withTemperature(topP == 0 ? 0 : temperature)
                .withTopP(topP == 0 ? 1 : topP)
                .withTopK(topK)
                .withMinP(minP)
                .withSeed((seed == null ? fallbackSeed : seed) + choice);
        GenerationOptions options = GenerationOptions.DEFAULT
                .withSampling(sampling)
                .withStopTokens(SpecialToken.stopIds())
                .withMaxTokens(maxTokens == null ? Integer.MAX_VALUE : maxTokens);
        if (logProbabilities != null) {
            options = options.withLogProbabilities(logProbabilities);
        }
        return TokenPenalties.isNeeded(this) ? options.withLogitsProcessor(() -> new TokenPenalties(this)) : options;
    }
}
