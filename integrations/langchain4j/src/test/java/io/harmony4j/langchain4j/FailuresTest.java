package io.harmony4j.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import io.harmony4j.backends.BackendException;
import io.harmony4j.backends.Backends;
import io.harmony4j.generation.PromptTooLongException;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedServer;
import io.harmony4j.testkit.ScriptedTurn;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong on the way to a backend, for both models. */
class FailuresTest {

    /** Returns what both models report, which must be the same kind. */
    private static Throwable failure(TokenGenerator backend) throws Exception {
        Throwable thrown = catchThrowable(() -> Samples.chat(backend).build().chat("Hello"));
        RecordingHandler handler = new RecordingHandler();
        Samples.streaming(backend).build().chat("Hello", handler);
        Throwable reported = handler.awaitError();

        assertThat(reported).hasSameClassAs(thrown).hasMessage(thrown.getMessage());
        assertThat(handler.errors).hasSize(1);
        assertThat(handler.heard).doesNotContain("complete");
        return thrown;
    }

    private static TokenGenerator backend(String url) {
        return Backends.of("llama-server:" + url + "?retries=0");
    }

    @Test
    void aBackendThatIsNotThere() throws Exception {
        assertThat(failure(backend("http://127.0.0.1:1")))
                .isExactlyInstanceOf(RetriableException.class)
                .hasMessageStartingWith("no answer from llama-server at http://127.0.0.1:1/completion")
                .hasCauseInstanceOf(BackendException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, the request exceeds the available context size, dev.langchain4j.exception.InvalidRequestException",
        "401, Invalid API Key, dev.langchain4j.exception.AuthenticationException",
        "403, Forbidden, dev.langchain4j.exception.AuthenticationException",
        "404, Not found, dev.langchain4j.exception.ModelNotFoundException",
        "408, Too slow, dev.langchain4j.exception.TimeoutException",
        "422, Unprocessable, dev.langchain4j.exception.InvalidRequestException",
        "429, Too many, dev.langchain4j.exception.RateLimitException",
        "500, Broken, dev.langchain4j.exception.InternalServerException",
        "503, Loading model, dev.langchain4j.exception.InternalServerException"
    })
    void aBackendThatRefuses(int status, String words, Class<? extends LangChain4jException> kind) throws Exception {
        try (ScriptedServer server = ScriptedServer.refusing(status, words)) {
            assertThat(failure(backend(server.url())))
                    .isExactlyInstanceOf(kind)
                    .hasMessageContaining(words)
                    .hasCauseInstanceOf(BackendException.class);
        }
    }

    @Test
    void aBackendThatBreaksInTheMiddle() throws Exception {
        ScriptedModel script = ScriptedModel.of(prompt -> ScriptedTurn.text("<|channel|>final<|message|>It begins")
                .withFailure(new IllegalStateException("gone")));
        try (ScriptedServer server = ScriptedServer.start(script)) {
            assertThat(failure(backend(server.url())))
                    .isExactlyInstanceOf(InternalServerException.class)
                    .hasCauseInstanceOf(BackendException.class);
        }
    }

    @Test
    void aBackendThatIsSilent() throws Exception {
        ScriptedModel script =
                ScriptedModel.of(prompt -> ScriptedTurn.answer("Too late.").withPause(Duration.ofSeconds(60)));
        try (ScriptedServer server = ScriptedServer.start(script)) {
            assertThat(failure(Backends.of("llama-server:" + server.url() + "?retries=0&idle_seconds=1")))
                    .isExactlyInstanceOf(TimeoutException.class)
                    .hasMessageContaining("has said nothing for 1 seconds");
        }
    }

    @Test
    void aPromptThatIsTooLong() throws Exception {
        TokenGenerator small = (prompt, options, tokens) -> {
            throw new PromptTooLongException(prompt.length, 10);
        };
        assertThat(failure(small))
                .isExactlyInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("expected a prompt of at most 10 tokens")
                .hasCauseInstanceOf(PromptTooLongException.class);
    }

    @Test
    void aCancelledStreamLeavesTheServer() throws Exception {
        ScriptedModel script =
                new ScriptedModel(ScriptedTurn.answer("word ".repeat(3000)).withPause(Duration.ofMillis(5)));
        try (ScriptedServer server = ScriptedServer.start(script)) {
            RecordingHandler handler = new RecordingHandler((line, handle) -> handle.cancel());
            Samples.streaming(backend(server.url())).build().chat("Tell me.", handler);

            for (int i = 0; i < 3000 && script.cancelled() == 0; i++) {
                Thread.sleep(10);
            }
            assertThat(script.cancelled()).isEqualTo(1);
            assertThat(script.running()).isZero();
            assertThat(handler.heard).containsExactly("text word");
            assertThat(handler.errors).isEmpty();
        }
    }
}
