package io.harmony4j.adk;

import com.google.adk.models.LlmRequest;
import com.google.genai.types.FunctionCallingConfig;
import com.google.genai.types.FunctionCallingConfigMode;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.ThinkingLevel;
import com.google.genai.types.ToolConfig;
import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.Recipient;
import io.harmony4j.ResponseFormat;
import io.harmony4j.ToolDescription;
import io.harmony4j.chat.ChatTranscript;
import io.harmony4j.chat.TurnOptions;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a request asks of a model.
 *
 * @param conversation the prompt
 * @param options how to answer it
 * @param includesThoughts whether thoughts are shown
 */
record Request(Conversation conversation, TurnOptions options, boolean includesThoughts) {
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain";
    private static final String FORMAT_NAME = "response";

    /**
     * Reads a request.
     *
     * @param system the system message, where the request does not say otherwise
     * @param generation how to generate, where the request does not say otherwise
     * @throws UnsupportedOperationException if it asks for something that gpt-oss does not have
     */
    static Request of(LlmRequest request, Content.System system, GenerationOptions generation) {
        GenerateContentConfig config =
                request.config().orElseGet(() -> GenerateContentConfig.builder().build());
        refuseUnsupported(config);
        FunctionCallingConfig calling = config.toolConfig()
                .flatMap(ToolConfig::functionCallingConfig)
                .orElseGet(() -> FunctionCallingConfig.builder().build());
        FunctionCallingConfigMode.Known mode =
                calling.mode().map(FunctionCallingConfigMode::knownEnum).orElse(FunctionCallingConfigMode.Known.AUTO);
        List<ToolDescription> declared = mode == FunctionCallingConfigMode.Known.NONE
                ? List.of()
                : Tools.of(config.tools().orElse(List.of()));
        List<ToolDescription> tools = switch (mode) {
            case NONE, ANY -> declared; // a call that must be is limited to the allowed functions as it is forced
            default -> allowed(calling, declared);
        };

        ChatTranscript transcript = new ChatTranscript()
                .system(effort(config).map(system::withReasoningEffort).orElse(system))
                .tools(tools);
        responseFormat(config).ifPresent(transcript::responseFormat);
        config.systemInstruction().ifPresent(instruction -> History.addInstruction(instruction, transcript));
        request.contents().forEach(content -> History.add(content, transcript));

        TurnOptions options = TurnOptions.DEFAULT
                .withGeneration(generation(config, generation))
                .withStopStrings(config.stopSequences().orElse(List.of()));
        if (mode == FunctionCallingConfigMode.Known.ANY) {
            options = options.withRequiredTools(required(calling, declared));
        }
        boolean includesThoughts =
                config.thinkingConfig().flatMap(ThinkingConfig::includeThoughts).orElse(true);
        return new Request(transcript.conversation(), options, includesThoughts);
    }

    /** Returns the functions that may be called: those that are named, or all if none is. */
    private static List<ToolDescription> allowed(FunctionCallingConfig calling, List<ToolDescription> declared) {
        List<String> names = calling.allowedFunctionNames().orElse(List.of());
        List<String> known = declared.stream().map(ToolDescription::name).toList();
        if (!known.containsAll(names)) {
            throw new IllegalArgumentException(
                    "expected allowedFunctionNames among the declared functions " + known + " but found " + names);
        }
        return names.isEmpty()
                ? declared
                : declared.stream()
                        .filter(function -> names.contains(function.name()))
                        .toList();
    }

    /** Returns the tools of which one must be called. */
    private static List<Recipient> required(FunctionCallingConfig calling, List<ToolDescription> declared) {
        if (declared.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected functions of which one must be called, since the mode of function calling is ANY,"
                            + " but found none; give the agent a tool, or use the mode AUTO");
        }
        return allowed(calling, declared).stream()
                .map(function -> Recipient.function(function.name()))
                .toList();
    }

    private static Optional<ReasoningEffort> effort(GenerateContentConfig config) {
        return config.thinkingConfig()
                .flatMap(ThinkingConfig::thinkingLevel)
                .map(ThinkingLevel::knownEnum)
                .flatMap(level -> switch (level) {
                    case MINIMAL, LOW -> Optional.of(ReasoningEffort.LOW);
                    case MEDIUM -> Optional.of(ReasoningEffort.MEDIUM);
                    case HIGH -> Optional.of(ReasoningEffort.HIGH);
                    case THINKING_LEVEL_UNSPECIFIED -> Optional.empty();
                });
    }

    private static Optional<ResponseFormat> responseFormat(GenerateContentConfig config) {
        return config.responseSchema()
                .map(SchemaJson::of)
                .or(() -> config.responseJsonSchema().map(PlainJson::of))
                .map(schema -> ResponseFormat.of(FORMAT_NAME, null, schema))
                .or(() -> config.responseMimeType().filter(JSON::equals).map(type -> ResponseFormat.JSON_OBJECT));
    }

    private static GenerationOptions generation(GenerateContentConfig config, GenerationOptions options) {
        Sampling sampling = options.sampling()
                .withSeed(config.seed()
                        .map(Long::valueOf)
                        .orElseGet(() -> ThreadLocalRandom.current().nextLong()));
        // by its decimal digits: 0.7f is 0.699999988
        if (config.temperature().isPresent()) {
            sampling = sampling.withTemperature(
                    Double.parseDouble(config.temperature().get().toString()));
        }
        if (config.topP().isPresent()) {
            sampling = sampling.withTopP(Double.parseDouble(config.topP().get().toString()));
        }
        if (config.topK().isPresent()) {
            sampling = sampling.withTopK(Math.round(config.topK().get()));
        }
        GenerationOptions asked = options.withSampling(sampling);
        return config.maxOutputTokens().map(asked::withMaxTokens).orElse(asked);
    }

    /** Refuses what would make another answer; what is for Google's servers alone is left out. */
    private static void refuseUnsupported(GenerateContentConfig config) {
        refuse(config.candidateCount().orElse(1) != 1, "candidateCount", config.candidateCount());
        refuse(config.presencePenalty().orElse(0f) != 0, "presencePenalty", config.presencePenalty());
        refuse(config.frequencyPenalty().orElse(0f) != 0, "frequencyPenalty", config.frequencyPenalty());
        refuse(config.responseLogprobs().orElse(false), "responseLogprobs", config.responseLogprobs());
        refuse(config.cachedContent().isPresent(), "cachedContent", config.cachedContent());
        refuse(
                config.responseModalities().orElse(List.of()).stream().anyMatch(kind -> !kind.equalsIgnoreCase("text")),
                "responseModalities",
                config.responseModalities());
        refuse(
                config.responseMimeType()
                        .filter(type -> !type.equals(JSON) && !type.equals(TEXT))
                        .isPresent(),
                "responseMimeType",
                config.responseMimeType());
    }

    private static void refuse(boolean isAskedFor, String name, Optional<?> value) {
        if (isAskedFor) {
            throw new UnsupportedOperationException("gpt-oss does not have " + name + ", which is "
                    + value.map(Object::toString).orElse("not set")
                    + "; leave it out of the agent's generateContentConfig");
        }
    }
}
