package io.harmony4j.langchain4j;

import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ToolChoice;
import io.harmony4j.Recipient;
import io.harmony4j.ToolDescription;
import io.harmony4j.chat.TurnOptions;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request's parameters say of how its answer is generated. */
final class RequestOptions {
    private RequestOptions() {}

    /**
     * Returns the options of a turn.
     *
     * @param defaults what holds where the parameters say nothing
     * @throws UnsupportedFeatureException if there is a penalty
     * @throws IllegalArgumentException if a number is out of its range, or a tool is to be called and there is none
     */
    static TurnOptions of(ChatRequestParameters parameters, GenerationOptions defaults) {
        requireSupported(parameters);
        GenerationOptions generation = defaults.withSampling(sampling(parameters, defaults.sampling()));
        if (parameters.maxOutputTokens() != null) {
            generation = generation.withMaxTokens(parameters.maxOutputTokens());
        }
        List<String> stops = parameters.stopSequences();
        return TurnOptions.DEFAULT
                .withGeneration(generation)
                .withStopStrings(stops == null ? List.of() : stops)
                .withRequiredTools(requiredTools(parameters));
    }

    /** Refuses what no backend does; 0, which changes nothing, is done. */
    static void requireSupported(ChatRequestParameters parameters) {
        requireNoPenalty("frequencyPenalty", parameters.frequencyPenalty());
        requireNoPenalty("presencePenalty", parameters.presencePenalty());
    }

    private static void requireNoPenalty(String name, @Nullable Double penalty) {
        if (penalty != null && penalty != 0) {
            throw new UnsupportedFeatureException(
                    "expected no " + name + " but found " + penalty + "; it is not supported: leave it out");
        }
    }

    private static Sampling sampling(ChatRequestParameters parameters, Sampling defaults) {
        Sampling sampling = defaults;
        if (parameters.temperature() != null) {
            sampling = sampling.withTemperature(parameters.temperature());
        }
        if (parameters.topP() != null) {
            sampling = sampling.withTopP(parameters.topP());
        }
        if (parameters.topK() != null) {
            sampling = sampling.withTopK(parameters.topK());
        }
        return sampling;
    }

    private static List<Recipient> requiredTools(ChatRequestParameters parameters) {
        if (parameters.toolChoice() != ToolChoice.REQUIRED) {
            return List.of();
        }
        List<Recipient> tools = Schemas.tools(parameters).stream()
                .map(ToolDescription::name)
                .map(Recipient::function)
                .toList();
        if (tools.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected tools, since the tool choice is REQUIRED, but found none; add toolSpecifications");
        }
        return tools;
    }
}
