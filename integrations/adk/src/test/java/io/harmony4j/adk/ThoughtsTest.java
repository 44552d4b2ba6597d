package io.harmony4j.adk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.adk.agents.RunConfig.StreamingMode;
import com.google.adk.events.Event;
import com.google.adk.models.LlmRequest;
import com.google.adk.models.LlmResponse;
import com.google.genai.types.FinishReason;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.Part;
import com.google.genai.types.ThinkingConfig;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedTurn;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Thoughts are events of their own, as ADK's pages show them. */
class ThoughtsTest {
    private static final ScriptedTurn CALL =
            ScriptedTurn.call("get_weather", "{\"city\":\"Tokyo\"}").withThought("I look.");
    private static final ScriptedTurn ANSWER =
            ScriptedTurn.answer("It is windy.").withThought("I know.");

    private static List<Event> ask(StreamingMode mode, ScriptedTurn... turns) {
        ScriptedModel model = new ScriptedModel(turns);
        return new WeatherAgent(WeatherAgent.agent(WeatherAgent.llm(model)).build(), mode).ask("Weather in Tokyo?");
    }

    @Test
    void withoutStreamingEachThoughtIsAnEvent() {
        assertThat(WeatherAgent.lines(ask(StreamingMode.NONE, CALL, ANSWER)))
                .containsExactly(
                        "thought: I look.",
                        "call: get_weather{city=Tokyo}",
                        "result: {weather=13 degrees and windy}",
                        "thought: I know.",
                        "text: It is windy.");
    }

    @Test
    void withStreamingPiecesComeBeforeTheWhole() {
        assertThat(WeatherAgent.lines(ask(StreamingMode.SSE, CALL, ANSWER)))
                .containsExactly(
                        "partial thought: I",
                        "partial thought:  look",
                        "partial thought: .",
                        "thought: I look.",
                        "call: get_weather{city=Tokyo}",
                        "result: {weather=13 degrees and windy}",
                        "partial thought: I",
                        "partial thought:  know",
                        "partial thought: .",
                        "thought: I know.",
                        "partial text: It",
                        "partial text:  is",
                        "partial text:  windy",
                        "partial text: .",
                        "text: It is windy.");
    }

    /** ADK's pages show a thought as such only where the event has nothing else. */
    @ParameterizedTest
    @EnumSource(
            value = StreamingMode.class,
            names = {"NONE", "SSE"})
    void noEventHasAThoughtAndSomethingElse(StreamingMode mode) {
        ScriptedTurn preamble = ScriptedTurn.text(
                "<|channel|>analysis<|message|>One.<|end|>"
                        + "<|start|>assistant<|channel|>commentary<|message|>Let me see.<|end|>"
                        + "<|start|>assistant<|channel|>analysis<|message|>Two.<|end|>"
                        + "<|start|>assistant<|channel|>analysis<|message|>Three.<|end|>"
                        + "<|start|>assistant<|channel|>commentary to=functions.get_weather<|message|>{\"city\":\"Oslo\"}<|call|>");
        List<Event> events = ask(mode, preamble, ANSWER);

        assertThat(WeatherAgent.lines(events))
                .filteredOn(line -> !line.startsWith("partial"))
                .containsExactly(
                        "thought: One.",
                        "thought: Two.\nThree.",
                        "text: Let me see. call: get_weather{city=Oslo}",
                        "result: {weather=13 degrees and windy}",
                        "thought: I know.",
                        "text: It is windy.");
        for (Event event : events) {
            List<Part> parts = event.content().orElseThrow().parts().orElseThrow();
            if (parts.stream().anyMatch(part -> part.thought().orElse(false))) {
                assertThat(parts).hasSize(1);
                assertThat(event.turnComplete()).isEmpty();
            }
        }
    }

    @Test
    void theLastResponseHasFinishReasonUsageAndName() {
        List<LlmResponse> responses = answer(GenerateContentConfig.builder().build(), false);

        assertThat(responses).hasSize(2);
        LlmResponse thought = responses.get(0);
        LlmResponse last = responses.get(1);
        assertThat(thought.finishReason()).isEmpty();
        assertThat(thought.usageMetadata()).isEmpty();
        assertThat(last.partial()).hasValue(false);
        assertThat(last.turnComplete()).isEmpty();
        assertThat(last.modelVersion()).hasValue("gpt-oss-20b");
        assertThat(last.finishReason()).hasValue(new FinishReason(FinishReason.Known.STOP));
        GenerateContentResponseUsageMetadata usage = last.usageMetadata().orElseThrow();
        assertThat(usage.thoughtsTokenCount()).hasValue(3);
        // <|channel|>analysis<|message|>I know.<|end|><|start|>assistant<|channel|>final<|message|>It is
        // windy.<|return|>
        assertThat(usage.candidatesTokenCount()).hasValue(14);
        assertThat(usage.promptTokenCount().orElseThrow() + 3 + 14)
                .isEqualTo(usage.totalTokenCount().orElseThrow());
    }

    @Test
    void thoughtsThatNobodyWantsAreNotShown() {
        GenerateContentConfig config = GenerateContentConfig.builder()
                .thinkingConfig(ThinkingConfig.builder().includeThoughts(false).build())
                .build();

        assertThat(answer(config, true))
                .noneMatch(response -> response.content().orElseThrow().parts().orElseThrow().stream()
                        .anyMatch(part -> part.thought().orElse(false)));
    }

    private static List<LlmResponse> answer(GenerateContentConfig config, boolean stream) {
        LlmRequest request = LlmRequest.builder().config(config).build();
        return WeatherAgent.llm(new ScriptedModel(ANSWER))
                .generateContent(request, stream)
                .toList()
                .blockingGet();
    }
}
