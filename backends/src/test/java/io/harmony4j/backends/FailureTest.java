package io.harmony4j.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.harmony4j.backends.BackendException.Kind;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.PromptTooLongException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong elsewhere, and what is said of it here. */
@Timeout(60)
class FailureTest {
    private static final String FIRST =
            Recordings.LLAMA_SERVER.substring(0, Recordings.LLAMA_SERVER.indexOf("\n\n") + 2);

    private static Generation generate(FakeServer server, String parameters) {
        return Backends.of("llama-server:" + server.url() + parameters)
                .generate(Recordings.PROMPT, Recordings.OPTIONS, token -> {});
    }

    private static BackendException failure(String parameters, FakeServer.Script... scripts) {
        try (FakeServer server = new FakeServer(scripts)) {
            return catchThrowableOfType(BackendException.class, () -> generate(server, parameters));
        }
    }

    private static FakeServer.Script refusal(int status, String body) {
        return FakeServer.whole(status, "application/json", body);
    }

    @Test
    void aRefusalHasTheStatusAndTheRuntimesWords() {
        BackendException failure = failure(
                "",
                refusal(
                        400,
                        "{\"error\":{\"code\":400,\"message\":\"Prompt contains invalid tokens\",\"type\":\"invalid_request_error\"}}"));

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure.status()).hasValue(400);
        assertThat(failure)
                .hasMessageStartingWith("llama-server at http://127.0.0.1:")
                .hasMessageEndingWith("/completion answered 400 with \"Prompt contains invalid tokens\"");
    }

    @Test
    void wordsOfEachForm() {
        assertThat(failure("", refusal(500, "{\"error\":\"model 'x' not found\"}")))
                .hasMessageContaining("model 'x' not found");
        assertThat(failure(
                        "",
                        refusal(
                                400,
                                "{\"object\":\"error\",\"message\":\"extra inputs\",\"type\":\"t\",\"code\":400}")))
                .hasMessageContaining("\"extra inputs\"");
        assertThat(failure("", refusal(422, "{\"detail\":[{\"msg\":\"field required\"}]}")))
                .hasMessageContaining("field required");
        assertThat(failure("", refusal(401, "Unauthorized"))).hasMessageContaining("401 with \"Unauthorized\"");
        assertThat(failure("", refusal(500, ""))).hasMessageContaining("no words");
        assertThat(failure("", refusal(500, "x".repeat(1_000_000))).getMessage())
                .hasSizeLessThan(1500);
    }

    @Test
    void aPromptThatIsTooLongIsOurException() {
        String[] bodies = {
            "{\"error\":{\"code\":400,\"message\":\"request (8 tokens) exceeds the available context size (5 tokens), try increasing it\",\"type\":\"exceed_context_size_error\",\"n_prompt_tokens\":8,\"n_ctx\":5}}",
            "{\"error\":{\"message\":\"This model's maximum context length is 5 tokens. However, your request has 8 input tokens.\"}}",
            "{\"error\":{\"message\":\"The input (8 tokens) is longer than the model's context length (5 tokens).\"}}",
        };
        for (String body : bodies) {
            try (FakeServer server = new FakeServer(refusal(400, body))) {
                assertThatThrownBy(() -> generate(server, ""))
                        .isInstanceOfSatisfying(PromptTooLongException.class, e -> {
                            assertThat(e.promptTokens()).isEqualTo(Recordings.PROMPT.length);
                            assertThat(e.contextLength()).isEqualTo(5);
                        });
            }
        }
    }

    @Test
    void aServerThatIsLoadingIsAskedAgain() {
        try (FakeServer server = new FakeServer(
                refusal(503, "{\"error\":{\"message\":\"Loading model\"}}"),
                connection -> {}, // closed without a word
                FakeServer.stream(Recordings.LLAMA_SERVER))) {
            assertThat(generate(server, "").finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void aServerThatStaysBusyIsAskedOnlySoOften() {
        try (FakeServer server = new FakeServer(refusal(503, "{\"error\":{\"message\":\"Loading model\"}}"))) {
            assertThatThrownBy(() -> generate(server, "?retries=1"))
                    .hasMessageContaining("503")
                    .hasMessageContaining("Loading model");
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void otherRefusalsAreNotAskedAgain() {
        try (FakeServer server = new FakeServer(refusal(500, "{\"error\":{\"message\":\"no\"}}"))) {
            assertThatThrownBy(() -> generate(server, "")).isInstanceOf(BackendException.class);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aStreamThatBreaksOffIsNeverBegunAgain() {
        List<Integer> seen = new ArrayList<>();
        try (FakeServer server = new FakeServer(connection -> {
            connection.beginStream();
            connection.chunk(FIRST);
        })) {
            BackendException failure = catchThrowableOfType(
                    BackendException.class,
                    () -> Backends.of("llama-server:" + server.url())
                            .generate(Recordings.PROMPT, Recordings.OPTIONS, token -> seen.add(token.id())));

            assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
            assertThat(failure).hasMessageContaining("broke off");
            assertThat(seen).containsExactly(200005);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aStreamThatEndsEarlyIsBroken() {
        assertThat(failure("", FakeServer.stream(FIRST)).kind()).isEqualTo(Kind.BROKEN);
        assertThat(failure("", FakeServer.stream(FIRST))).hasMessageContaining("after 1 tokens");
        assertThat(failure("", FakeServer.stream(FIRST + "data: [DONE]\n\n"))).hasMessageContaining("after 1 tokens");
        assertThat(failure("?retries=0", FakeServer.stream(List.of()))).hasMessageContaining("empty answer");
    }

    @Test
    void anErrorInTheMidstOfAStreamHasItsWords() {
        assertThat(failure("", FakeServer.stream(FIRST + "data: {\"error\":{\"message\":\"out of memory\"}}\n\n")))
                .hasMessageContaining("\"out of memory\"");
        assertThat(failure("", FakeServer.stream(FIRST + "error: {\"code\":500,\"message\":\"slot gone\"}\n\n")))
                .hasMessageContaining("\"slot gone\"");
        try (FakeServer server = new FakeServer(
                FakeServer.stream("{\"response\":\"a\",\"done\":false}\n{\"error\":\"an error was encountered\"}\n"))) {
            assertThatThrownBy(() -> Backends.of("ollama:" + server.url())
                            .generate(Recordings.PROMPT, Recordings.OPTIONS, token -> {}))
                    .hasMessageContaining("an error was encountered");
        }
        try (FakeServer server = new FakeServer(
                FakeServer.stream(
                        "data: {\"output_ids\":[],\"meta_info\":{\"finish_reason\":{\"type\":\"abort\",\"message\":\"queue full\"}}}\n\n"))) {
            assertThatThrownBy(() -> Backends.of("sglang:" + server.url())
                            .generate(Recordings.PROMPT, Recordings.OPTIONS, token -> {}))
                    .hasMessageContaining("queue full");
        }
    }

    @Test
    void nothingAfterAStopTokenCanFailIt() {
        String untilReturn = Recordings.LLAMA_SERVER.substring(0, Recordings.LLAMA_SERVER.lastIndexOf("data: "));
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        try (FakeServer server = new FakeServer(
                connection -> {
                    connection.beginStream();
                    connection.chunk(untilReturn);
                },
                FakeServer.stream(untilReturn + "data: {\"error\":{\"message\":\"late\"}}\n\n"),
                connection -> {
                    connection.beginStream();
                    connection.chunk(untilReturn);
                    connection.awaitClosed(closed);
                })) {
            for (int i = 0; i < 3; i++) {
                assertThat(generate(server, "").finishReason()).isEqualTo(FinishReason.STOP);
            }
        }
    }

    @Test
    void garbageIsNoAnswer() {
        assertThat(failure("", FakeServer.whole(200, "text/html", "<html>Hello</html>")))
                .hasMessageContaining("server-sent events")
                .hasMessageContaining("<html>Hello")
                .hasMessageStartingWith("llama-server sent");
        assertThat(failure("", FakeServer.stream("data: not JSON\n\n"))).hasMessageContaining("not JSON");
        assertThat(failure("", FakeServer.stream("data: {\"content\":7}\n\n")).kind())
                .isEqualTo(Kind.BROKEN);
        assertThat(failure("", FakeServer.stream("data: {\"content\":\"\",\"tokens\":[300000],\"stop\":false}\n\n")))
                .hasMessageContaining("300000")
                .hasMessageContaining("vocabulary");
    }

    @Test
    void aRedirectIsNotFollowed() {
        assertThat(failure(
                        "",
                        connection -> connection.write(
                                "HTTP/1.1 302 Found\r\nLocation: http://other/\r\nContent-Length: 0\r\n\r\n")))
                .hasMessageContaining("302")
                .hasMessageContaining("it redirects to \"http://other/\"");
    }

    @Test
    void aLineWithoutEndIsRefused() {
        byte[] much = new byte[1 << 20];
        java.util.Arrays.fill(much, (byte) 'x');
        BackendException failure = failure("", connection -> {
            connection.beginStream();
            connection.chunk("data: ");
            for (int i = 0; i < 40; i++) {
                connection.chunk(much);
            }
        });

        assertThat(failure).hasMessageContaining("llama-server sent a line of more than 16777216 bytes");
        assertThat(failure.getMessage()).hasSizeLessThan(1000);
    }

    @Test
    void silenceBeforeTheAnswerHasALimit() throws Exception {
        checkSilence(connection -> {});
    }

    @Test
    void silenceWithinTheAnswerHasALimit() throws Exception {
        checkSilence(connection -> {
            connection.beginStream();
            connection.chunk(FIRST);
        });
    }

    private static void checkSilence(FakeServer.Script beginning) throws Exception {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        try (FakeServer server = new FakeServer(connection -> {
            beginning.answer(connection);
            connection.awaitClosed(closed);
        })) {
            BackendException failure =
                    catchThrowableOfType(BackendException.class, () -> generate(server, "?idle_seconds=1"));

            assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
            assertThat(failure).hasMessageContaining("nothing for 1 seconds");
            assertThat(FakeServer.within(closed, 5)).isTrue();
        }
    }

    @Test
    void noServerIsUnreachable() {
        FakeServer gone = new FakeServer(connection -> {});
        gone.close();

        BackendException failure = catchThrowableOfType(BackendException.class, () -> generate(gone, "?retries=1"));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.status()).isEmpty();
        assertThat(failure)
                .hasMessageContaining(gone.url() + "/completion")
                .hasMessageContaining("no connection; does the server run?");
    }

    @Test
    void cancellationClosesTheConnectionWithinAStream() throws Exception {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        AtomicBoolean cancelled = new AtomicBoolean();
        try (FakeServer server = new FakeServer(connection -> {
            connection.beginStream();
            connection.chunk(FIRST);
            connection.awaitClosed(closed);
        })) {
            GenerationOptions options = Recordings.OPTIONS.withCancelled(cancelled::get);
            Generation generation = Backends.of("llama-server:" + server.url())
                    .generate(Recordings.PROMPT, options, token -> cancelled.set(true));

            assertThat(generation.finishReason()).isEqualTo(FinishReason.CANCELLED);
            assertThat(generation.tokens()).containsExactly(200005);
            assertThat(FakeServer.within(closed, 5)).isTrue();
        }
    }

    @Test
    void cancellationClosesTheConnectionBeforeTheAnswer() throws Exception {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        AtomicBoolean cancelled = new AtomicBoolean();
        try (FakeServer server = new FakeServer(connection -> {
            cancelled.set(true);
            connection.awaitClosed(closed);
        })) {
            GenerationOptions options = Recordings.OPTIONS.withCancelled(cancelled::get);
            Generation generation =
                    Backends.of("llama-server:" + server.url()).generate(Recordings.PROMPT, options, token -> {});

            assertThat(generation.finishReason()).isEqualTo(FinishReason.CANCELLED);
            assertThat(generation.tokens()).isEmpty();
            assertThat(FakeServer.within(closed, 5)).isTrue();
        }
    }

    @Test
    void anInterruptIsCancellation() throws Exception {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        Thread reader = Thread.currentThread();
        try (FakeServer server = new FakeServer(connection -> {
            connection.beginStream();
            connection.chunk(FIRST);
            reader.interrupt();
            connection.awaitClosed(closed);
        })) {
            Generation generation = generate(server, "");

            assertThat(Thread.interrupted()).isTrue();
            assertThat(generation.finishReason()).isEqualTo(FinishReason.CANCELLED);
            assertThat(FakeServer.within(closed, 5)).isTrue();
        }
    }

    @Test
    void whatTheConsumerThrowsIsThrownAndClosesTheConnection() throws Exception {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        try (FakeServer server = new FakeServer(connection -> {
            connection.beginStream();
            connection.chunk(FIRST);
            connection.awaitClosed(closed);
        })) {
            IllegalArgumentException thrown = new IllegalArgumentException("mine");

            assertThatThrownBy(() -> Backends.of("llama-server:" + server.url())
                            .generate(Recordings.PROMPT, Recordings.OPTIONS, token -> {
                                throw thrown;
                            }))
                    .isSameAs(thrown);
            assertThat(FakeServer.within(closed, 5)).isTrue();
        }
    }

    @Test
    void aRuntimeThatGoesOnAfterTheLimitIsCutOff() throws Exception {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        try (FakeServer server = new FakeServer(connection -> {
            connection.beginStream();
            connection.chunk(FIRST + FIRST);
            connection.awaitClosed(closed);
        })) {
            Generation generation = Backends.of("llama-server:" + server.url())
                    .generate(Recordings.PROMPT, Recordings.OPTIONS.withMaxTokens(1), token -> {});

            assertThat(generation.finishReason()).isEqualTo(FinishReason.LENGTH);
            assertThat(FakeServer.within(closed, 5)).isTrue();
        }
    }

    @Test
    void severalGenerationsAtATime() throws Exception {
        AtomicInteger whole = new AtomicInteger();
        try (FakeServer server = new FakeServer(FakeServer.stream(Recordings.LLAMA_SERVER))) {
            var generator = Backends.of("llama-server:" + server.url());
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Thread thread = new Thread(() -> {
                    if (generator
                                    .generate(Recordings.PROMPT, Recordings.OPTIONS, token -> {})
                                    .tokens()
                                    .length
                            == 10) {
                        whole.incrementAndGet();
                    }
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(whole).hasValue(8);
    }
}
