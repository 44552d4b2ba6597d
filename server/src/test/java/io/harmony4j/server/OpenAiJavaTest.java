package io.harmony4j.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionNamedToolChoice;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.models.Model;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseRetrieveParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ToolChoiceOptions;
import com.openai.models.responses.inputtokens.InputTokenCountParams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * OpenAI's client for Java against the server. It is told to validate what it reads: a field that is missing, or has another type, is an
 * error even if nobody asks for it.
 */
@Timeout(60)
class OpenAiJavaTest {
    private static final List<String> LOG = new CopyOnWriteArrayList<>();
    private static HarmonyServer server;
    private static OpenAIClient client;

    @JsonTypeName("get_weather")
    @JsonClassDescription("Tells the weather.")
    static class GetWeather {
        public String city = "";
    }

    @JsonTypeName("get_time")
    @JsonClassDescription("Tells the time.")
    static class GetTime {
        public String zone = "";
    }

    /** What an answer must be. */
    static class Place {
        public String city = "";
        public double degrees;
    }

    @BeforeAll
    static void start() {
        server = ScriptedServer.start(
                ServerOptions.DEFAULT.withPort(0).withParallel(64).withAccessLog(LOG::add));
        client = client(server, "none", 0);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static OpenAIClient client(HarmonyServer server, String key, int retries) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(server.url() + "/v1")
                .apiKey(key)
                .maxRetries(retries)
                .responseValidation(true)
                .build();
    }

    private static ChatCompletionCreateParams.Builder chat(String text) {
        return ChatCompletionCreateParams.builder().model(ScriptedServer.MODEL).addUserMessage(text);
    }

    private static ChatCompletionCreateParams.Builder chatWithTools(String text) {
        return chat(text).addTool(GetWeather.class).addTool(GetTime.class);
    }

    private static ResponseCreateParams.Builder response(String text) {
        return ResponseCreateParams.builder().model(ScriptedServer.MODEL).input(text);
    }

    private static String text(Response response) {
        StringBuilder text = new StringBuilder();
        response.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .forEach(part -> text.append(part.asOutputText().text()));
        return text.toString();
    }

    private static ChatCompletionMessage message(ChatCompletion answer) {
        return answer.choices().get(0).message();
    }

    private static ChatCompletion stream(ChatCompletionCreateParams request) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> chunks =
                client.chat().completions().createStreaming(request)) {
            chunks.stream().forEach(whole::accumulate);
        }
        return whole.chatCompletion();
    }

    private static Response stream(ResponseCreateParams request) {
        ResponseAccumulator whole = ResponseAccumulator.createWithSnapshots();
        try (StreamResponse<ResponseStreamEvent> events = client.responses().createStreaming(request)) {
            events.stream().forEach(whole::accumulate);
        }
        assertThat(whole.reconstructedResponse().output())
                .isEqualTo(whole.response().output());
        return whole.response();
    }

    // ---- Chat Completions -----------------------------------------------------------------------------------------

    @Test
    void modelsAreListedAndFound() {
        assertThat(client.models().list().data()).extracting(Model::id).containsExactly("scripted", "org/scripted-20b");
        assertThat(client.models().retrieve("org/scripted-20b").ownedBy()).isEqualTo("harmony4j");
        assertThatThrownBy(() -> client.models().retrieve("gpt-9")).isInstanceOf(NotFoundException.class);
    }

    @Test
    @SuppressWarnings("deprecation") // fields that OpenAI's document does not have
    void aStreamOfChunksIsTheWholeAnswer() {
        ChatCompletion whole =
                client.chat().completions().create(chat("play:emoji").build());
        ChatCompletion streamed = stream(chat("play:emoji")
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build());
        assertThat(message(whole).content()).contains("naïve 🧑‍🚀 日本語 e\u0301");
        assertThat(message(whole)._allProperties()).containsEntry("reasoning", JsonValue.from("Smile."));
        assertThat(message(streamed).content()).isEqualTo(message(whole).content());
        assertThat(streamed.choices().get(0).finishReason())
                .isEqualTo(whole.choices().get(0).finishReason());
        assertThat(streamed.usage()).isEqualTo(whole.usage());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void chatToolsAreCalledOverSeveralRounds(boolean isStream) {
        ChatCompletionCreateParams.Builder request = chatWithTools("play:trip");
        List<String> calls = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            ChatCompletionCreateParams params = request.build();
            ChatCompletionMessage message = message(
                    isStream ? stream(params) : client.chat().completions().create(params));
            request.addMessage(message);
            message.toolCalls().orElse(List.of()).forEach(call -> {
                calls.add(call.asFunction().function().name()
                        + call.asFunction().function().arguments());
                request.addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId(call.asFunction().id())
                        .content("sunny")
                        .build());
            });
            if (message.toolCalls().isEmpty()) {
                assertThat(message.content()).contains("Go to Rome: it is noon and sunny.");
                break;
            }
        }
        assertThat(calls)
                .containsExactly(
                        "get_weather{\"city\":\"Paris\"}",
                        "get_weather{\"city\":\"Rome\"}",
                        "get_time{\"zone\":\"Europe/Rome\"}");
    }

    @Test
    void argumentsAreReadIntoClasses() {
        ChatCompletion answer =
                client.chat().completions().create(chatWithTools("play:weather").build());
        GetWeather arguments = message(answer)
                .toolCalls()
                .orElseThrow()
                .get(0)
                .asFunction()
                .function()
                .arguments(GetWeather.class);
        assertThat(arguments.city).isEqualTo("Paris");
    }

    @Test
    void aCallCanBeDemanded() {
        ChatCompletionToolChoiceOption required =
                ChatCompletionToolChoiceOption.ofAuto(ChatCompletionToolChoiceOption.Auto.REQUIRED);
        ChatCompletionToolChoiceOption named =
                ChatCompletionToolChoiceOption.ofNamedToolChoice(ChatCompletionNamedToolChoice.builder()
                        .function(ChatCompletionNamedToolChoice.Function.builder()
                                .name("get_weather")
                                .build())
                        .build());
        for (ChatCompletionToolChoiceOption choice : List.of(required, named)) {
            ChatCompletion answer = client.chat()
                    .completions()
                    .create(chatWithTools("Hi!").toolChoice(choice).build());
            assertThat(message(answer).toolCalls().orElseThrow())
                    .extracting(call -> call.asFunction().function().name())
                    .containsExactly("get_weather");
        }
    }

    @Test
    void answersAreReadIntoClasses() {
        Place place = client.chat()
                .completions()
                .create(chat("play:json").responseFormat(Place.class).build())
                .choices()
                .get(0)
                .message()
                .content()
                .orElseThrow();
        assertThat(place.city).isEqualTo("Paris");
        assertThat(place.degrees).isEqualTo(21.5);
        Place again = client
                .responses()
                .create(response("play:json").text(Place.class).build())
                .output()
                .stream()
                .flatMap(item -> item.message().stream())
                .findFirst()
                .orElseThrow()
                .content()
                .get(0)
                .asOutputText();
        assertThat(again.city).isEqualTo("Paris");
    }

    @Test
    void choicesLogProbabilitiesStopAndLimits() {
        ChatCompletion three =
                client.chat().completions().create(chat("play:count-3").n(3).build());
        assertThat(three.choices()).extracting(ChatCompletion.Choice::index).containsExactly(0L, 1L, 2L);
        assertThat(stream(chat("play:count-3").n(3).build()).choices())
                .extracting(choice -> choice.message().content().orElseThrow())
                .containsExactly("1 2 3", "1 2 3", "1 2 3");
        ChatCompletion probable = client.chat()
                .completions()
                .create(chat("Hi!").logprobs(true).topLogprobs(2).build());
        assertThat(probable.choices().get(0).logprobs().orElseThrow().content().orElseThrow())
                .extracting(entry -> entry.token() + entry.topLogprobs().size())
                .containsExactly("Hello2", ".2");
        assertThat(message(client.chat()
                                .completions()
                                .create(chat("play:count-9").stop(" 4").build()))
                        .content())
                .contains("1 2 3");
        assertThat(stream(chat("play:count-99").maxCompletionTokens(20).build())
                        .choices()
                        .get(0)
                        .finishReason())
                .isEqualTo(ChatCompletion.Choice.FinishReason.LENGTH);
    }

    @Test
    void plainPromptsAreContinued() {
        CompletionCreateParams request = CompletionCreateParams.builder()
                .model(ScriptedServer.MODEL)
                .prompt("play:count-5")
                .maxTokens(40)
                .build();
        String whole = client.completions().create(request).choices().get(0).text();
        assertThat(whole).contains("1 2 3 4 5");
        // OpenAI's own pieces of an unfinished text have no finish reason either, which this check of the client does
        // not know
        OpenAIClient lenient = client.withOptions(options -> options.responseValidation(false));
        try (StreamResponse<Completion> pieces = lenient.completions().createStreaming(request)) {
            assertThat(pieces.stream()
                            .flatMap(piece -> piece.choices().stream())
                            .map(choice -> choice.text())
                            .collect(Collectors.joining()))
                    .isEqualTo(whole);
        }
    }

    // ---- Responses ------------------------------------------------------------------------------------------------

    @Test
    void aStreamOfEventsIsTheWholeResponse() {
        Response whole = client.responses().create(response("play:emoji").build());
        Response streamed = stream(response("play:emoji").build());
        assertThat(text(whole)).isEqualTo("naïve 🧑‍🚀 日本語 e\u0301");
        assertThat(text(streamed)).isEqualTo(text(whole));
        assertThat(streamed.usage()).isEqualTo(whole.usage());
        assertThat(whole.output()
                        .get(0)
                        .asReasoning()
                        .content()
                        .orElseThrow()
                        .get(0)
                        .text())
                .isEqualTo("Smile.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void responsesGoOnAfterTheResultsOfTools(boolean isKept) {
        List<String> calls = new ArrayList<>();
        List<ResponseInputItem> items = new ArrayList<>();
        items.add(ResponseInputItem.ofMessage(ResponseInputItem.Message.builder()
                .role(ResponseInputItem.Message.Role.USER)
                .addInputTextContent("play:trip")
                .build()));
        ResponseCreateParams.Builder request = ResponseCreateParams.builder()
                .model(ScriptedServer.MODEL)
                .store(isKept)
                .addTool(GetWeather.class)
                .addTool(GetTime.class);
        for (int round = 0; round < 5; round++) {
            Response response =
                    stream(request.inputOfResponse(List.copyOf(items)).build());
            if (isKept) {
                items.clear();
                request.previousResponseId(response.id());
            }
            for (ResponseOutputItem item : response.output()) {
                if (!isKept) {
                    item.reasoning().map(ResponseInputItem::ofReasoning).ifPresent(items::add);
                    item.message()
                            .map(ResponseInputItem::ofResponseOutputMessage)
                            .ifPresent(items::add);
                    item.functionCall().map(ResponseInputItem::ofFunctionCall).ifPresent(items::add);
                }
            }
            response.output().stream()
                    .flatMap(item -> item.functionCall().stream())
                    .forEach(call -> {
                        calls.add(call.name() + call.arguments());
                        items.add(result(call));
                    });
            if (response.output().stream().noneMatch(ResponseOutputItem::isFunctionCall)) {
                assertThat(text(response)).isEqualTo("Go to Rome: it is noon and sunny.");
                break;
            }
        }
        assertThat(calls)
                .containsExactly(
                        "get_weather{\"city\":\"Paris\"}",
                        "get_weather{\"city\":\"Rome\"}",
                        "get_time{\"zone\":\"Europe/Rome\"}");
    }

    private static ResponseInputItem result(ResponseFunctionToolCall call) {
        return ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                .callId(call.callId())
                .output("sunny")
                .build());
    }

    @Test
    void parallelCallsCanBeForbidden() {
        ResponseCreateParams request = response("play:trip")
                .addTool(GetWeather.class)
                .parallelToolCalls(false)
                .build();
        assertThat(client.responses().create(request).output().stream().filter(ResponseOutputItem::isFunctionCall))
                .hasSize(1);
    }

    @Test
    void aResponseMustCall() {
        ResponseCreateParams request = response("Hi!")
                .addTool(GetWeather.class)
                .toolChoice(ToolChoiceOptions.REQUIRED)
                .build();
        assertThat(stream(request).output()).anyMatch(ResponseOutputItem::isFunctionCall);
    }

    @Test
    void storedResponsesAreCountedListedShownAndDeleted() {
        Response response = client.responses().create(response("one").build());
        assertThat(client.responses()
                        .inputTokens()
                        .count(InputTokenCountParams.builder()
                                .model(ScriptedServer.MODEL)
                                .input("one")
                                .build())
                        .inputTokens())
                .isEqualTo(response.usage().orElseThrow().inputTokens());
        assertThat(client.responses().retrieve(response.id())).isEqualTo(response);
        assertThat(client.responses().inputItems().list(response.id()).data())
                .hasSize(1)
                .allMatch(item -> item.isResponseInputMessageItem());
        client.responses().delete(response.id());
        assertThatThrownBy(() -> client.responses().retrieve(response.id())).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aStreamMadeInTheBackgroundIsReadFromAnyEventOn() {
        String id;
        try (StreamResponse<ResponseStreamEvent> events = client.responses()
                .createStreaming(response("play:count-30-10").background(true).build())) {
            id = events.stream()
                    .limit(8)
                    .flatMap(event -> event.created().stream())
                    .findFirst()
                    .orElseThrow()
                    .response()
                    .id();
        }
        ResponseAccumulator all = ResponseAccumulator.create();
        List<Long> numbers = new ArrayList<>();
        ResponseRetrieveParams afterThree =
                ResponseRetrieveParams.builder().responseId(id).startingAfter(3).build();
        try (StreamResponse<ResponseStreamEvent> events = client.responses().retrieveStreaming(afterThree)) {
            events.stream().forEach(event -> numbers.add(sequenceNumber(event)));
        }
        assertThat(numbers).first().isEqualTo(4L);
        assertThat(numbers).last().isEqualTo(3L + numbers.size());
        try (StreamResponse<ResponseStreamEvent> events = client.responses().retrieveStreaming(id)) {
            events.stream().forEach(all::accumulate);
        }
        assertThat(text(all.response())).endsWith(" 29 30");
        assertThat(client.responses().retrieve(id)).isEqualTo(all.response());
    }

    @Test
    void aResponseInTheBackgroundIsCancelled() {
        Response queued = client.responses()
                .create(response("play:count-500-20").background(true).build());
        assertThat(client.responses().cancel(queued.id()).status()).contains(ResponseStatus.CANCELLED);
        assertThat(client.responses().retrieve(queued.id()).status()).contains(ResponseStatus.CANCELLED);
    }

    // ---- what goes wrong ------------------------------------------------------------------------------------------

    @Test
    void refusalsSayWhatIsWrong() {
        OpenAIServiceException error = catchThrowableOfType(
                OpenAIServiceException.class,
                () -> client.chat()
                        .completions()
                        .create(chat("x").temperature(9).build()));
        assertThat(error.statusCode()).isEqualTo(400);
        assertThat(error.param()).contains("temperature");
        error = catchThrowableOfType(
                OpenAIServiceException.class,
                () -> client.responses()
                        .createStreaming(response("long ".repeat(9000)).build()));
        assertThat(error.code()).contains("context_length_exceeded");
        error = catchThrowableOfType(
                OpenAIServiceException.class,
                () -> client.responses()
                        .create(response("x").previousResponseId("resp_none").build()));
        assertThat(error.code()).contains("previous_response_not_found");
    }

    @Test
    void failuresInTheMiddleEndTheStream() {
        assertThatThrownBy(() -> stream(chat("play:broken").build())).isInstanceOf(OpenAIException.class);
        Response failed = stream(response("play:broken").build());
        assertThat(failed.status()).contains(ResponseStatus.FAILED);
        assertThat(failed.error().orElseThrow().message()).contains("the script ends here");
        assertThatThrownBy(() -> client(server, "none", 2)
                        .chat()
                        .completions()
                        .create(chat("play:defect").build()))
                .isInstanceOf(InternalServerException.class);
    }

    @Test
    void aKeyIsAskedFor() {
        try (HarmonyServer locked =
                ScriptedServer.start(ServerOptions.DEFAULT.withPort(0).withKey("secret"))) {
            assertThatThrownBy(() -> client(locked, "none", 0).models().list())
                    .isInstanceOf(UnauthorizedException.class);
            assertThat(client(locked, "secret", 0).models().list().data()).isNotEmpty();
        }
    }

    @Test
    void requestsForWhichThereIsNoRoomComeAgain() {
        try (HarmonyServer small = ScriptedServer.start(
                ServerOptions.DEFAULT.withPort(0).withParallel(1).withQueueLength(0))) {
            CompletableFuture<ChatCompletion> slow = CompletableFuture.supplyAsync(() -> client(small, "none", 0)
                    .chat()
                    .completions()
                    .create(chat("play:think-1500").build()));
            sleep(Duration.ofMillis(500));
            assertThatThrownBy(() -> client(small, "none", 0)
                            .chat()
                            .completions()
                            .create(chat("Hi!").build()))
                    .isInstanceOf(RateLimitException.class);
            assertThat(message(client(small, "none", 5)
                                    .chat()
                                    .completions()
                                    .create(chat("Hi!").build()))
                            .content())
                    .contains("Hello.");
            assertThat(message(slow.join()).content()).contains("Hello.");
        }
    }

    @Test
    void aReaderThatGoesEndsTheGeneration() throws InterruptedException {
        ChatCompletionCreateParams request = chat("play:count-2000-10")
                .putAdditionalHeader("x-client-request-id", "java-gone")
                .build();
        try (StreamResponse<ChatCompletionChunk> chunks =
                client.chat().completions().createStreaming(request)) {
            assertThat(chunks.stream().limit(20)).hasSize(20);
        }
        String line = logged("java-gone");
        assertThat(line).contains("\"client_gone\":true");
        assertThat(line).containsPattern("\"completion_tokens\":\\d{1,3}\\D");
    }

    private static String logged(String id) throws InterruptedException {
        for (int i = 0; i < 800; i++) {
            for (String line : LOG) {
                if (line.contains("\"" + id + "\"")) {
                    return line;
                }
            }
            Thread.sleep(25);
        }
        throw new AssertionError("no line of the log has the id " + id);
    }

    @Test
    void silentStreamsStayOpen() {
        try (HarmonyServer patient =
                ScriptedServer.start(ServerOptions.DEFAULT.withPort(0).withKeepAliveTime(Duration.ofMillis(100)))) {
            List<String> texts = new ArrayList<>();
            Consumer<ChatCompletionChunk> reader =
                    chunk -> chunk.choices().get(0).delta().content().ifPresent(texts::add);
            try (StreamResponse<ChatCompletionChunk> chunks = client(patient, "none", 0)
                    .chat()
                    .completions()
                    .createStreaming(chat("play:think-800").build())) {
                chunks.stream().forEach(reader);
            }
            assertThat(String.join("", texts)).isEqualTo("Hello.");
        }
    }

    @Test
    void manyAtATimeAreNotMixed() {
        List<String> texts = Stream.iterate(0, i -> i + 1)
                .limit(40)
                .map(i -> "This is text " + i + "so on, ".repeat(i % 9) + i)
                .toList();
        List<CompletableFuture<String>> answers = texts.stream()
                .map(text -> CompletableFuture.supplyAsync(
                        () -> message(stream(chat("play:echo-2 " + text).build()))
                                .content()
                                .orElseThrow()))
                .toList();
        assertThat(answers).extracting(CompletableFuture::join).isEqualTo(texts);
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long sequenceNumber(ResponseStreamEvent event) {
        Map<?, ?> fields = event._json().orElseThrow().convert(Map.class);
        return ((Number) requireNonNull(requireNonNull(fields).get("sequence_number"))).longValue();
    }
}
