package io.harmony4j.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.harmony4j.backends.BackendException;
import io.harmony4j.backends.Backends;
import io.harmony4j.generation.PromptTooLongException;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedServer;
import io.harmony4j.testkit.ScriptedTurn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;
import reactor.core.publisher.Flux;

/** What goes wrong in a backend or in the model's words is told in Spring AI's way; nothing hangs, and nothing is lost. */
@Timeout(60)
class FailuresTest {
    private static final Prompt PROMPT = new Prompt("Weather?");

    private static HarmonySpringChatModel at(String url) {
        return Fixed.model(Backends.of("llama-server:" + url));
    }

    /** Checks that call and stream fail alike. */
    private static void assertFails(
            HarmonySpringChatModel model,
            Class<? extends RuntimeException> type,
            BackendException.Kind kind,
            String words) {
        for (Throwable failure : List.of(
                catchThrowable(() -> model.call(PROMPT)),
                catchThrowable(() -> model.stream(PROMPT).blockLast(Fixed.PATIENCE)))) {
            assertThat(failure).isExactlyInstanceOf(type).hasMessageContaining(words);
            assertThat(failure.getCause())
                    .isInstanceOfSatisfying(
                            BackendException.class,
                            cause -> assertThat(cause.kind()).isEqualTo(kind));
        }
    }

    @Test
    void nobodyThere() {
        assertFails(
                at("http://127.0.0.1:1?retries=0"),
                TransientAiException.class,
                BackendException.Kind.UNREACHABLE,
                "http://127.0.0.1:1");
    }

    @Test
    void refused() {
        for (int status : new int[] {408, 429, 500, 503}) {
            try (ScriptedServer server = ScriptedServer.refusing(status, "not now")) {
                assertFails(
                        at(server.url() + "?retries=0"),
                        TransientAiException.class,
                        BackendException.Kind.REFUSED,
                        "not now");
            }
        }
        for (int status : new int[] {400, 401, 404}) {
            try (ScriptedServer server = ScriptedServer.refusing(status, "not like this")) {
                assertFails(
                        at(server.url() + "?retries=0"),
                        NonTransientAiException.class,
                        BackendException.Kind.REFUSED,
                        "not like this");
            }
        }
    }

    @Test
    void brokenInTheMiddle() {
        ScriptedTurn turn = ScriptedTurn.text("<|channel|>final<|message|>It is")
                .withFailure(new IllegalStateException("the plug was pulled"));
        try (ScriptedServer server = ScriptedServer.start(ScriptedModel.of(prompt -> turn))) {
            List<ChatResponse> pieces = new ArrayList<>();
            assertThatThrownBy(() -> at(server.url()).stream(PROMPT)
                            .doOnNext(pieces::add)
                            .blockLast(Fixed.PATIENCE))
                    .isExactlyInstanceOf(TransientAiException.class);
            assertThat(Fixed.text(pieces)).isEqualTo("It is");
            assertFails(at(server.url()), TransientAiException.class, BackendException.Kind.BROKEN, "llama-server");
        }
    }

    @Test
    void slow() {
        ScriptedTurn turn = ScriptedTurn.answer("Yes.").withPause(Duration.ofSeconds(20));
        try (ScriptedServer server = ScriptedServer.start(ScriptedModel.of(prompt -> turn))) {
            assertFails(
                    at(server.url() + "?idle_seconds=1&retries=0"),
                    TransientAiException.class,
                    BackendException.Kind.TIMED_OUT,
                    "1");
        }
    }

    @Test
    void aPromptThatIsTooLong() {
        ScriptedModel scripted =
                ScriptedModel.of(prompt -> ScriptedTurn.failure(new PromptTooLongException(5000, 4096)));
        assertThatThrownBy(() -> Fixed.model(scripted).call(PROMPT))
                .isExactlyInstanceOf(NonTransientAiException.class)
                .hasMessageContaining("5000")
                .hasCauseInstanceOf(PromptTooLongException.class);
    }

    @Test
    void faultsOfTheProgramStayWhatTheyAre() {
        IllegalStateException fault = new IllegalStateException("a fault");
        ScriptedModel scripted = ScriptedModel.of(prompt -> ScriptedTurn.failure(fault));
        assertThatThrownBy(() -> Fixed.model(scripted).call(PROMPT)).isSameAs(fault);
        assertThatThrownBy(() -> Fixed.model(scripted).stream(PROMPT).blockLast(Fixed.PATIENCE))
                .isSameAs(fault);
    }

    /** Reactor throws some errors at its own thread instead of telling the subscriber, which waits for ever. */
    @Test
    void errorsEndAStreamToo() {
        for (Error error : List.of(
                new NoSuchMethodError("io.example.Library.gone()"),
                new StackOverflowError(),
                new AssertionError("a fault"))) {
            ScriptedModel scripted = new ScriptedModel(ScriptedTurn.answer("It is sunny."));
            List<HarmonySpringChatModel> models = List.of(
                    Fixed.model((prompt, options, tokens) -> {
                        throw error;
                    }),
                    Fixed.model((prompt, options, tokens) -> {
                        scripted.generate(prompt, options, tokens);
                        throw error;
                    }));
            assertThatThrownBy(() -> models.get(0).call(PROMPT)).isSameAs(error);
            List<ChatResponse> pieces = new ArrayList<>();
            for (Flux<?> stream : List.of(
                    models.get(0).stream(PROMPT),
                    ChatClient.create(models.get(0)).prompt(PROMPT).stream().content(),
                    models.get(1).stream(PROMPT).doOnNext(pieces::add))) {
                assertThatThrownBy(() -> stream.blockLast(Duration.ofSeconds(10)))
                        .isExactlyInstanceOf(NonTransientAiException.class)
                        .hasMessageContaining(error.toString())
                        .hasCause(error);
            }
            assertThat(Fixed.text(pieces)).isEqualTo("It is sunny.");
        }
    }

    @Test
    void anInterruptEndsACall() throws Exception {
        ScriptedModel scripted =
                new ScriptedModel(ScriptedTurn.answer("word ".repeat(2000)).withPause(Duration.ofMillis(5)));
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() ->
                outcome.complete(catchThrowable(() -> Fixed.model(scripted).call(PROMPT))));
        thread.start();
        while (scripted.running() == 0) {
            Thread.sleep(1);
        }
        thread.interrupt();

        assertThat(outcome.get(30, TimeUnit.SECONDS))
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("interrupted");
        assertThat(scripted.cancelled()).isEqualTo(1);
    }

    /** A stream over a wire is not read to its end when nobody wants it. */
    @Test
    void whoCancelsAStreamEndsTheGenerationElsewhere() throws InterruptedException {
        ScriptedModel scripted =
                new ScriptedModel(ScriptedTurn.answer("word ".repeat(2000)).withPause(Duration.ofMillis(5)));
        try (ScriptedServer server = ScriptedServer.start(scripted)) {
            at(server.url()).stream(PROMPT).take(3).blockLast(Fixed.PATIENCE);
            while (scripted.running() > 0) {
                Thread.sleep(5);
            }
            assertThat(scripted.cancelled()).isEqualTo(1);
        }
    }

    /** The framework tells the model, which can do better. */
    @Test
    void argumentsThatAreNotJsonComeAsTheyAre() {
        ScriptedTurn broken = ScriptedTurn.call("get_weather", "{\"city\": Oslo");
        Weather weather = new Weather();
        ScriptedModel scripted = new ScriptedModel(broken, ScriptedTurn.answer("I cannot look."));
        String answer = ChatClient.create(Fixed.model(scripted))
                .prompt("Weather?")
                .tools(weather)
                .call()
                .content();

        assertThat(answer).isEqualTo("I cannot look.");
        assertThat(scripted.prompts().get(1))
                .contains("<|message|>{\"city\": Oslo<|call|>")
                .contains("functions.get_weather to=assistant");
        assertThat(weather.cities()).isEmpty();
    }

    @Test
    void anUnknownToolIsTheFrameworksError() {
        ScriptedModel scripted =
                new ScriptedModel(ScriptedTurn.call("get_time", "{}"), ScriptedTurn.call("get_time", "{}"));
        ChatClient.ChatClientRequestSpec request =
                ChatClient.create(Fixed.model(scripted)).prompt("Weather?").tools(new Weather());
        assertThatThrownBy(() -> request.call().content())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("get_time");
        assertThatThrownBy(() -> request.stream().content().blockLast(Fixed.PATIENCE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("get_time");
    }

    @Test
    void nothingAtAllIsAnEmptyAnswer() {
        HarmonySpringChatModel model = Fixed.model(ScriptedModel.of(prompt -> ScriptedTurn.text("")));
        assertThat(Fixed.text(model.call(PROMPT))).isEmpty();
        assertThat(Fixed.text(Fixed.stream(model, PROMPT))).isEmpty();
        assertThat(ChatClient.create(model).prompt("Weather?").call().content()).isEmpty();
    }
}
