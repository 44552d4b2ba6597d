package io.harmony4j.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.ReasoningEffort;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedServer;
import io.harmony4j.testkit.ScriptedTurn;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.ai.chat.observation.DefaultChatModelObservationConvention;
import org.springframework.ai.tokenizer.TokenCountEstimator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.StandardEnvironment;

@Timeout(60)
class HarmonyAutoConfigurationTest {
    /** Without the environment, in which Boot reads HARMONY_BACKEND as harmony.backend. */
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withInitializer(context -> context.getEnvironment()
                    .getPropertySources()
                    .remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME))
            .withConfiguration(AutoConfigurations.of(HarmonyAutoConfiguration.class));

    @Test
    void bootFindsIt() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
                .contains(HarmonyAutoConfiguration.class.getName());
    }

    @Test
    void aBackendIsEnough() {
        ScriptedModel scripted = new ScriptedModel(ScriptedTurn.answer("It is sunny."));
        try (ScriptedServer server = ScriptedServer.start(scripted)) {
            runner.withPropertyValues("harmony.backend=llama-server:" + server.url())
                    .run(context -> assertThat(context.getBean(ChatModel.class).call("Weather?"))
                            .isEqualTo("It is sunny."));
        }
    }

    @Test
    void everyPropertyIsAnOption() {
        runner.withPropertyValues(
                        "harmony.backend=llama-server:http://127.0.0.1:1",
                        "harmony.model=gpt-oss-120b",
                        "harmony.reasoning-effort=low",
                        "harmony.temperature=0.5",
                        "harmony.top-p=0.9",
                        "harmony.top-k=40",
                        "harmony.max-tokens=100",
                        "harmony.seed=7",
                        "harmony.stop-sequences=END,STOP")
                .run(context -> assertThat(
                                context.getBean(HarmonySpringChatModel.class).getOptions())
                        .isEqualTo(HarmonyChatOptions.builder()
                                .model("gpt-oss-120b")
                                .reasoningEffort(ReasoningEffort.LOW)
                                .temperature(0.5)
                                .topP(0.9)
                                .topK(40)
                                .maxTokens(100)
                                .seed(7L)
                                .stopSequences(List.of("END", "STOP"))
                                .build()));
    }

    @Test
    void withoutPropertiesTheOptionsAreTheModels() {
        runner.withBean(TokenGenerator.class, ScriptedModel::new)
                .run(context -> assertThat(
                                context.getBean(HarmonySpringChatModel.class).getOptions())
                        .isEqualTo(HarmonyChatOptions.builder().model("gpt-oss").build()));
    }

    @Test
    void aGeneratorOfTheApplicationWins() {
        ScriptedModel scripted = new ScriptedModel(ScriptedTurn.answer("It is sunny."));
        runner.withPropertyValues("harmony.backend=llama-server:http://127.0.0.1:1")
                .withBean(TokenGenerator.class, () -> scripted)
                .run(context -> {
                    assertThat(context).hasSingleBean(TokenGenerator.class);
                    assertThat(context.getBean(ChatModel.class).call("Weather?"))
                            .isEqualTo("It is sunny.");
                });
    }

    @Test
    void clockAndObservationsOfTheApplicationAreUsed() {
        ScriptedModel scripted = new ScriptedModel(ScriptedTurn.answer("It is sunny."));
        TestObservationRegistry registry = TestObservationRegistry.create();
        runner.withBean(TokenGenerator.class, () -> scripted)
                .withBean(Clock.class, () -> Fixed.CLOCK)
                .withBean(ObservationRegistry.class, () -> registry)
                .withBean(ChatModelObservationConvention.class, () -> new DefaultChatModelObservationConvention() {
                    @Override
                    public String getName() {
                        return "weather.asked";
                    }
                })
                .run(context -> context.getBean(ChatModel.class).call("Weather?"));

        assertThat(scripted.prompts().get(0)).contains("Current date: 2026-01-02");
        TestObservationRegistryAssert.assertThat(registry).hasObservationWithNameEqualTo("weather.asked");
    }

    @Test
    void tokensAreCountedForTheModel() {
        runner.withBean(TokenGenerator.class, ScriptedModel::new)
                .run(context -> assertThat(
                                context.getBean(TokenCountEstimator.class).estimate("Hello world"))
                        .isEqualTo(2));
    }

    @Test
    void withoutAGeneratorThereIsNoModel() {
        runner.run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(ChatModel.class)
                .doesNotHaveBean(TokenCountEstimator.class));
    }

    @Test
    void anotherModelMayBeChosen() {
        ApplicationContextRunner configured = runner.withBean(TokenGenerator.class, ScriptedModel::new);
        configured
                .withPropertyValues("spring.ai.model.chat=openai")
                .run(context -> assertThat(context).doesNotHaveBean(ChatModel.class));
        configured
                .withPropertyValues("spring.ai.model.chat=harmony")
                .run(context -> assertThat(context).hasSingleBean(ChatModel.class));
    }

    @Test
    void withoutSpringAiThereIsNothing() {
        runner.withPropertyValues("harmony.backend=llama-server:http://127.0.0.1:1")
                .withClassLoader(new FilteredClassLoader(ChatModel.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(TokenGenerator.class));
    }

    @Test
    void aBackendThatIsNoneIsToldByItsName() {
        runner.withPropertyValues("harmony.backend=lama:http://127.0.0.1:1")
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("lama:http://127.0.0.1:1")
                        .hasMessageContaining("llama-server"));
    }

    @Test
    void editorsKnowTheProperties() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                getClass().getClassLoader().getResourceAsStream("META-INF/spring-configuration-metadata.json"))) {
            JsonValue metadata = Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(metadata.get("properties").elements())
                    .hasSize(HarmonyProperties.class.getRecordComponents().length)
                    .allSatisfy(property ->
                            assertThat(property.get("description").text()).isNotBlank());
            assertThat(metadata.get("hints").elements())
                    .anySatisfy(hint -> assertThat(hint.get("name").text()).isEqualTo("harmony.backend"));
        }
    }
}
