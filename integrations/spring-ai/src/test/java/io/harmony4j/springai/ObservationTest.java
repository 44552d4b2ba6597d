package io.harmony4j.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedTurn;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.ai.chat.observation.DefaultChatModelObservationConvention;
import org.springframework.ai.chat.prompt.Prompt;

@Timeout(60)
class ObservationTest {
    private static final String NAME = "gen_ai.client.operation";
    private static final Prompt PROMPT = new Prompt("Weather?");

    private final TestObservationRegistry registry = TestObservationRegistry.create();

    private HarmonySpringChatModel model(ScriptedTurn turn) {
        return new HarmonySpringChatModel(new ScriptedModel(turn), registry).withClock(Fixed.CLOCK);
    }

    private TestObservationRegistryAssert.TestObservationRegistryAssertReturningObservationContextAssert observed() {
        return TestObservationRegistryAssert.assertThat(registry)
                .hasObservationWithNameEqualTo(NAME)
                .that()
                .hasBeenStarted()
                .hasBeenStopped();
    }

    @Test
    void aCallIsObserved() {
        var response = model(ScriptedTurn.answer("Sunny.")).call(PROMPT);

        observed()
                .hasContextualNameEqualTo("chat gpt-oss")
                .hasLowCardinalityKeyValue("gen_ai.system", "harmony4j")
                .hasLowCardinalityKeyValue("gen_ai.request.model", "gpt-oss")
                .hasLowCardinalityKeyValue("gen_ai.response.model", "gpt-oss")
                .hasHighCardinalityKeyValue("gen_ai.response.finish_reasons", "[\"STOP\"]")
                .hasHighCardinalityKeyValue(
                        "gen_ai.usage.total_tokens",
                        String.valueOf(response.getMetadata().getUsage().getTotalTokens()));
    }

    @Test
    void aStreamIsObservedUntilItsEndWithinWhatAskedForIt() {
        Observation parent = Observation.start("parent", registry);
        model(ScriptedTurn.answer("Sunny.").withThought("Look.")).stream(PROMPT)
                .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, parent))
                .blockLast(Fixed.PATIENCE);

        observed()
                .hasParentObservationEqualTo(parent)
                .hasHighCardinalityKeyValue("gen_ai.response.finish_reasons", "[\"STOP\"]")
                .hasHighCardinalityKeyValue("gen_ai.usage.output_tokens", "14");
    }

    @Test
    void aFailureIsObserved() {
        RuntimeException failure = new IllegalStateException("a fault");
        assertThat(catchThrowable(() -> model(ScriptedTurn.failure(failure)).call(PROMPT)))
                .isSameAs(failure);
        observed().hasError(failure);

        registry.clear();
        assertThat(catchThrowable(() ->
                        model(ScriptedTurn.failure(failure)).stream(PROMPT).blockLast(Fixed.PATIENCE)))
                .isSameAs(failure);
        observed().hasError(failure);
    }

    @Test
    void aStreamThatIsCancelledIsStopped() throws InterruptedException {
        model(ScriptedTurn.answer("word ".repeat(2000)).withPause(Duration.ofMillis(5))).stream(PROMPT)
                .take(3)
                .blockLast(Fixed.PATIENCE);

        observed().doesNotHaveError();
    }

    @Test
    void aConventionOfTheProgramNamesThem() {
        model(ScriptedTurn.answer("Sunny."))
                .withObservationConvention(new DefaultChatModelObservationConvention() {
                    @Override
                    public String getName() {
                        return "weather.asked";
                    }
                })
                .call(PROMPT);

        TestObservationRegistryAssert.assertThat(registry).hasObservationWithNameEqualTo("weather.asked");
    }
}
