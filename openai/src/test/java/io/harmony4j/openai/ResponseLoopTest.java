package io.harmony4j.openai;

import static io.harmony4j.openai.Scripted.RENDERER;
import static io.harmony4j.openai.Scripted.TOKENIZER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.core.ObjectMappers;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStreamEvent;
import io.harmony4j.Recipient;
import io.harmony4j.ToolNamespace;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.AllowedSpecial;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses of several turns, with tools between them that the server runs itself. */
class ResponseLoopTest {
    private static final ApiOptions OPTIONS = ApiOptions.DEFAULT
            .withClock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
            .withDate(LocalDate.of(2026, 1, 2))
            .withBuiltInTools(ToolNamespace.browser(), ToolNamespace.python());
    private static final String TOOLS =
            "'tools':[{'type':'web_search'},{'type':'code_interpreter','container':{'type':'auto'}},"
                    + "{'type':'function','name':'f','description':'','strict':false,'parameters':{'type':'object','properties':{}}}]";
    private static final String THOUGHT = "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant";
    private static final String PYTHON = "<|channel|>analysis to=python code<|message|>print(1)<|call|>";
    private static final String SEARCH =
            "<|channel|>analysis to=browser.search code<|message|>{\"query\":\"rain\"}<|call|>";
    private static final String FUNCTION = "<|channel|>commentary to=functions.f <|constrain|>json<|message|>{}";
    private static final String FINAL = "<|channel|>final<|message|>One.<|return|>";

    private final Responses responses = new Responses(OPTIONS, new InMemoryResponseStore());
    private final List<JsonObject> events = new ArrayList<>();
    private final List<int[]> prompts = new ArrayList<>();
    private final List<Integer> limits = new ArrayList<>();
    private final List<String> ran = new ArrayList<>();
    private ToolRunner tools = (tool, input) -> "1";

    /** Says one output after the other, the last one for ever. */
    private TokenGenerator model(String... outputs) {
        Deque<String> left = new ArrayDeque<>(List.of(outputs));
        return (prompt, options, tokens) -> {
            prompts.add(prompt);
            limits.add(options.maxTokens());
            int[] said = Scripted.tokens(left.size() > 1 ? left.remove() : left.element());
            int count = 0;
            FinishReason reason = FinishReason.STOP;
            while (count < said.length) {
                if (options.isCancelled()) {
                    reason = FinishReason.CANCELLED;
                    break;
                }
                if (count == options.maxTokens()) {
                    reason = FinishReason.LENGTH;
                    break;
                }
                tokens.accept(GeneratedToken.of(said[count], prompt.length + count));
                count++;
            }
            return Generation.of(Arrays.copyOf(said, count), reason, prompt.length)
                    .withCachedTokens(5);
        };
    }

    private ResponsesRequest request(String members) {
        return responses.request(
                ("{'input':'Hi'," + TOOLS + (members.isEmpty() ? "" : "," + members) + "}").replace('\'', '"'));
    }

    private ResponseAnswer run(String members, String... outputs) {
        return run(request(members), 100_000, outputs);
    }

    private ResponseAnswer run(ResponsesRequest request, int contextTokens, String... outputs) {
        ResponseAnswer answer = request.answer(TOKENIZER, events::add);
        ResponseAnswer whole = request.answer(TOKENIZER);
        ToolRunner runner = (tool, input) -> {
            ran.add(tool + ": " + input);
            return tools.run(tool, input);
        };
        new ResponseLoop(model(outputs), TOKENIZER, RENDERER, contextTokens, runner).run(request, answer, () -> false);
        int ranBefore = ran.size();
        new ResponseLoop(model(outputs), TOKENIZER, RENDERER, contextTokens, runner).run(request, whole, () -> false);
        ran.subList(ranBefore, ran.size()).clear();
        prompts.subList(prompts.size() / 2, prompts.size()).clear();

        assertThat(withoutIds(whole.toJson())).isEqualTo(withoutIds(answer.toJson()));
        assertThat(events.get(events.size() - 1).get("response")).isEqualTo(answer.toJson());
        checkEvents(answer);
        return answer;
    }

    private static String withoutIds(JsonObject response) {
        return response.toString().replaceAll("(resp|msg|rs|ci|ws|fc|call)_[0-9a-f]{32}", "$1");
    }

    /** What the events say, one after the other, is the output; openai-java reads it. */
    private void checkEvents(ResponseAnswer answer) {
        EventOrder order = new EventOrder();
        events.forEach(order::accept);
        List<JsonValue> done = events.stream()
                .filter(event -> event.get("type").text().equals("response.output_item.done"))
                .map(event -> event.get("item"))
                .toList();
        assertThat(done).isEqualTo(answer.toJson().get("output").elements());
        try {
            ResponseAccumulator accumulator = ResponseAccumulator.create();
            for (JsonObject event : events) {
                accumulator.accumulate(ObjectMappers.jsonMapper()
                        .readValue(event.toString(), ResponseStreamEvent.class)
                        .validate());
            }
            Response whole = ObjectMappers.jsonMapper()
                    .readValue(answer.toJson().toString(), Response.class)
                    .validate();
            assertThat(accumulator.response()).isEqualTo(whole);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<JsonValue> output(ResponseAnswer answer) {
        return answer.toJson().get("output").elements();
    }

    private static List<String> types(ResponseAnswer answer) {
        return output(answer).stream().map(item -> item.get("type").text()).toList();
    }

    private static String status(ResponseAnswer answer) {
        return answer.toJson().get("status").text();
    }

    private String prompt(int index) {
        return TOKENIZER.decode(prompts.get(index));
    }

    @Test
    void codeIsRunAndTheModelGoesOn() {
        ResponseAnswer answer = run("", THOUGHT + PYTHON, THOUGHT + FINAL);

        assertThat(ran).containsExactly("python: print(1)");
        assertThat(status(answer)).isEqualTo("completed");
        assertThat(types(answer)).containsExactly("reasoning", "code_interpreter_call", "reasoning", "message");
        JsonObject call = (JsonObject) output(answer).get(1);
        assertThat(call.members().keySet()).containsExactly("id", "type", "status", "container_id", "code", "outputs");
        assertThat(call.get("id").text()).startsWith("ci_");
        assertThat(call.get("status").text()).isEqualTo("completed");
        assertThat(call.get("code").text()).isEqualTo("print(1)");
        assertThat(call.get("outputs")).isEqualTo(Json.parse("[{\"type\":\"logs\",\"logs\":\"1\"}]"));
        String first = prompt(0);
        assertThat(prompt(1))
                .isEqualTo(first
                        + THOUGHT
                        + PYTHON
                        + "<|start|>python to=assistant<|channel|>analysis<|message|>1<|end|><|start|>assistant");
    }

    @Test
    void eventsOfCode() {
        run("", PYTHON, FINAL);

        assertThat(events.stream().map(event -> event.get("type").text()))
                .startsWith(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.code_interpreter_call.in_progress",
                        "response.code_interpreter_call_code.delta",
                        "response.code_interpreter_call_code.delta",
                        "response.code_interpreter_call_code.delta",
                        "response.code_interpreter_call_code.delta",
                        "response.code_interpreter_call_code.done",
                        "response.code_interpreter_call.interpreting",
                        "response.code_interpreter_call.completed",
                        "response.output_item.done",
                        "response.output_item.added");
        assertThat(events.get(2).get("item").get("code").text()).isEmpty();
        assertThat(events.get(2).get("item").get("outputs").isNull()).isTrue();
        assertThat(events.get(8).get("code").text()).isEqualTo("print(1)");
    }

    @Test
    void theWebIsSearched() {
        tools = (tool, input) -> "It rains.";
        ResponseAnswer answer = run(
                "",
                SEARCH,
                "<|channel|>analysis to=browser.open code<|message|>{\"id\":\"https://x.org\"}<|call|>",
                "<|channel|>analysis to=browser.find code<|message|>{\"pattern\":\"wet\",\"cursor\":0}<|call|>",
                "<|channel|>analysis to=browser.search code<|message|>no JSON<|call|>",
                FINAL);

        assertThat(ran)
                .containsExactly(
                        "browser.search: {\"query\":\"rain\"}",
                        "browser.open: {\"id\":\"https://x.org\"}",
                        "browser.find: {\"pattern\":\"wet\",\"cursor\":0}",
                        "browser.search: no JSON");
        assertThat(output(answer).stream()
                        .limit(4)
                        .map(item -> item.get("action").toString()))
                .containsExactly(
                        "{\"type\":\"search\",\"query\":\"rain\"}",
                        "{\"type\":\"open_page\",\"url\":\"https://x.org\"}",
                        "{\"type\":\"find_in_page\",\"pattern\":\"wet\",\"url\":\"\"}",
                        "{\"type\":\"search\",\"query\":\"\"}");
        assertThat(prompt(4))
                .endsWith(
                        "<|start|>assistant<|channel|>analysis to=browser.search code<|message|>no JSON<|call|>"
                                + "<|start|>browser.search to=assistant<|channel|>analysis<|message|>It rains.<|end|><|start|>assistant");
        assertThat(events.stream().map(event -> event.get("type").text()))
                .startsWith(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.web_search_call.in_progress",
                        "response.web_search_call.searching",
                        "response.web_search_call.completed",
                        "response.output_item.done");
        assertThat(events.get(2).get("item").get("action").get("query").text()).isEqualTo("rain");
    }

    /** Also where the model has thought since, and where the analysis is still wanted. */
    @ParameterizedTest
    @ValueSource(strings = {"", "'reasoning':{'context':'all_turns'}"})
    void theNextRequestGoesOnWithTheSamePrompt(String members) {
        ResponsesRequest first = request(members);
        ResponseAnswer answer = run(first, 100_000, THOUGHT + PYTHON, SEARCH, THOUGHT + FUNCTION + "<|call|>");
        responses.keep(first, answer);
        String more = members.isEmpty() ? "" : members + ",";
        String callId =
                output(answer).get(output(answer).size() - 1).get("call_id").text();
        ResponsesRequest stored = responses.request(("{" + more + TOOLS + ",'previous_response_id':'" + answer.id()
                        + "','input':[{'type':'function_call_output','call_id':'" + callId + "','output':'7'}]}")
                .replace('\'', '"'));

        String last = prompt(2);
        String next = TOKENIZER.decode(stored.prompt(RENDERER, 100_000));
        assertThat(next)
                .isEqualTo(
                        last
                                + THOUGHT
                                + FUNCTION
                                + "<|call|>"
                                + "<|start|>functions.f to=assistant<|channel|>commentary<|message|>7<|end|><|start|>assistant");

        // and without the store, where the client sends all items
        String items = output(answer).toString();
        ResponsesRequest sent = responses.request("{" + (more + TOOLS).replace('\'', '"')
                + ",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"}," + items.substring(1, items.length() - 1)
                + ",{\"type\":\"function_call_output\",\"call_id\":\"" + callId + "\",\"output\":\"7\"}]}");
        assertThat(TOKENIZER.decode(sent.prompt(RENDERER, 100_000)))
                .as("it does not know how the model wrote what it said")
                .isEqualTo(next.replaceAll("<\\|channel\\|>(analysis|commentary) to=([a-z.]+)", " to=$2<|channel|>$1"));
    }

    @Test
    void usageIsTheSum() {
        ResponseAnswer answer = run("", PYTHON, FINAL);

        JsonValue usage = answer.toJson().get("usage");
        assertThat(usage.get("input_tokens").intValue()).isEqualTo(prompts.get(0).length + prompts.get(1).length);
        assertThat(usage.get("output_tokens").intValue())
                .isEqualTo(Scripted.tokens(PYTHON).length + Scripted.tokens(FINAL).length);
        assertThat(usage.get("input_tokens_details").get("cached_tokens").intValue())
                .isEqualTo(10);
        for (JsonObject event : events.subList(0, 2)) {
            assertThat(event.get("response").get("usage").isNull()).isTrue();
        }
    }

    @Test
    void aCallThatTheClientAnswersEndsTheResponse() {
        ResponseAnswer answer = run("", FUNCTION + "<|end|><|start|>assistant" + PYTHON, FINAL);

        assertThat(types(answer)).containsExactly("function_call", "code_interpreter_call");
        assertThat(ran).hasSize(1);
        assertThat(status(answer)).isEqualTo("completed");
        assertThat(prompts).hasSize(1);
    }

    /** The model cannot know the result yet. */
    @Test
    void nothingAfterTheCallCounts() {
        ResponseAnswer answer = run("", PYTHON.replace("<|call|>", "<|end|><|start|>assistant") + FINAL, FINAL);

        assertThat(types(answer)).containsExactly("code_interpreter_call", "message");
    }

    @Test
    void aToolThatFailsIsRead() {
        tools = (tool, input) -> {
            throw new java.io.IOException("no sandbox");
        };
        run("", PYTHON, FINAL);
        assertThat(prompt(1)).contains("<|message|>error: no sandbox<|end|>");

        prompts.clear();
        events.clear();
        tools = (tool, input) -> {
            throw new IllegalStateException();
        };
        run("", PYTHON, FINAL);
        assertThat(prompt(1)).contains("<|message|>error: IllegalStateException<|end|>");
    }

    @Test
    void callsAreLimited() {
        ResponseAnswer answer = run("'max_tool_calls':1", PYTHON, PYTHON, FINAL);
        assertThat(ran).hasSize(1);
        assertThat(types(answer)).containsExactly("code_interpreter_call", "code_interpreter_call", "message");
        assertThat(output(answer)
                        .get(1)
                        .get("outputs")
                        .elements()
                        .get(0)
                        .get("logs")
                        .text())
                .isEqualTo("error: expected no more than 1 calls of tools; answer with what is known");
        assertThat(status(answer)).isEqualTo("completed");
        events.clear();
        ran.clear();

        answer = run("'max_tool_calls':1", PYTHON);
        assertThat(ran).hasSize(1);
        assertThat(types(answer)).hasSize(3);
        assertThat(output(answer).get(2).get("status").text()).isEqualTo("incomplete");
        assertThat(status(answer)).isEqualTo("incomplete");
        events.clear();
        ran.clear();

        answer = run("", PYTHON);
        assertThat(ran).hasSize(64);
        assertThat(status(answer)).isEqualTo("incomplete");
    }

    @Test
    void theLimitOfTokensHoldsForAllTurns() {
        int ofCall = Scripted.tokens(PYTHON).length;
        ResponseAnswer answer = run("'max_output_tokens':" + (ofCall + 3), PYTHON, FINAL);
        assertThat(limits.subList(0, 2)).containsExactly(ofCall + 3, 3);
        assertThat(status(answer)).isEqualTo("incomplete");
        assertThat(answer.toJson().get("usage").get("output_tokens").intValue()).isEqualTo(ofCall + 3);
        events.clear();

        answer = run("'max_output_tokens':" + ofCall, PYTHON, FINAL);
        assertThat(types(answer)).containsExactly("code_interpreter_call");
        assertThat(output(answer).get(0).get("outputs").elements()).hasSize(1);
        assertThat(status(answer)).isEqualTo("incomplete");
        events.clear();
        ran.clear();

        answer = run("'max_output_tokens':" + (ofCall - 2), PYTHON, FINAL);
        assertThat(ran).isEmpty();
        assertThat(output(answer).get(0).get("status").text()).isEqualTo("incomplete");
        assertThat(status(answer)).isEqualTo("incomplete");
        events.clear();

        answer = run("'max_output_tokens':" + (Scripted.tokens(SEARCH).length - 2), SEARCH, FINAL);
        assertThat(output(answer).get(0).get("status").text()).isEqualTo("incomplete");
    }

    @Test
    void theEndOfTheContextIsALimit() {
        ResponsesRequest request = request("");
        int length = request.prompt(RENDERER, 100_000).length;
        tools = (tool, input) -> "word ".repeat(100);
        ResponseAnswer answer = run(request, length + 50, PYTHON, FINAL);

        assertThat(status(answer)).isEqualTo("incomplete");
        assertThat(prompts).hasSize(1);

        ApiException refusal = catchThrowableOfType(
                ApiException.class,
                () -> new ResponseLoop(model(FINAL), TOKENIZER, RENDERER, length, tools)
                        .run(request, request.answer(TOKENIZER), () -> false));
        assertThat(refusal.code()).isEqualTo("context_length_exceeded");
    }

    @Test
    void cancelledIsCancelled() {
        ResponsesRequest request = request("");
        ResponseAnswer answer = request.answer(TOKENIZER, events::add);
        boolean[] isGone = {false};
        ToolRunner leaving = (tool, input) -> {
            isGone[0] = true;
            return "1";
        };
        new ResponseLoop(model(PYTHON, FINAL), TOKENIZER, RENDERER, 100_000, leaving)
                .run(request, answer, () -> isGone[0]);

        assertThat(status(answer)).isEqualTo("cancelled");
        assertThat(prompts).hasSize(1);
        checkEvents(answer);

        ResponseAnswer interrupted = request.answer(TOKENIZER);
        ToolRunner sleeping = (tool, input) -> {
            throw new InterruptedException();
        };
        new ResponseLoop(model(PYTHON, FINAL), TOKENIZER, RENDERER, 100_000, sleeping)
                .run(request, interrupted, () -> false);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(status(interrupted)).isEqualTo("cancelled");
    }

    @Test
    void aFailureWhileAToolIsAwaitedClosesItsItem() {
        ResponseAnswer answer = request("").answer(TOKENIZER, events::add);
        Scripted.play(answer.turn(), PYTHON, FinishReason.STOP);
        assertThat(answer.isFinished()).isFalse();
        assertThat(answer.hostedCall().orElseThrow().recipient()).isEqualTo(Recipient.of("python"));
        assertThat(answer.toJson().get("status").text()).isEqualTo("in_progress");

        answer.giveResult("1");
        assertThat(answer.hostedCall()).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(() -> answer.giveResult("2"))
                .withMessage("expected a call that waits for its result but there is none");
        answer.turn().accept("<|channel|>final<|message|>Hel");
        answer.turn().fail(new ApiException(500, null, null, "The model broke."));
        assertThat(status(answer)).isEqualTo("failed");
        checkEvents(answer);
    }

    @Test
    void aForcedCallIsForcedOnce() {
        ResponseAnswer answer = run("'tool_choice':{'type':'code_interpreter'}", FINAL, "print(1)<|call|>", FINAL);

        assertThat(types(answer)).containsExactly("code_interpreter_call", "message");
        assertThat(ran).containsExactly("python: print(1)");
    }

    @Test
    void whereNoToolMayBeCalledNoneIsRun() {
        ResponseAnswer answer = run("'tool_choice':'none'", PYTHON);

        assertThat(types(answer)).containsExactly("message");
        assertThat(ran).isEmpty();
    }

    /** A call of what the server does not run goes out. */
    @Test
    void aToolThatWasNotOfferedIsTheClients() {
        ResponsesRequest request = responses.request("{\"input\":\"Hi\"}");
        ResponseAnswer answer = run(request, 100_000, PYTHON);

        assertThat(types(answer)).containsExactly("function_call");
        assertThat(output(answer).get(0).get("name").text()).isEqualTo("python");
    }

    /** Whatever the model says: events in order, and a whole answer that is the same. */
    @Test
    void anyOutputsMakeAResponse() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            String[] outputs = new String[1 + random.nextInt(4)];
            for (int i = 0; i < outputs.length; i++) {
                String text = random.nextInt(3) == 0 ? SEARCH : random.nextBoolean() ? PYTHON : "";
                outputs[i] = RandomOutputs.text(random) + text;
            }
            events.clear();
            prompts.clear();
            String limit = random.nextBoolean() ? "" : ",'max_output_tokens':" + (1 + random.nextInt(60));
            String policy = "'reasoning':{'context':'all_turns'}";
            ResponsesRequest request = request(policy + ",'max_tool_calls':3" + limit);
            ResponseAnswer answer = run(request, 100_000, outputs);

            responses.keep(request, answer);
            ResponsesRequest next = responses.request(
                    ("{" + policy + "," + TOOLS + ",'previous_response_id':'" + answer.id() + "','input':'So?'}")
                            .replace('\'', '"'));
            String last = prompt(prompts.size() - 1);
            assertThat(TOKENIZER.decode(next.prompt(RENDERER, 100_000)))
                    .as("seed " + seed)
                    .startsWith(last.substring(0, last.length() - "<|start|>assistant".length()));
            assertThat(TOKENIZER.encode(last, AllowedSpecial.ALL)).isNotEmpty();
        }
    }
}
