package io.harmony4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.backends.BackendException;
import io.harmony4j.backends.Backends;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The server, asked by the backend that knows the protocol. */
class ScriptedServerTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final int[] PROMPT = TOKENIZER.encode("What now?");

    private static TokenGenerator backend(ScriptedServer server) {
        return Backends.of("llama-server:" + server.url() + "?retries=0");
    }

    @Test
    void aBackendGetsTheTokensOfTheModel() {
        ScriptedModel model = new ScriptedModel(
                ScriptedTurn.answer("日本語の雲丹 🦄🎉").withThought("Hm."), ScriptedTurn.answer("one two three"));
        try (ScriptedServer server = ScriptedServer.start(model)) {
            Generation whole = backend(server).generate(PROMPT, GenerationOptions.DEFAULT, token -> {});
            Generation cut = backend(server).generate(PROMPT, GenerationOptions.DEFAULT.withMaxTokens(4), token -> {});

            assertThat(TOKENIZER.decode(whole.tokens()))
                    .isEqualTo("<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant"
                            + "<|channel|>final<|message|>日本語の雲丹 🦄🎉<|return|>");
            assertThat(cut.finishReason()).isEqualTo(FinishReason.LENGTH);
            assertThat(model.promptTokens()).containsExactly(PROMPT, PROMPT);
            assertThat(server.requests())
                    .extracting(request -> request.get("n_predict").intValue())
                    .containsExactly(GenerationOptions.DEFAULT.maxTokens(), 4);
        }
    }

    @Test
    void itRefusesAndBreaksAsItIsTold() {
        try (ScriptedServer server = ScriptedServer.refusing(503, "Loading model")) {
            assertThatThrownBy(() -> backend(server).generate(PROMPT, GenerationOptions.DEFAULT, token -> {}))
                    .isInstanceOfSatisfying(
                            BackendException.class, e -> assertThat(e.status()).hasValue(503))
                    .hasMessageContaining("Loading model");
        }
        ScriptedModel breaking =
                new ScriptedModel(ScriptedTurn.text("It begins").withFailure(new IllegalStateException("gone")));
        AtomicInteger tokens = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(breaking)) {
            assertThatThrownBy(() -> backend(server)
                            .generate(PROMPT, GenerationOptions.DEFAULT, token -> tokens.incrementAndGet()))
                    .isInstanceOfSatisfying(
                            BackendException.class, e -> assertThat(e.kind()).isEqualTo(BackendException.Kind.BROKEN));
        }
        assertThat(tokens).hasValue(2);
    }

    @Test
    void aClientThatLeavesEndsTheGeneration() throws InterruptedException {
        ScriptedModel model =
                new ScriptedModel(ScriptedTurn.answer("word ".repeat(3000)).withPause(Duration.ofMillis(5)));
        AtomicInteger tokens = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(model)) {
            Generation left = backend(server)
                    .generate(
                            PROMPT,
                            GenerationOptions.DEFAULT.withCancelled(() -> tokens.get() > 5),
                            token -> tokens.incrementAndGet());

            assertThat(left.finishReason()).isEqualTo(FinishReason.CANCELLED);
            for (int i = 0; i < 1000 && model.running() > 0; i++) {
                Thread.sleep(10);
            }
            assertThat(model.running()).isZero();
            assertThat(model.cancelled()).isEqualTo(1);
        }
    }
}
