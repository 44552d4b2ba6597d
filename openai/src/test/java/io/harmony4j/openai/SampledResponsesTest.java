package io.harmony4j.openai;

import static io.harmony4j.openai.Scripted.RENDERER;
import static io.harmony4j.openai.Scripted.TOKENIZER;
import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.ToolNamespace;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.tokenizer.AllowedSpecial;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Responses go on from what was generated, token by token: in the loop over hosted tools, and from a response that is kept. */
class SampledResponsesTest {
    private static final String TOOLS = "'tools':[{'type':'code_interpreter','container':{'type':'auto'}},"
            + "{'type':'function','name':'f'},{'type':'custom','name':'sh'}]";
    private static final String CALL = "<|channel|>commentary to=functions.f <|constrain|>json<|message|>{}<|call|>";

    private final InMemoryResponseStore store = new InMemoryResponseStore();
    private final Responses responses = new Responses(
            ApiOptions.DEFAULT.withDate(LocalDate.of(2026, 1, 2)).withBuiltInTools(ToolNamespace.python()), store);
    private final List<int[]> prompts = new ArrayList<>();
    private final List<int[]> generations = new ArrayList<>();

    private static int[] tokens(String text) {
        return TOKENIZER.encode(text, AllowedSpecial.ALL);
    }

    private static int[] joined(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(IntStream::of).toArray();
    }

    private TokenGenerator model(int[]... outputs) {
        Iterator<int[]> next = Arrays.asList(outputs).iterator();
        return (prompt, options, tokens) -> {
            prompts.add(prompt);
            int[] output = next.next();
            generations.add(output);
            for (int i = 0; i < output.length; i++) {
                tokens.accept(GeneratedToken.of(output[i], i));
            }
            return Generation.of(output, FinishReason.STOP, prompt.length);
        };
    }

    private ResponsesRequest request(String members) {
        return responses.request(("{" + members + "," + TOOLS + "}").replace('\'', '"'));
    }

    /** Makes a response and keeps it. */
    private ResponseAnswer answer(String members, int[]... outputs) {
        ResponsesRequest request = request(members);
        ResponseAnswer answer = request.answer(TOKENIZER);
        new ResponseLoop(model(outputs), TOKENIZER, RENDERER, 100_000, (tool, code) -> "1")
                .run(request, answer, () -> false);
        responses.keep(request, answer);
        return answer;
    }

    /** Returns a prompt and what was generated after it, without the token at which the model stopped. */
    private int[] read(int round) {
        int[] read = joined(prompts.get(round), generations.get(round));
        return Arrays.copyOf(read, read.length - 1);
    }

    static Stream<int[]> calls() {
        return Stream.of(
                tokens("<|channel|>analysis to=python code<|message|>print(1)<|call|>"),
                tokens("<|channel|>commentary to=python<|constrain|>json<|message|>{}<|call|>"),
                joined(
                        tokens("<|channel|>anal"),
                        tokens("ysis to=pyt"),
                        tokens("hon code<|message|>prin"),
                        tokens("t(1)<|call|>")),
                tokens(
                        "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>commentary<|message|>So.<|end|>"
                                + "<|start|>assistant<|channel|>analysis to=python code<|message|>1<|call|>"),
                tokens("<|channel|>analysis<|message|>Look.<|channel|>analysis to=python code<|message|>1<|call|>"),
                tokens(
                        "<|channel|>analysis<|message|>Look.<|start|>assistant<|channel|>analysis to=python code<|message|>1<|call|>"),
                tokens("<|channel|>analysis to=Python code<|message|>1<|call|>"));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aPromptIsTheLastOneWhatWasGeneratedAndTheResult(int[] call) {
        ResponseAnswer answer = answer("'input':'Hi'", call, call, tokens(CALL));
        String callId = answer.toJson().get("output").elements().stream()
                .filter(item -> item.get("type").text().equals("function_call"))
                .findAny()
                .orElseThrow()
                .get("call_id")
                .text();
        ResponsesRequest next = request("'previous_response_id':'" + answer.id()
                + "','input':[{'type':'function_call_output','call_id':'" + callId + "','output':'7'}]");
        prompts.add(next.prompt(RENDERER, 100_000));

        String resultOfPython =
                "<|call|><|start|>python to=assistant<|channel|>analysis<|message|>1<|end|><|start|>assistant";
        for (int round = 0; round < 3; round++) {
            int[] prompt = prompts.get(round + 1);
            assertThat(prompt).startsWith(read(round));
            assertThat(TOKENIZER.decode(Arrays.copyOfRange(prompt, read(round).length, prompt.length)))
                    .isEqualTo(
                            round < 2
                                    ? resultOfPython
                                    : "<|call|><|start|>functions.f to=assistant<|channel|>commentary<|message|>7<|end|>"
                                            + "<|start|>assistant");
        }
        assertThat(next.countPrompt(RENDERER)).isEqualTo(prompts.get(3).length);
    }

    @Test
    void aQuestionGoesOnFromAnAnswerThroughSeveralResponses() {
        int[] answer = joined(tokens("<|channel|>final<|message|>Th"), tokens("ree<|return|>"));
        String first = answer("'input':'Hi'", answer).id();
        String second = answer("'input':'So?','previous_response_id':'" + first + "'", answer)
                .id();
        answer("'input':'So?','previous_response_id':'" + second + "'", answer);

        assertThat(prompts.get(1)).startsWith(read(0));
        assertThat(prompts.get(2)).startsWith(read(1));
    }

    @Test
    void freeTextOfACustomToolToo() {
        int[] call = tokens(
                "<|channel|>commentary to=functions.sh <|constrain|>json<|message|>{ \"input\" : \"ls\" }<|call|>");
        ResponseAnswer answer = answer("'input':'Hi'", call);
        String callId =
                answer.toJson().get("output").elements().get(0).get("call_id").text();
        ResponsesRequest next = request("'previous_response_id':'" + answer.id()
                + "','input':[{'type':'custom_tool_call_output','call_id':'" + callId + "','output':'7'}]");

        assertThat(next.prompt(RENDERER, 100_000)).startsWith(read(0));
    }

    @Test
    void clientsDoNotSeeTheTokensAndCannotSendThem() {
        ResponseAnswer answer = answer("'input':'Hi'", tokens("<|channel|>final<|message|>Yes.<|return|>"));
        String item = answer.toJson().get("output").elements().get(0).get("id").text();

        assertThat(store.get(answer.id()).orElseThrow().response().toString())
                .contains("\"sampled_tokens\":[200006,173781,200005,17196,200008,13022,13,200002]");
        assertThat(answer.toJson().toString()).doesNotContain("sampled");
        assertThat(responses.get(answer.id())).isEqualTo(answer.toJson());
        ResponseAnswer referring = answer(
                "'input':[{'type':'item_reference','id':'" + item + "'},{'role':'user','content':'So?'}]",
                tokens("<|channel|>final<|message|>Yes.<|return|>"));
        assertThat(responses.inputItems(referring.id(), Map.of()).toString())
                .contains("Yes.")
                .doesNotContain("sampled");
        String sent = TOKENIZER.decode(request("'input':[{'role':'assistant','content':'Yes.',"
                        + "'sampled_tokens':[200006,173781,200005,12606,815,200008,13022,13,200007]}]")
                .prompt(RENDERER, 100_000));
        assertThat(sent).endsWith("<|start|>assistant<|channel|>final<|message|>Yes.<|end|><|start|>assistant");
    }

    @Test
    void anItemThatIsReferredToHasItsTokens() {
        int[] output = joined(tokens("<|channel|>final<|message|>Th"), tokens("ree<|return|>"));
        ResponseAnswer answer = answer("'input':'Hi'", output);
        String item = answer.toJson().get("output").elements().get(0).get("id").text();
        int[] prompt = request("'input':[{'role':'user','content':'Hi'},{'type':'item_reference','id':'" + item + "'}]")
                .prompt(RENDERER, 100_000);

        assertThat(prompt).startsWith(read(0));
    }

    /** Another store may give back something else. */
    @Test
    void tokensThatDoNotSayWhatTheirItemDoesAreLeftOut() {
        ResponseAnswer answer = answer("'input':'Hi'", tokens("<|channel|>final<|message|>Yes.<|return|>"));
        StoredResponse stored = store.get(answer.id()).orElseThrow();
        for (String tokens : List.of(
                "[200006,173781,200005,17196,200008,13022,200007]",
                "[-1]",
                "[1.5]",
                "[\"a\"]",
                "[4000000000000000000000]",
                "[]",
                "{}",
                "7")) {
            store.put(new StoredResponse(
                    (JsonObject) Json.parse(stored.response()
                            .toString()
                            .replaceAll("\"sampled_tokens\":\\[[0-9,]*]", "\"sampled_tokens\":" + tokens)),
                    stored.history(),
                    stored.input(),
                    stored.date()));
            assertThat(TOKENIZER.decode(request("'input':'So?','previous_response_id':'" + answer.id() + "'")
                            .prompt(RENDERER, 100_000)))
                    .endsWith(
                            "<|channel|>final<|message|>Yes.<|end|><|start|>user<|message|>So?<|end|><|start|>assistant");
        }
    }

    @Test
    void whatAStopStringOrALimitCutsOffIsNotInThePrompt() {
        ResponsesRequest request = request("'input':'Hi','stop':[', two']");
        ResponseAnswer answer = request.answer(TOKENIZER);
        Scripted.play(answer.turn(), "<|channel|>final<|message|>One, two, three<|return|>", FinishReason.STOP);
        responses.keep(request, answer);

        assertThat(TOKENIZER.decode(request("'input':'So?','previous_response_id':'" + answer.id() + "'")
                        .prompt(RENDERER, 100_000)))
                .contains("<|channel|>final<|message|>One<|end|><|start|>user");
    }

    @Test
    void theOldestTurnsAreLeftOutOfALongPromptAsBefore() {
        String id = answer("'input':'Hi'", tokens("<|channel|>final<|message|>" + "word ".repeat(500) + "<|return|>"))
                .id();
        String members = "'input':'So?','previous_response_id':'" + id + "'";
        int length = request(members).prompt(RENDERER, 100_000).length;

        assertThat(TOKENIZER.decode(request(members + ",'truncation':'auto'").prompt(RENDERER, length)))
                .contains("So?")
                .doesNotContain("word");
        assertThat(request(members).prompt(RENDERER, length + 1)).hasSize(length);
    }

    @Test
    void aStoreIsBoundedWithTheTokens() {
        InMemoryResponseStore small = new InMemoryResponseStore(10, Duration.ofHours(1), 3000, Clock.systemUTC());
        Responses kept = new Responses(ApiOptions.DEFAULT, small);
        for (int i = 0; i < 3; i++) {
            ResponsesRequest request = kept.request("{\"input\":\"Hi\"}");
            ResponseAnswer answer = request.answer(TOKENIZER);
            Scripted.play(
                    answer.turn(),
                    "<|channel|>final<|message|>" + "a b ".repeat(100) + "<|return|>",
                    FinishReason.STOP);
            kept.keep(request, answer);

            assertThat(small.get(answer.id()))
                    .as("it has about 2,800 characters with its tokens")
                    .isPresent();
        }
    }
}
