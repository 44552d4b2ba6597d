package io.harmony4j.springai;

import io.harmony4j.ReasoningEffort;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What an application says in its configuration.
 *
 * @param backend Where tokens are generated, as in llama-server:http://127.0.0.1:8080; not used if there is a bean of the type
 *     TokenGenerator
 * @param model The model's name in responses and observations
 * @param reasoningEffort How long the model is asked to think
 * @param temperature How random the answers are, 0 for the most likely tokens alone
 * @param topP The probability that the tokens that are drawn from must reach together
 * @param topK How many of the most likely tokens are drawn from
 * @param maxTokens The most tokens of an answer, its reasoning included
 * @param seed Where the random numbers begin
 * @param stopSequences The texts before which an answer ends
 */
@ConfigurationProperties("harmony")
record HarmonyProperties(
        @Nullable String backend,
        @Nullable String model,
        @Nullable ReasoningEffort reasoningEffort,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer topK,
        @Nullable Integer maxTokens,
        @Nullable Long seed,
        @Nullable List<String> stopSequences) {

    /** Returns the given options with all that is configured. */
    HarmonyChatOptions over(HarmonyChatOptions options) {
        return options.mutate()
                .combineWith(HarmonyChatOptions.builder()
                        .model(model)
                        .reasoningEffort(reasoningEffort)
                        .temperature(temperature)
                        .topP(topP)
                        .topK(topK)
                        .maxTokens(maxTokens)
                        .seed(seed)
                        .stopSequences(stopSequences))
                .build();
    }
}
