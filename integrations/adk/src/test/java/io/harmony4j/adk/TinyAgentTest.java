package io.harmony4j.adk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.adk.agents.RunConfig.StreamingMode;
import com.google.adk.events.Event;
import io.harmony4j.backends.Backends;
import io.harmony4j.engine.Generator;
import io.harmony4j.engine.Model;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import io.harmony4j.generation.TokenGenerator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole way with a real model: the one in the box, and the same one in a server if there is one. */
class TinyAgentTest {
    private static final String BACKEND = "HARMONY_BACKEND";

    /** A generator that keeps what it is asked and what it says. */
    private static final class Recorder {
        private final List<int[]> prompts = new ArrayList<>();
        private final List<int[]> answers = new ArrayList<>();

        TokenGenerator on(TokenGenerator generator) {
            return (prompt, options, tokens) -> {
                prompts.add(prompt.clone());
                var generation = generator.generate(prompt, options, tokens);
                answers.add(generation.tokens());
                return generation;
            };
        }
    }

    private static List<Event> ask(TokenGenerator generator, StreamingMode mode) {
        HarmonyLlm llm =
                WeatherAgent.llm(generator).withGeneration(GenerationOptions.DEFAULT.withSampling(Sampling.GREEDY));
        return new WeatherAgent(WeatherAgent.agent(llm).build(), mode).ask("What is the weather in Tokyo?");
    }

    @ParameterizedTest
    @EnumSource(
            value = StreamingMode.class,
            names = {"NONE", "SSE"})
    void theModelInTheBoxCallsAndAnswers(StreamingMode mode) {
        try (Model tiny = Model.tiny()) {
            assertThat(WeatherAgent.lines(ask(new Generator(tiny), mode)))
                    .filteredOn(line -> !line.startsWith("partial"))
                    .containsExactly(
                            "thought: The user wants the weather in Tokyo. I will call get_weather.",
                            "call: get_weather{city=Tokyo}",
                            "result: {weather=13 degrees and windy}",
                            "thought: The result is 13 degrees and windy.",
                            "text: It is 13 degrees and windy in Tokyo.");
        }
    }

    /** The backend has the exported tiny model: {@code llama-server:http://127.0.0.1:8080}. */
    @Test
    @EnabledIfEnvironmentVariable(named = BACKEND, matches = ".+")
    void aServerWithTheSameModelSaysTheSame() {
        Recorder here = new Recorder();
        Recorder there = new Recorder();
        List<Event> asked = ask(there.on(Backends.of(System.getenv(BACKEND))), StreamingMode.SSE);
        try (Model tiny = Model.tiny()) {
            assertThat(WeatherAgent.lines(asked))
                    .isEqualTo(WeatherAgent.lines(ask(here.on(new Generator(tiny)), StreamingMode.SSE)));
        }

        assertThat(there.prompts)
                .hasSize(2)
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(here.prompts);
        assertThat(there.answers)
                .hasSize(2)
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(here.answers);
    }
}
