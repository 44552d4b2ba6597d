package io.harmony4j.openai;

import static io.harmony4j.openai.Scripted.TOKENIZER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.core.ObjectMappers;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseStreamEvent;
import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.ResponseFormat;
import io.harmony4j.ToolDescription;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What OpenAI's own Java client makes of answers: its classes read each chunk and event and miss nothing, its accumulators make of a
 * stream what they read in the whole answer, and the next request that it writes has all messages.
 *
 * <p>Left out is what its accumulator of chunks cannot do, whichever server it talks to: of custom tools it knows none, of a
 * {@code function_call} and of reasoning it keeps the last piece.
 */
class OpenAiClientTest {
    private static final JsonMapper CLIENT = ObjectMappers.jsonMapper();
    private static final String USER = "{'type':'message','role':'user','content':'Hi'}";

    private static final String NEXT = "<|start|>assistant";
    private static final String REASONING = "<|channel|>analysis<|message|>Hm.<|end|>" + NEXT;
    private static final String PREAMBLE = "<|channel|>commentary<|message|>I will look.<|end|>" + NEXT;
    private static final String FINAL = "<|channel|>final<|message|>";
    private static final String HELLO = FINAL + "Hello<|return|>";
    private static final String WEATHER = call("functions.get_weather", "{\"city\":\"Paris\"}");
    private static final String TIME = call("functions.get_time", "{}");

    /**
     * An output that both APIs can have.
     *
     * @param what says what is special about it
     */
    private record Output(String what, String text, FinishReason end) {
        static Output stopped(String what, String text) {
            return new Output(what, text, FinishReason.STOP);
        }

        static Output cut(String what, String text) {
            return new Output(what, text, FinishReason.LENGTH);
        }

        Case of(String members) {
            return new Case(members, this);
        }
    }

    /**
     * An output and the request that it answers.
     *
     * @param members the request's members besides the messages, with single quotes
     */
    private record Case(String members, Output output) {
        @Override
        public String toString() {
            return output.what();
        }

        void play(AnswerTurn turn) {
            Scripted.generated(Scripted.tokens(output.text())).stream()
                    .map(token -> token.withLogProbability(-0.5, List.of()))
                    .forEach(turn::accept);
            turn.finish(output.end());
        }
    }

    private static String call(String recipient, String arguments) {
        return "<|channel|>commentary to=" + recipient + " <|constrain|>json<|message|>" + arguments;
    }

    private static List<Output> outputs() {
        return List.of(
                Output.stopped("an answer", FINAL + "Hello, naïve 👩‍🚀 world<|return|>"),
                Output.stopped("reasoning", REASONING + HELLO),
                Output.stopped("two reasonings", REASONING + REASONING + HELLO),
                Output.stopped("reasoning alone", "<|channel|>analysis<|message|>Hm.<|end|>"),
                Output.stopped("a preamble", REASONING + PREAMBLE + WEATHER + "<|call|>"),
                Output.stopped("two calls", WEATHER + "<|end|>" + NEXT + TIME + "<|call|>"),
                Output.stopped("a call on analysis", "<|channel|>analysis to=functions.get_time<|message|>{}<|call|>"),
                Output.stopped("a call of nothing offered", "<|channel|>analysis to=python code<|message|>1<|call|>"),
                Output.stopped("no arguments", call("functions.get_time", "") + "<|call|>"),
                Output.stopped("an empty answer", FINAL + "<|return|>"),
                Output.stopped("nothing", ""),
                Output.stopped("no Harmony", "Hello there"),
                Output.stopped(
                        "malformed", "<|channel|>final to= <|constrain|>x<|message|>Hi<|message|>there<|channel|>"),
                Output.cut("half a call", REASONING + "<|channel|>commentary to=functions.get_time<|message|>{\"ci"),
                Output.cut("half an answer", REASONING + FINAL + "Hel"),
                Output.cut("half reasoning", "<|channel|>analysis<|message|>H"),
                new Output("cancelled", FINAL + "Hel", FinishReason.CANCELLED));
    }

    static Stream<Case> chats() {
        String tools = "'tools':[{'type':'function','function':{'name':'get_weather'}},"
                + "{'type':'function','function':{'name':'get_time'}}]";
        Stream<Case> special = Stream.of(
                Output.stopped("two choices", REASONING + WEATHER + "<|call|>").of("'n':2," + tools),
                Output.stopped("a stop string", FINAL + "Hello STOP world").of("'stop':'STOP'"),
                Output.stopped("usage", HELLO).of("'n':2,'stream_options':{'include_usage':true}"),
                Output.stopped("log-probabilities", HELLO).of("'logprobs':true"),
                Output.stopped("reasoning that is not wanted", REASONING + HELLO)
                        .of("'include_reasoning':false"),
                Output.stopped("a call that is content", WEATHER + "<|call|>").of("'tool_choice':'none'," + tools));
        return Stream.concat(outputs().stream().map(output -> output.of(tools)), special);
    }

    static Stream<Case> responses() {
        String tools = "'tools':[{'type':'function','name':'get_weather','description':'Now'},"
                + "{'type':'function','name':'get_time','strict':true,'parameters':{'type':'object','properties':{}}}]";
        Stream<Case> special = Stream.of(
                Output.stopped("a custom tool", REASONING + call("functions.patch", "{\"input\":\"+x\"}") + "<|call|>")
                        .of("'tools':[{'type':'custom','name':'patch'}]"),
                Output.stopped("a namespace", call("crm.find", "{}") + "<|call|>")
                        .of("'tools':[{'type':'namespace','name':'crm','description':'Customers',"
                                + "'tools':[{'type':'function','name':'find'}]}]"),
                Output.stopped("a hosted tool", HELLO).of("'tools':[{'type':'web_search'}]"),
                Output.stopped("encrypted reasoning", REASONING + WEATHER + "<|call|>")
                        .of("'include':['reasoning.encrypted_content'],'store':false," + tools),
                Output.stopped("log-probabilities", HELLO)
                        .of("'include':['message.output_text.logprobs'],'top_logprobs':1"),
                Output.stopped("a call that is content", WEATHER + "<|call|>").of("'tool_choice':'none'," + tools),
                Output.stopped("a chosen tool", WEATHER + "<|call|>")
                        .of("'tool_choice':{'type':'function','name':'get_weather'}," + tools),
                Output.stopped("what a response repeats", FINAL + "{}<|return|>")
                        .of(
                                "'instructions':'Be brief.','text':{'format':{'type':'json_schema','name':'x','schema':{'type':'object'}}},"
                                        + "'reasoning':{'effort':'high'},'metadata':{'a':'b'},'truncation':'auto','user':'u'"));
        return Stream.concat(outputs().stream().map(output -> output.of(tools)), special);
    }

    @ParameterizedTest
    @MethodSource("chats")
    void chatCompletionsCanBeRead(Case chat) {
        ChatRequest request = chatRequest(chat.members(), List.of());
        List<JsonObject> chunks = new ArrayList<>();
        ChatAnswer answer = request.answer(TOKENIZER, chunks::add);
        answer.begin();
        for (int i = 0; i < answer.choices(); i++) {
            chat.play(answer.turn(i));
        }
        ChatCompletion whole = read(answer.toJson(), ChatCompletion.class).validate();

        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        chunks.forEach(chunk ->
                accumulator.accumulate(read(chunk, ChatCompletionChunk.class).validate()));
        ChatCompletion joined = accumulator.chatCompletion().validate();
        assertThat(joined.id()).isEqualTo(whole.id());
        assertThat(joined.usage()).isEqualTo(request.includesUsage() ? whole.usage() : Optional.empty());
        assertThat(joined.choices()).hasSameSizeAs(whole.choices());
        for (int i = 0; i < answer.choices(); i++) {
            ChatCompletion.Choice choice = joined.choices().get(i);
            ChatCompletion.Choice expected = whole.choices().get(i);
            assertThat(choice.finishReason()).isEqualTo(expected.finishReason());
            assertThat(choice.logprobs().flatMap(ChatCompletion.Choice.Logprobs::content))
                    .isEqualTo(expected.logprobs().flatMap(ChatCompletion.Choice.Logprobs::content));
            assertThat(choice.message().content().orElse(""))
                    .isEqualTo(expected.message().content().orElse(""));
            assertThat(choice.message().toolCalls().orElse(List.of()))
                    .isEqualTo(expected.message().toolCalls().orElse(List.of()));
        }
    }

    /** Reasoning is no field of the client's, so that it sends none back. */
    @ParameterizedTest
    @MethodSource("chats")
    void theNextChatRequestHasAllMessages(Case chat) {
        ChatAnswer answer = chatRequest(chat.members(), List.of()).answer(TOKENIZER);
        for (int i = 0; i < answer.choices(); i++) {
            chat.play(answer.turn(i));
        }
        ChatCompletion whole = read(answer.toJson(), ChatCompletion.class);
        JsonObject message = written(whole.choices().get(0).message().toParam());
        List<Message> expected = ChatCompletions.messages(answer.toJson().toString()).stream()
                .filter(sent -> !Header.of(sent).isReasoning())
                .toList();
        if (!expected.isEmpty()) { // a message without text and calls is refused, as OpenAI does
            ChatRequest next = chatRequest(chat.members(), List.of(message));
            assertThat(assistants(next)).isEqualTo(Lines.of(expected));
        }
    }

    @ParameterizedTest
    @MethodSource("responses")
    void responsesCanBeRead(Case response) {
        List<JsonObject> events = new ArrayList<>();
        ResponseAnswer answer = responsesRequest(response.members(), List.of()).answer(TOKENIZER, events::add);
        answer.begin();
        response.play(answer.turn());
        checkEvents(events, answer);
    }

    @Test
    void aFailureCanBeRead() {
        List<JsonObject> events = new ArrayList<>();
        ResponseAnswer answer = responsesRequest("'store':false", List.of()).answer(TOKENIZER, events::add);
        answer.turn().accept(FINAL + "Hel");
        answer.turn().fail(new ApiException(500, null, null, "The model broke."));

        checkEvents(events, answer);
    }

    private static void checkEvents(List<JsonObject> events, ResponseAnswer answer) {
        ResponseAccumulator accumulator = ResponseAccumulator.createWithSnapshots();
        events.forEach(event ->
                accumulator.accumulate(read(event, ResponseStreamEvent.class).validate()));
        Response whole = read(answer.toJson(), Response.class).validate();
        assertThat(accumulator.response()).isEqualTo(whole);
        assertThat(accumulator.reconstructedResponse()).isEqualTo(whole);
    }

    @ParameterizedTest
    @MethodSource("responses")
    void theNextResponsesRequestHasAllMessages(Case response) {
        ResponseAnswer answer = responsesRequest(response.members(), List.of()).answer(TOKENIZER);
        response.play(answer.turn());
        List<JsonObject> items = read(answer.toJson(), Response.class).output().stream()
                .map(item -> CLIENT.convertValue(item, ResponseInputItem.class).validate())
                .map(OpenAiClientTest::written)
                .toList();
        ResponsesRequest next = responsesRequest(response.members(), items);

        assertThat(assistants(next))
                .isEqualTo(Lines.of(Responses.messages(answer.toJson().toString())));
    }

    /** All that a request has of its own making: the schema wants an id of what the model has said, for instance. */
    @Test
    void theRequestOfAConversationIsValid() {
        Conversation conversation = Conversation.of(
                Message.developer(
                        Content.developer("Be brief.", ToolDescription.of("get_time", "Now", "{\"type\":\"object\"}"))
                                .withResponseFormats(ResponseFormat.of("x", "d", "{\"type\":\"object\"}"))),
                Message.user("Hi"),
                Message.analysis("Hm."),
                Message.preamble("I will look."),
                Message.call(Recipient.function("get_time"), "{}"),
                Message.tool(Recipient.function("get_time"), "noon"),
                Message.analysis("Noon."),
                Message.answer("It is noon."),
                Message.user("And now?"));
        read(ChatCompletions.request(conversation, "gpt-4o"), ChatCompletionCreateParams.Body.class)
                .validate();
        read(Responses.request(conversation, "gpt-oss-20b"), ResponseCreateParams.Body.class)
                .validate();
    }

    private static ChatRequest chatRequest(String members, List<JsonObject> history) {
        String json = "{\"stream\":true,\"messages\":%s,%s}".formatted(afterUser(history), members.replace('\'', '"'));
        return new ChatCompletions(ApiOptions.DEFAULT).request(json);
    }

    private static ResponsesRequest responsesRequest(String members, List<JsonObject> history) {
        String json = "{\"stream\":true,\"input\":%s,%s}".formatted(afterUser(history), members.replace('\'', '"'));
        return new Responses(ApiOptions.DEFAULT, ResponseStore.NONE).request(json);
    }

    private static JsonArray afterUser(List<JsonObject> history) {
        List<JsonValue> messages = new ArrayList<>(List.of(Json.parse(USER.replace('\'', '"'))));
        messages.addAll(history);
        return JsonArray.of(messages);
    }

    private static List<String> assistants(ApiRequest request) {
        return Lines.of(request.wholeConversation()).stream()
                .filter(line -> line.startsWith("assistant"))
                .toList();
    }

    private static <T> T read(JsonObject json, Class<T> type) {
        try {
            return CLIENT.readValue(json.toString(), type);
        } catch (JsonProcessingException e) {
            throw new AssertionError("expected a " + type.getSimpleName() + " but found " + json, e);
        }
    }

    private static JsonObject written(Object value) {
        try {
            return (JsonObject) Json.parse(CLIENT.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new AssertionError("expected a value that can be written but found " + value, e);
        }
    }
}
