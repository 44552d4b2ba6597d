package io.harmony4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiModelCatalog;
import dev.langchain4j.model.openai.OpenAiResponsesChatModel;
import dev.langchain4j.model.openai.OpenAiResponsesStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** LangChain4j's models for OpenAI against the server: both APIs, whole and streamed. */
@Timeout(60)
class LangChain4jTest {
    private static final List<String> LOG = new CopyOnWriteArrayList<>();

    private static final List<ToolSpecification> TOOLS = List.of(tool("get_weather", "city"), tool("get_time", "zone"));

    private static HarmonyServer server;

    private static ToolSpecification tool(String name, String parameter) {
        return ToolSpecification.builder()
                .name(name)
                .description("Tells something.")
                .parameters(JsonObjectSchema.builder()
                        .addStringProperty(parameter)
                        .required(parameter)
                        .build())
                .build();
    }

    /** A way to ask. */
    enum Way {
        CHAT,
        CHAT_STREAM,
        RESPONSES,
        RESPONSES_STREAM;

        ChatResponse ask(ChatRequest request) {
            return switch (this) {
                case CHAT ->
                    ((ChatModel) OpenAiChatModel.builder()
                                    .baseUrl(server.url() + "/v1")
                                    .apiKey("none")
                                    .modelName(ScriptedServer.MODEL)
                                    .returnThinking(true)
                                    .sendThinking(true)
                                    .maxRetries(0)
                                    .build())
                            .chat(request);
                case CHAT_STREAM -> stream(chatStream(Map.of()), request).answer();
                case RESPONSES ->
                    OpenAiResponsesChatModel.builder()
                            .baseUrl(server.url() + "/v1")
                            .apiKey("none")
                            .modelName(ScriptedServer.MODEL)
                            .build()
                            .chat(request);
                case RESPONSES_STREAM ->
                    stream(
                                    OpenAiResponsesStreamingChatModel.builder()
                                            .baseUrl(server.url() + "/v1")
                                            .apiKey("none")
                                            .modelName(ScriptedServer.MODEL)
                                            .build(),
                                    request)
                            .answer();
            };
        }
    }

    private static StreamingChatModel chatStream(Map<String, String> headers) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(server.url() + "/v1")
                .apiKey("none")
                .modelName(ScriptedServer.MODEL)
                .customHeaders(headers)
                .returnThinking(true)
                .sendThinking(true)
                .build();
    }

    /** What a stream gave. */
    private record Streamed(ChatResponse answer, String text, String thinking) {}

    private static Streamed stream(StreamingChatModel model, ChatRequest request) {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        model.chat(request, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String part) {
                text.append(part);
            }

            @Override
            public void onPartialThinking(PartialThinking part) {
                thinking.append(part.text());
            }

            @Override
            public void onCompleteResponse(ChatResponse answer) {
                whole.complete(answer);
            }

            @Override
            public void onError(Throwable error) {
                whole.completeExceptionally(error);
            }
        });
        ChatResponse answer = whole.orTimeout(30, TimeUnit.SECONDS).join();
        return new Streamed(answer, text.toString(), thinking.toString());
    }

    private static ChatRequest request(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    private static ChatRequest request(List<ChatMessage> messages) {
        return ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(TOOLS)
                .build();
    }

    @BeforeAll
    static void start() {
        server = ScriptedServer.start(ServerOptions.DEFAULT.withPort(0).withAccessLog(LOG::add));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void modelsAreListed() {
        assertThat(OpenAiModelCatalog.builder()
                        .baseUrl(server.url() + "/v1")
                        .apiKey("none")
                        .build()
                        .listModels())
                .extracting(model -> model.name())
                .containsExactly("scripted", "org/scripted-20b");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anAnswerHasTextUsageAndReason(Way way) {
        ChatResponse answer = way.ask(request("play:emoji"));
        assertThat(answer.aiMessage().text()).isEqualTo("naïve 🧑‍🚀 日本語 e\u0301");
        assertThat(answer.tokenUsage().outputTokenCount()).isPositive();
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void toolsAreCalledOverSeveralRounds(Way way) {
        List<ChatMessage> messages =
                new ArrayList<>(List.of(SystemMessage.from("Help."), UserMessage.from("play:trip")));
        List<String> calls = new ArrayList<>();
        AiMessage message = way.ask(request(messages)).aiMessage();
        while (message.hasToolExecutionRequests()) {
            messages.add(message);
            for (ToolExecutionRequest call : message.toolExecutionRequests()) {
                calls.add(call.name() + call.arguments());
                messages.add(ToolExecutionResultMessage.from(call, "sunny"));
            }
            message = way.ask(request(messages)).aiMessage();
        }
        assertThat(message.text()).isEqualTo("Go to Rome: it is noon and sunny.");
        assertThat(calls)
                .containsExactly(
                        "get_weather{\"city\":\"Paris\"}",
                        "get_weather{\"city\":\"Rome\"}",
                        "get_time{\"zone\":\"Europe/Rome\"}");
    }

    @Test
    void thinkingIsShownAndSentBack() {
        Streamed streamed = stream(chatStream(Map.of()), request(List.of(UserMessage.from("play:weather"))));
        assertThat(streamed.thinking()).isEqualTo("I need the weather.");
        AiMessage call = streamed.answer().aiMessage();
        assertThat(call.thinking()).isEqualTo("I need the weather.");
        assertThat(Way.CHAT.ask(request("Hi!")).aiMessage().thinking()).isEqualTo("Somebody says hello.");
        String prompt = Way.CHAT
                .ask(request(List.of(
                        UserMessage.from("play:weather"),
                        call,
                        ToolExecutionResultMessage.from(
                                call.toolExecutionRequests().get(0), "sunny"),
                        SystemMessage.from("play:prompt"))))
                .aiMessage()
                .text();
        assertThat(prompt)
                .contains(
                        "<channel>analysis<message>I need the weather.<end><start>assistant to=functions.get_weather");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aCallCanBeDemanded(Way way) {
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("Hi!"))
                .toolSpecifications(TOOLS)
                .toolChoice(ToolChoice.REQUIRED)
                .build();
        assertThat(way.ask(request).aiMessage().toolExecutionRequests())
                .extracting(ToolExecutionRequest::name)
                .containsExactly("get_weather");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aSchemaIsPartOfThePrompt(Way way) {
        ResponseFormat format = ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder()
                        .name("place")
                        .rootElement(JsonObjectSchema.builder()
                                .addStringProperty("city")
                                .addNumberProperty("degrees")
                                .required("city", "degrees")
                                .build())
                        .build())
                .build();
        ChatRequest.Builder request = ChatRequest.builder().responseFormat(format);
        assertThat(way.ask(request.messages(UserMessage.from("play:json")).build())
                        .aiMessage()
                        .text())
                .isEqualTo("{\"city\":\"Paris\",\"degrees\":21.5}");
        assertThat(way.ask(request.messages(UserMessage.from("play:prompt")).build())
                        .aiMessage()
                        .text())
                .contains("# Response Formats", "degrees");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aLimitEndsTheAnswer(Way way) {
        ChatResponse answer = way.ask(ChatRequest.builder()
                .messages(UserMessage.from("play:count-99"))
                .maxOutputTokens(20)
                .build());
        assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(answer.tokenUsage().outputTokenCount()).isEqualTo(20);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void errorsAreToldByTheirKind(Way way) {
        assertThatThrownBy(() -> way.ask(request("long ".repeat(9000))))
                .hasStackTraceContaining(InvalidRequestException.class.getName())
                .hasStackTraceContaining("context_length_exceeded");
        assertThatThrownBy(() -> way.ask(request("play:defect")))
                .hasStackTraceContaining(InternalServerException.class.getName());
        assertThatThrownBy(() -> way.ask(ChatRequest.builder()
                        .modelName("gpt-9")
                        .messages(UserMessage.from("Hi!"))
                        .build()))
                .hasStackTraceContaining(ModelNotFoundException.class.getName());
    }

    @Test
    void aReaderThatCancelsEndsTheGeneration() throws InterruptedException {
        chatStream(Map.of("x-client-request-id", "langchain4j-gone"))
                .chat(request("play:count-2000-10"), new StreamingChatResponseHandler() {
                    @Override
                    public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
                        context.streamingHandle().cancel();
                    }

                    @Override
                    public void onCompleteResponse(ChatResponse answer) {
                        throw new AssertionError("expected no answer but found " + answer);
                    }

                    @Override
                    public void onError(Throwable error) {
                        // it is cancelled
                    }
                });
        String line = logged("langchain4j-gone");
        assertThat(line).contains("\"client_gone\":true").containsPattern("\"completion_tokens\":\\d{1,3}\\D");
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
}
