package io.harmony4j.langchain4j;

import static io.harmony4j.langchain4j.Samples.WEATHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedTurn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HarmonyStreamingChatModelTest {
    private static final ScriptedTurn BERLIN = ScriptedTurn.answer("Berlin.").withThought("Easy.");

    /** A turn with all that there can be, in the way of writers that call several tools at once. */
    private static final ScriptedTurn EVERYTHING = ScriptedTurn.text(ScriptedTurn.of(
                    Message.analysis("Two cities."),
                    Message.preamble("I look."),
                    Message.call(Recipient.function("get_weather"), "{\"city\":\"Oslo\"}"),
                    Message.call(Recipient.function("get_weather"), "{} \n"))
            .text()
            .replaceFirst("<\\|call\\|>", "<|end|>"));

    private static final ChatRequest WEATHER_REQUEST = ChatRequest.builder()
            .messages(UserMessage.from("Weather?"))
            .toolSpecifications(WEATHER)
            .build();

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 3000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).as("what was waited for").isTrue();
    }

    @Test
    void piecesComeInTheOrderOfTheModelAndAddUpToTheResponse() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        Samples.streaming(new ScriptedModel(EVERYTHING)).build().chat(WEATHER_REQUEST, handler);
        ChatResponse response = handler.await();

        assertThat(handler.heard)
                .containsExactly(
                        "thinking Two",
                        "thinking  cities",
                        "thinking .",
                        "text I",
                        "text  look",
                        "text .",
                        "call 0 get_weather {\"",
                        "call 0 get_weather city",
                        "call 0 get_weather \":\"",
                        "call 0 get_weather Os",
                        "call 0 get_weather lo",
                        "call 0 get_weather \"}",
                        "called 0 {\"city\":\"Oslo\"}",
                        "call 1 get_weather {} \n",
                        "called 1 {} \n",
                        "complete");
        AiMessage expected = Samples.chat(new ScriptedModel(EVERYTHING))
                .build()
                .chat(WEATHER_REQUEST)
                .aiMessage();
        AiMessage message = response.aiMessage();
        assertThat(message.thinking()).isEqualTo(expected.thinking());
        assertThat(message.text()).isEqualTo(expected.text());
        assertThat(message.toolExecutionRequests())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("id")
                .isEqualTo(expected.toolExecutionRequests());
        assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
        assertThat(response.tokenUsage()).isInstanceOf(HarmonyTokenUsage.class);
        assertThat(handler.errors).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{}"})
    void aCallWithoutArgumentsIsOnePiece(String arguments) throws Exception {
        RecordingHandler handler = new RecordingHandler();
        Samples.streaming(new ScriptedModel(ScriptedTurn.call("get_weather", arguments)))
                .build()
                .chat(WEATHER_REQUEST, handler);

        assertThat(handler.await().aiMessage().toolExecutionRequests().get(0).arguments())
                .isEqualTo("{}");
        assertThat(handler.heard).containsExactly("call 0 get_weather {}", "called 0 {}", "complete");
    }

    @Test
    void allCallbacksComeFromOneDaemonThreadThatEnds() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        Samples.streaming(new ScriptedModel(BERLIN)).build().chat("Capital?", handler);
        handler.await();

        assertThat(handler.threads).hasSize(1).doesNotContain(Thread.currentThread());
        Thread thread = handler.threads.iterator().next();
        assertThat(thread.isDaemon()).isTrue();
        thread.join(30_000);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void anExecutorOfTheProgramRunsIt() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "mine"));
        try {
            StreamingChatModel model = Samples.streaming(ScriptedModel.of(prompt -> BERLIN))
                    .executor(executor)
                    .build();
            RecordingHandler first = new RecordingHandler();
            RecordingHandler second = new RecordingHandler();
            model.chat("Capital?", first);
            model.chat("Capital?", second);
            first.await();
            second.await();

            assertThat(first.threads)
                    .isEqualTo(second.threads)
                    .extracting(Thread::getName)
                    .containsExactly("mine");
        } finally {
            executor.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({"thinking , 2", "text , 4", "call , 7"})
    void aHandleEndsTheGenerationAndNothingMoreIsHeard(String kind, int callbacks) throws Exception {
        ScriptedModel script = new ScriptedModel(EVERYTHING.withPause(Duration.ofMillis(1)));
        RecordingHandler handler = new RecordingHandler((line, handle) -> {
            if (line.startsWith(kind) && !line.equals("thinking Two")) {
                assertThat(handle.isCancelled()).isFalse();
                handle.cancel();
                handle.cancel();
                assertThat(handle.isCancelled()).isTrue();
                throw new IllegalStateException("not even this is reported");
            }
        });
        Samples.streaming(script).build().chat(WEATHER_REQUEST, handler);

        await(() -> script.cancelled() == 1 && script.running() == 0);
        for (Thread thread : handler.threads) {
            thread.join(30_000);
        }
        assertThat(handler.heard).hasSize(callbacks);
        assertThat(handler.errors).isEmpty();
        assertThat(handler.response).isNotDone();
    }

    @Test
    void anotherThreadMayCancelASlowModel() throws Exception {
        List<StreamingHandle> handles = Collections.synchronizedList(new ArrayList<>());
        ScriptedModel script =
                new ScriptedModel(ScriptedTurn.answer("word ".repeat(10_000)).withPause(Duration.ofMillis(5)));
        RecordingHandler handler = new RecordingHandler((line, handle) -> handles.add(handle));
        Samples.streaming(script).build().chat("Tell me.", handler);
        await(() -> handles.size() >= 3);
        assertThat(script.running()).isEqualTo(1);
        handles.get(0).cancel();

        await(() -> script.cancelled() == 1 && script.running() == 0);
        assertThat(handler.response).isNotDone();
    }

    @Test
    void whatAHandlerThrowsIsReportedAndTheStreamGoesOn() throws Exception {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        ChatModelListener listener = new ChatModelListener() {
            @Override
            public void onResponse(ChatModelResponseContext context) {
                told.add("response");
            }

            @Override
            public void onError(ChatModelErrorContext context) {
                told.add(String.valueOf(context.error().getMessage()));
            }
        };
        RecordingHandler handler = new RecordingHandler((line, handle) -> {
            throw new IllegalStateException("at " + line);
        });
        Samples.streaming(new ScriptedModel(EVERYTHING))
                .listeners(List.of(listener))
                .build()
                .chat(WEATHER_REQUEST, handler);

        await(() -> handler.errors.size() == 16);
        assertThat(handler.heard).hasSize(16).endsWith("complete");
        assertThat(handler.errors)
                .extracting(Throwable::getMessage)
                .isEqualTo(handler.heard.stream().map(line -> "at " + line).toList());
        assertThat(told).hasSize(17).contains("response");
    }

    @Test
    void anErrorThatAHandlerThrowsEndsTheStream() throws Exception {
        ScriptedModel script = new ScriptedModel(BERLIN);
        RecordingHandler handler = new RecordingHandler((line, handle) -> {
            throw new AssertionError("at " + line);
        });
        Samples.streaming(script).build().chat("Capital?", handler);

        assertThat(handler.awaitError()).isInstanceOf(AssertionError.class).hasMessage("at thinking Easy");
        await(() -> script.running() == 0);
        assertThat(handler.heard).containsExactly("thinking Easy");
    }

    @Test
    void whatFailsBeforeAndInTheMiddleIsReportedOnce() throws Exception {
        ScriptedModel script = new ScriptedModel(
                ScriptedTurn.failure(new IllegalStateException("gone")),
                ScriptedTurn.text("<|channel|>final<|message|>It begins")
                        .withFailure(new IllegalStateException("broken")));
        StreamingChatModel model = Samples.streaming(script).build();
        RecordingHandler before = new RecordingHandler();
        RecordingHandler middle = new RecordingHandler();
        model.chat("?", before);
        assertThat(before.awaitError())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("gone");
        model.chat("?", middle);
        assertThat(middle.awaitError())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");

        assertThat(before.heard).isEmpty();
        assertThat(before.errors).hasSize(1);
        assertThat(middle.heard).containsExactly("text It", "text  begins");
        assertThat(middle.errors).hasSize(1);
    }

    @Test
    void whatIsCancelledFromOutsideIsReported() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        Samples.streaming(new ScriptedModel(BERLIN))
                .generationOptions(GenerationOptions.DEFAULT.withCancelled(() -> true))
                .build()
                .chat("Capital?", handler);

        assertThat(handler.awaitError()).isInstanceOf(CancellationException.class);
        assertThat(handler.heard).isEmpty();
    }

    @Test
    void requestsThatCannotBePutAreRefusedAtOnce() {
        RecordingHandler handler = new RecordingHandler();
        StreamingChatModel model = Samples.streaming(new ScriptedModel()).build();

        assertThatExceptionOfType(UnsupportedFeatureException.class)
                .isThrownBy(() -> model.chat(
                        List.of(UserMessage.from(ImageContent.from("https://example.org/cat.png"))), handler));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> model.chat(
                        ChatRequest.builder()
                                .messages(UserMessage.from("?"))
                                .topP(2.0)
                                .build(),
                        handler));
        assertThatIllegalStateException()
                .isThrownBy(() -> HarmonyStreamingChatModel.builder().build());
        assertThat(handler.heard).isEmpty();
        assertThat(handler.errors).isEmpty();
    }

    /** A limit that cuts in a call's header, right after it, and within its arguments. */
    @ParameterizedTest
    @ValueSource(ints = {10, 12, 14})
    void aCallThatTheLimitCutsOffIsNotHandedOut(int limit) throws Exception {
        RecordingHandler handler = new RecordingHandler();
        ScriptedModel script = ScriptedModel.of(
                prompt -> ScriptedTurn.call("delete_files", "{\"pattern\":\"*.tmp\",\"dry_run\":true}"));
        Samples.streaming(script)
                .build()
                .chat(
                        ChatRequest.builder()
                                .messages(UserMessage.from("?"))
                                .maxOutputTokens(limit)
                                .build(),
                        handler);

        ChatResponse response = handler.await();
        assertThat(response.aiMessage().hasToolExecutionRequests()).isFalse();
        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(handler.heard).noneMatch(line -> line.startsWith("called"));
        assertThat(Samples.chat(script)
                        .build()
                        .chat(ChatRequest.builder()
                                .messages(UserMessage.from("?"))
                                .maxOutputTokens(limit)
                                .build())
                        .aiMessage()
                        .hasToolExecutionRequests())
                .isFalse();
    }

    @Test
    void anErrorInTheLastCallbackIsReported() throws Exception {
        CompletableFuture<Throwable> reported = new CompletableFuture<>();
        Samples.streaming(new ScriptedModel(BERLIN)).build().chat("Capital?", new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String text) {}

            @Override
            public void onCompleteResponse(ChatResponse response) {
                throw new NoClassDefFoundError("a tool's");
            }

            @Override
            public void onError(Throwable error) {
                reported.complete(error);
            }
        });

        assertThat(reported.get(20, TimeUnit.SECONDS)).isInstanceOf(NoClassDefFoundError.class);
    }
}
