package io.harmony4j.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.harmony4j.Content;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.ToolDescription;
import io.harmony4j.generation.TokenGenerator;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** What the tests talk about: models at a fixed date, and a tool in the words of both sides. */
final class Samples {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-29T12:00:00Z"), ZoneOffset.UTC);

    /** The system message of the models below. */
    static final Content.System SYSTEM = Content.System.DEFAULT
            .withReasoningEffort(ReasoningEffort.LOW)
            .withConversationStartDate(LocalDate.of(2026, 11, 29));

    static final ToolSpecification WEATHER = ToolSpecification.builder()
            .name("get_weather")
            .description("Get the weather in a city.")
            .parameters(JsonObjectSchema.builder()
                    .addStringProperty("city")
                    .required("city")
                    .build())
            .build();

    static final ToolDescription WEATHER_IN_HARMONY = ToolDescription.of(
            "get_weather",
            "Get the weather in a city.",
            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}");

    private Samples() {}

    static HarmonyChatModel.Builder chat(TokenGenerator backend) {
        return HarmonyChatModel.builder().backend(backend).clock(CLOCK).reasoningEffort(ReasoningEffort.LOW);
    }

    static HarmonyStreamingChatModel.Builder streaming(TokenGenerator backend) {
        return HarmonyStreamingChatModel.builder().backend(backend).clock(CLOCK).reasoningEffort(ReasoningEffort.LOW);
    }
}
