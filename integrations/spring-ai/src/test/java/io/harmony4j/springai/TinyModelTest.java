package io.harmony4j.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.ReasoningEffort;
import io.harmony4j.Recipient;
import io.harmony4j.backends.Backends;
import io.harmony4j.engine.Generator;
import io.harmony4j.engine.Model;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tiny.TinyTools;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/** The weather example on a real model: the one in the box, and the same one elsewhere. */
@Timeout(120)
class TinyModelTest {
    private static final Model MODEL = Model.tiny();
    private static final String ANSWER = "It is 13 degrees and windy in Tokyo.";

    @AfterAll
    static void close() {
        MODEL.close();
    }

    /** A tool as the model was trained with it. */
    public static final class WeatherTools {
        /** What the tool says. */
        public record Report(String weather) {}

        @Tool(name = "get_weather", description = "Returns the weather of a city.")
        public Report weather(@ToolParam String city) {
            String report = TinyTools.call(
                    Recipient.function("get_weather"), Json.write(JsonObject.of("city", JsonValue.of(city))));
            return new Report(Json.parse(report).get("weather").text());
        }
    }

    /** Passes tokens on and keeps them. */
    private static final class Recorder implements TokenGenerator {
        private final TokenGenerator generator;
        private final List<List<Integer>> prompts = new ArrayList<>();
        private final List<List<Integer>> answers = new ArrayList<>();

        Recorder(TokenGenerator generator) {
            this.generator = generator;
        }

        @Override
        public Generation generate(int[] prompt, GenerationOptions options, Consumer<GeneratedToken> tokens) {
            prompts.add(listOf(prompt));
            Generation generation = generator.generate(prompt, options, tokens);
            answers.add(listOf(generation.tokens()));
            return generation;
        }

        private static List<Integer> listOf(int[] tokens) {
            return IntStream.of(tokens).boxed().toList();
        }
    }

    private static ChatClient.ChatClientRequestSpec question(TokenGenerator generator) {
        HarmonyChatOptions greedy = HarmonyChatOptions.builder()
                .temperature(0.0)
                .reasoningEffort(ReasoningEffort.LOW)
                .build();
        return ChatClient.create(Fixed.model(generator).withOptions(greedy))
                .prompt()
                .system("You are a helpful assistant.")
                .user("What is the weather in Tokyo?")
                .tools(new WeatherTools());
    }

    @Test
    void aToolIsCalledAndItsResultAnswered() {
        assertThat(question(new Generator(MODEL)).call().content()).isEqualTo(ANSWER);
        assertThat(question(new Generator(MODEL)).stream()
                        .content()
                        .collectList()
                        .block(Fixed.PATIENCE))
                .hasSizeGreaterThan(1)
                .satisfies(pieces -> assertThat(String.join("", pieces)).isEqualTo(ANSWER));
    }

    @Test
    @EnabledIfEnvironmentVariable(
            named = "HARMONY_BACKEND",
            matches = ".+",
            disabledReason = "without a backend that has the tiny model, as in llama-server:http://127.0.0.1:8080")
    void elsewhereItSaysTheSameTokens() {
        Recorder here = new Recorder(new Generator(MODEL));
        Recorder there = new Recorder(Backends.of(System.getenv("HARMONY_BACKEND")));

        assertThat(question(there).call().content()).isEqualTo(ANSWER);
        assertThat(question(here).call().content()).isEqualTo(ANSWER);
        assertThat(there.prompts).hasSize(2).isEqualTo(here.prompts);
        assertThat(there.answers).isEqualTo(here.answers);
    }
}
