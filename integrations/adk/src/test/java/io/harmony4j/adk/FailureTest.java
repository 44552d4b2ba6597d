package io.harmony4j.adk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.adk.agents.LlmAgent;
import com.google.adk.agents.RunConfig.StreamingMode;
import com.google.adk.events.Event;
import com.google.adk.models.LlmRequest;
import com.google.adk.models.LlmResponse;
import com.google.genai.types.Content;
import com.google.genai.types.FinishReason;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.Part;
import io.harmony4j.backends.BackendException;
import io.harmony4j.backends.Backends;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedServer;
import io.harmony4j.testkit.ScriptedTurn;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What ADK gets where something goes wrong: nothing hangs, and nothing is lost. */
@Timeout(60)
class FailureTest {
    private static final ScriptedTurn SLOW =
            ScriptedTurn.answer("One two three four five six.".repeat(50)).withPause(Duration.ofMillis(20));

    private static TokenGenerator at(ScriptedServer server) {
        return Backends.of("llama-server:" + server.url() + "?retries=0&idle_seconds=1");
    }

    private static WeatherAgent agent(TokenGenerator backend, StreamingMode mode) {
        return new WeatherAgent(WeatherAgent.agent(WeatherAgent.llm(backend)).build(), mode);
    }

    // ---- the backend fails: the error of the Flowable, unchanged ----

    @Test
    void aBackendThatIsNotThere() {
        ScriptedServer gone = ScriptedServer.start(new ScriptedModel());
        TokenGenerator backend = at(gone);
        gone.close();

        assertThatThrownBy(() -> new WeatherAgent(backend).ask("Oslo?"))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining(gone.url());
    }

    @ParameterizedTest
    @CsvSource({"503, Loading model", "400, request (5000 tokens) exceeds the available context size (4096 tokens)"})
    void aBackendThatRefuses(int status, String message) {
        try (ScriptedServer server = ScriptedServer.refusing(status, message)) {
            assertThatThrownBy(() -> new WeatherAgent(at(server)).ask("Oslo?")).hasMessageContaining(message);
        }
    }

    /** RxJava throws such errors on its own thread, where nobody hears of them, unless they are caught before. */
    @ParameterizedTest
    @ValueSource(classes = {NoSuchMethodError.class, StackOverflowError.class, OutOfMemoryError.class})
    void aBackendWithAnErrorOfTheVirtualMachine(Class<? extends Error> type) throws ReflectiveOperationException {
        Error error = type.getConstructor(String.class).newInstance("scripted");
        TokenGenerator backend = (prompt, options, tokens) -> {
            throw error;
        };

        WeatherAgent.llm(backend)
                .generateContent(LlmRequest.builder().build(), true)
                .test()
                .awaitDone(10, TimeUnit.SECONDS)
                .assertError(error);
        new WeatherAgent(backend)
                .events("Oslo?")
                .test()
                .awaitDone(10, TimeUnit.SECONDS)
                .assertError(error);
    }

    @Test
    void aConnectionThatBreaksInTheMiddle() {
        ScriptedTurn broken = ScriptedTurn.text("<|channel|>analysis<|message|>I look.<|end|>"
                        + "<|start|>assistant<|channel|>final<|message|>It is")
                .withFailure(new IllegalStateException("scripted"));
        ScriptedModel model = new ScriptedModel(broken, ScriptedTurn.answer("It is windy."));
        try (ScriptedServer server = ScriptedServer.start(model)) {
            WeatherAgent agent = agent(at(server), StreamingMode.SSE);
            List<Event> events = new ArrayList<>();
            AtomicReference<Throwable> failure = new AtomicReference<>();
            agent.events("Oslo?").blockingSubscribe(events::add, failure::set);

            assertThat(failure.get()).isInstanceOf(BackendException.class);
            assertThat(WeatherAgent.lines(events)).contains("thought: I look.").endsWith("partial text:  is");
            // and the conversation goes on
            assertThat(WeatherAgent.lines(agent.ask("Oslo, please?"))).endsWith("text: It is windy.");
            assertThat(model.prompts().get(1))
                    .contains("Oslo?", "Oslo, please?")
                    .doesNotContain("I look.");
        }
    }

    @Test
    void aBackendThatSaysNothing() {
        ScriptedModel model =
                new ScriptedModel(ScriptedTurn.answer("It is windy.").withPause(Duration.ofSeconds(30)));
        try (ScriptedServer server = ScriptedServer.start(model)) {
            assertThatThrownBy(() -> new WeatherAgent(at(server)).ask("Oslo?")).isInstanceOf(BackendException.class);
        }
    }

    /** The way of ADK to answer in place of a model. */
    @Test
    void aCallbackHearsOfIt() {
        LlmResponse sorry = LlmResponse.builder()
                .content(Content.builder()
                        .role("model")
                        .parts(Part.fromText("Later."))
                        .build())
                .build();
        AtomicReference<Throwable> heard = new AtomicReference<>();
        IllegalStateException failure = new IllegalStateException("scripted");
        LlmAgent agent = WeatherAgent.agent(WeatherAgent.llm(new ScriptedModel(ScriptedTurn.failure(failure))))
                .onModelErrorCallback((context, request, error) -> {
                    heard.set(error);
                    return Maybe.just(sorry);
                })
                .build();

        assertThat(WeatherAgent.lines(new WeatherAgent(agent, StreamingMode.NONE).ask("Oslo?")))
                .containsExactly("text: Later.");
        assertThat(heard.get()).isSameAs(failure);
    }

    @Test
    void anErrorCanBeShown() {
        ScriptedModel model = new ScriptedModel(
                ScriptedTurn.failure(new IllegalStateException("scripted")), ScriptedTurn.answer("Windy."));
        LlmAgent agent = WeatherAgent.agent(WeatherAgent.llm(model))
                .onModelErrorCallback(HarmonyLlm::errorResponse)
                .build();
        WeatherAgent asked = new WeatherAgent(agent, StreamingMode.SSE);

        assertThat(WeatherAgent.lines(asked.ask("Oslo?")))
                .containsExactly("error: OTHER: java.lang.IllegalStateException: scripted");
        assertThat(WeatherAgent.lines(asked.ask("Oslo?"))).endsWith("text: Windy.");
    }

    // ---- the model fails: a response that says so, which ends the turn ----

    @ParameterizedTest
    @EnumSource(
            value = StreamingMode.class,
            names = {"NONE", "SSE"})
    void callsThatAreNoJson(StreamingMode mode) {
        ScriptedModel model = new ScriptedModel(
                ScriptedTurn.call("get_weather", "Oslo, I think").withThought("I look."));
        List<Event> events = agent(model, mode).ask("Oslo?");

        Event last = events.get(events.size() - 1);
        assertThat(last.errorCode()).hasValue(new FinishReason(FinishReason.Known.MALFORMED_FUNCTION_CALL));
        assertThat(last.errorMessage())
                .hasValue(
                        "expected a JSON object as the arguments of get_weather but found: get_weather Oslo, I think");
        assertThat(last.usageMetadata()).isPresent();
        assertThat(WeatherAgent.lines(events)).contains("thought: I look.");
        assertThat(model.prompts()).hasSize(1);
    }

    /** ADK would ask the model again and again, and say nothing to it. */
    @Test
    void callsOfToolsThatAreNotThere() {
        ScriptedModel model = new ScriptedModel(ScriptedTurn.of(
                io.harmony4j.Message.preamble("Let me see."),
                io.harmony4j.Message.call(io.harmony4j.Recipient.function("get_tide"), "{\"sea\":1}")));

        assertThat(WeatherAgent.lines(new WeatherAgent(model).ask("Oslo?")))
                .containsExactly("text: Let me see. error: UNEXPECTED_TOOL_CALL: "
                        + "expected a call of one of the tools [get_weather] but found: get_tide {\"sea\":1}");
        assertThat(model.prompts()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"''", "<|channel|>analysis<|message|>Hm.<|return|>", "<|return|>"})
    void aModelThatSaysNothing(String output) {
        List<Event> events = new WeatherAgent(new ScriptedModel(ScriptedTurn.text(output))).ask("Oslo?");

        Event last = events.get(events.size() - 1);
        assertThat(last.errorCode()).hasValue(new FinishReason(FinishReason.Known.OTHER));
        assertThat(last.errorMessage()).isPresent();
        assertThat(WeatherAgent.lines(events)).hasSize(output.contains("Hm.") ? 2 : 1);
    }

    // ---- limits ----

    @Test
    void aLimitInTheAnswer() {
        Event last = lastOf(limited(8), ScriptedTurn.answer("One two three four five six seven eight nine."));

        assertThat(last.finishReason()).hasValue(new FinishReason(FinishReason.Known.MAX_TOKENS));
        assertThat(last.errorCode()).isEmpty();
        assertThat(last.content().orElseThrow().text()).isEqualTo("One two three four five");
    }

    @Test
    void aLimitInAThought() {
        Event last = lastOf(limited(6), ScriptedTurn.answer("Windy.").withThought("One two three four five six."));

        assertThat(last.finishReason()).hasValue(new FinishReason(FinishReason.Known.MAX_TOKENS));
        assertThat(last.errorCode()).hasValue(new FinishReason(FinishReason.Known.MAX_TOKENS));
        assertThat(last.errorMessage().orElseThrow()).contains("6 tokens", "maxOutputTokens");
    }

    /** Its arguments may lack what matters, even if they can be repaired. */
    @Test
    void aLimitInACall() {
        ScriptedTurn call = ScriptedTurn.text(
                "<|channel|>commentary to=functions.get_weather<|message|>{\"city\":\"Oslo\",\"days\":3}<|call|>");
        Event last = lastOf(limited(13), call);

        assertThat(last.functionCalls()).isEmpty();
        assertThat(last.errorCode()).hasValue(new FinishReason(FinishReason.Known.MAX_TOKENS));
        assertThat(last.errorMessage().orElseThrow()).contains("get_weather {\"city\":\"Os");
    }

    @Test
    void aLimitAfterAWholeCall() {
        ScriptedTurn turn =
                ScriptedTurn.text("<|channel|>commentary to=functions.get_weather<|message|>{\"city\":\"Oslo\"}<|end|>"
                        + "<|start|>assistant<|channel|>analysis<|message|>" + "One two three four. ".repeat(10));
        ScriptedModel model = new ScriptedModel(turn, ScriptedTurn.answer("Windy."));
        LlmAgent agent = WeatherAgent.agent(WeatherAgent.llm(model))
                .generateContentConfig(limited(25))
                .build();
        List<Event> events = new WeatherAgent(agent, StreamingMode.NONE).ask("Oslo?");

        assertThat(WeatherAgent.lines(events))
                .contains("call: get_weather{city=Oslo}")
                .endsWith("text: Windy.");
        assertThat(events).allMatch(event -> event.errorCode().isEmpty());
        assertThat(events.stream()
                        .filter(event -> !event.functionCalls().isEmpty())
                        .map(Event::finishReason))
                .containsExactly(Optional.of(new FinishReason(FinishReason.Known.MAX_TOKENS)));
    }

    private static GenerateContentConfig limited(int tokens) {
        return GenerateContentConfig.builder().maxOutputTokens(tokens).build();
    }

    private static Event lastOf(GenerateContentConfig config, ScriptedTurn turn) {
        LlmAgent agent = WeatherAgent.agent(WeatherAgent.llm(new ScriptedModel(turn)))
                .generateContentConfig(config)
                .build();
        List<Event> events = new WeatherAgent(agent, StreamingMode.NONE).ask("Oslo?");
        return events.get(events.size() - 1);
    }

    // ---- cancellation ----

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void disposingStopsTheBackend(boolean stream) {
        ScriptedModel model = new ScriptedModel(SLOW);
        List<LlmResponse> responses = Collections.synchronizedList(new ArrayList<>());
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Disposable asked = WeatherAgent.llm(model)
                .generateContent(LlmRequest.builder().build(), stream)
                .subscribe(responses::add, failure::set);
        await(() -> stream ? responses.size() >= 3 : model.running() == 1);
        asked.dispose();
        await(() -> model.running() == 0);

        assertThat(model.cancelled()).isEqualTo(1);
        assertThat(failure.get()).isNull();
        assertThat(responses).allMatch(response -> response.partial().orElse(false));
    }

    /** As the engine does, which computes and waits for nothing. */
    @Test
    void disposingIsHeardWithoutAnInterrupt() {
        AtomicBoolean isRunning = new AtomicBoolean();
        AtomicBoolean isCancelled = new AtomicBoolean();
        TokenGenerator backend = (prompt, options, tokens) -> {
            isRunning.set(true);
            while (!options.isCancelled()) {
                Thread.onSpinWait();
            }
            isCancelled.set(true);
            return Generation.of(new int[0], io.harmony4j.generation.FinishReason.CANCELLED, prompt.length);
        };
        Disposable asked = WeatherAgent.llm(backend)
                .generateContent(LlmRequest.builder().build(), false)
                .subscribe();
        await(isRunning::get);
        asked.dispose();
        await(isCancelled::get);
    }

    /** In a runner it does not, with any model: ADK caches each step. */
    @ParameterizedTest
    @EnumSource(
            value = StreamingMode.class,
            names = {"NONE", "SSE"})
    void aQuestionStopsTheBackendOfARunner(StreamingMode mode) {
        ScriptedModel model = new ScriptedModel(SLOW);
        AtomicBoolean isStopped = new AtomicBoolean();
        HarmonyLlm llm =
                WeatherAgent.llm(model).withGeneration(GenerationOptions.DEFAULT.withCancelled(isStopped::get));
        List<Event> events = Collections.synchronizedList(new ArrayList<>());
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicBoolean isComplete = new AtomicBoolean();
        Disposable run = new WeatherAgent(WeatherAgent.agent(llm).build(), mode)
                .events("Oslo?")
                .subscribe(events::add, failure::set, () -> isComplete.set(true));
        await(() -> mode == StreamingMode.SSE ? events.size() >= 3 : model.running() == 1);
        isStopped.set(true);
        await(isComplete::get);

        assertThat(run.isDisposed()).isTrue();
        assertThat(model.running()).isZero();
        assertThat(model.cancelled()).isEqualTo(1);
        assertThat(model.prompts()).hasSize(1);
        assertThat(failure.get()).isNull();
        Event last = events.get(events.size() - 1);
        assertThat(last.interrupted()).hasValue(true);
        assertThat(last.partial()).hasValue(false);
        if (mode == StreamingMode.SSE) {
            assertThat(last.content().orElseThrow().text()).startsWith("One two three");
        }
    }

    /** Waits for something that is near; the class's time limit ends it. */
    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void asksForLiveModeAreRefused() {
        HarmonyLlm llm = WeatherAgent.llm(new ScriptedModel());

        assertThatThrownBy(() -> llm.connect(LlmRequest.builder().build()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("no live mode");
    }
}
