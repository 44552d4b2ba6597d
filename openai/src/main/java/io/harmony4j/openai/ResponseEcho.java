package io.harmony4j.openai;

import io.harmony4j.ReasoningEffort;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a response repeats of its request. All fields are there, since clients stumble over a missing one. */
final class ResponseEcho {
    private final Field request;
    private final String model;
    private final Decoding decoding;
    private final ReasoningEffort effort;
    private final boolean isStored;

    ResponseEcho(Field request, String model, Decoding decoding, ReasoningEffort effort, boolean isStored) {
        this.request = request;
        this.model = model;
        this.decoding = decoding;
        this.effort = effort;
        this.isStored = isStored;
    }

    JsonObject fields() {
        JsonObject.Builder fields = JsonObject.builder();
        fields.put("model", model);
        fields.put("background", request.get("background").flag(false));
        for (String name : List.of(
                "instructions",
                "max_output_tokens",
                "max_tool_calls",
                "previous_response_id",
                "prompt_cache_key",
                "safety_identifier",
                "user")) {
            fields.put(name, request.get(name).value());
        }
        fields.put("parallel_tool_calls", request.get("parallel_tool_calls").flag(true));
        fields.put(
                "reasoning",
                JsonObject.builder()
                        .put("effort", effort.promptWord())
                        .put("summary", JsonValue.ofNull())
                        .build());
        fields.put("service_tier", "default");
        fields.put("store", isStored);
        fields.put("temperature", decoding.temperature());
        fields.put("text", text());
        fields.put("tool_choice", orElse("tool_choice", JsonValue.of("auto")));
        fields.put("tools", tools(request.get("tools").value()));
        fields.put("top_logprobs", decoding.logProbabilities().orElse(0));
        fields.put("top_p", decoding.topP());
        fields.put("truncation", request.get("truncation").text("disabled"));
        fields.put("metadata", orElse("metadata", JsonObject.EMPTY));
        return fields.build();
    }

    private JsonObject text() {
        Field text = request.get("text");
        JsonValue format = text.get("format").value();
        JsonValue verbosity = text.get("verbosity").value();
        return JsonObject.builder()
                .put("format", format.isNull() ? JsonObject.of("type", JsonValue.of("text")) : format)
                .put("verbosity", verbosity.isNull() ? JsonValue.of("medium") : verbosity)
                .build();
    }

    private JsonValue orElse(String name, JsonValue fallback) {
        Field field = request.get(name);
        return field.isAbsent() ? fallback : field.value();
    }

    /** Returns the tools as sent, but functions with all their fields. */
    private static JsonArray tools(JsonValue tools) {
        return JsonArray.of(tools.elements().stream().map(ResponseEcho::tool).toList());
    }

    private static JsonValue tool(JsonValue tool) {
        if (!(tool instanceof JsonObject function)
                || !"function".equals(tool.get("type").textOrNull())) {
            return tool;
        }
        JsonObject.Builder echo = function.toBuilder();
        for (String name : List.of("description", "parameters", "strict")) {
            if (!function.has(name)) {
                echo.put(name, (@Nullable String) null);
            }
        }
        return echo.build();
    }
}
