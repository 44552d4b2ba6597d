package io.harmony4j.openai;

import static io.harmony4j.openai.Scripted.CREATED;
import static io.harmony4j.openai.Scripted.CUSTOM;
import static io.harmony4j.openai.Scripted.FIND;
import static io.harmony4j.openai.Scripted.RULES;
import static io.harmony4j.openai.Scripted.TOKENIZER;
import static io.harmony4j.openai.Scripted.choice;
import static io.harmony4j.openai.Scripted.envelope;
import static io.harmony4j.openai.Scripted.message;
import static io.harmony4j.openai.Scripted.play;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.chat.Usage;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.Generation;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole answers of Chat Completions. */
class ChatAnswerTest {
    private static final String THOUGHT = "<|channel|>analysis<|message|>think<|end|>";
    private static final String START = "<|start|>assistant";
    private static final String FINAL = "<|channel|>final<|message|>";
    private static final String CALL =
            "<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{\"city\":\"Tokyo\"}";
    private static final String CALLED =
            "[{'id':'call_1','type':'function','function':{'name':'get_weather','arguments':'{\\'city\\':\\'Tokyo\\'}'}}]";

    /** Returns JSON in which single quotes stand for double ones. */
    private static JsonValue json(String text) {
        return Json.parse(text.replace("\\'", "\\\"").replace('\'', '"'));
    }

    private static String text(JsonObject object, String name) {
        return object.get(name).text();
    }

    @Test
    void anAnswerHasAllItsFields() {
        JsonObject answer = Scripted.chat(envelope(), RULES, FINAL + "Hello<|return|>", FinishReason.STOP, chunk -> {})
                .toJson();

        assertThat(answer).isEqualTo(json("""
                {'id':'chatcmpl-0','object':'chat.completion','created':1750000000,'model':'gpt-oss-20b','service_tier':'default',
                 'system_fingerprint':null,'choices':[{'index':0,'message':{'role':'assistant','content':'Hello','refusal':null,
                 'annotations':[]},'logprobs':null,'finish_reason':'stop'}],'usage':{'prompt_tokens':0,'completion_tokens':5,
                 'total_tokens':5,'prompt_tokens_details':{'cached_tokens':0,'audio_tokens':0},'completion_tokens_details':
                 {'reasoning_tokens':0,'audio_tokens':0,'accepted_prediction_tokens':0,'rejected_prediction_tokens':0}}}"""));
        assertThat(answer.get("created").longValue()).isEqualTo(CREATED);
    }

    @Test
    void theFingerprintIsTheServers() {
        ChatEnvelope marked = new ChatEnvelope(
                Scripted.numbered(), CREATED, "m", "fp_1", 1, false, ApiOptions.ReasoningFields.BOTH.names(), false);

        assertThat(Scripted.chat(marked, RULES, FINAL, FinishReason.STOP, chunk -> {})
                        .toJson()
                        .get("system_fingerprint")
                        .text())
                .isEqualTo("fp_1");
    }

    // A2

    @Test
    void contentIsAllThatIsNeitherCallNorReasoning() {
        JsonObject message = message(
                RULES,
                THOUGHT + START + "<|channel|>commentary<|message|>First.<|end|>" + START
                        + "<|channel|>odd<|message|>Second.<|end|>" + START + "<|message|>Third.<|end|>" + START + FINAL
                        + "Fourth.<|return|>");

        assertThat(text(message, "content")).isEqualTo("First.\nSecond.\nThird.\nFourth.");
    }

    @Test
    void noContentIsNullAndEmptyContentIsEmpty() {
        assertThat(message(RULES, THOUGHT).get("content").isNull()).isTrue();
        assertThat(message(RULES, THOUGHT).has("content")).isTrue();
        assertThat(text(message(RULES, THOUGHT + START + FINAL + "<|return|>"), "content"))
                .isEmpty();
        assertThat(text(message(RULES, FINAL + "<|end|>" + START + FINAL + "a<|return|>"), "content"))
                .isEqualTo("\na");
    }

    @Test
    void messagesInTheNameOfOthersAreLeftOut() {
        JsonObject message = message(
                RULES,
                FINAL
                        + "Dry.<|end|><|start|>user<|message|>And in Oslo?<|end|><|start|>functions.get_weather to=assistant"
                        + "<|channel|>commentary<|message|>wet<|end|>" + START + FINAL + "Wet.<|return|>");

        assertThat(text(message, "content")).isEqualTo("Dry.\nWet.");
        assertThat(message.has("tool_calls")).isFalse();
        assertThat(message.has("reasoning")).isFalse();
    }

    // A3, A4

    @Test
    void reasoningHasBothNames() {
        JsonObject message = message(
                RULES,
                "<|channel|>analysis<|message|>one<|end|>" + START
                        + "<|channel|>commentary to=assistant<|message|>two<|end|>" + START + FINAL
                        + "Hello<|return|>");

        assertThat(text(message, "reasoning")).isEqualTo("one\ntwo");
        assertThat(text(message, "reasoning_content")).isEqualTo("one\ntwo");
        assertThat(text(message, "content")).isEqualTo("Hello");
    }

    @Test
    void noReasoningHasNoNames() {
        JsonObject message =
                message(RULES, "<|channel|>analysis<|message|><|end|>" + START + FINAL + "Hello<|return|>");

        assertThat(message.has("reasoning")).isFalse();
        assertThat(message.has("reasoning_content")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"reasoning,reasoning_content", "reasoning_content,reasoning"})
    void anOptionPicksOneName(String picked, String other) {
        JsonObject message = messageOf(envelopeWithNames(List.of(picked)));

        assertThat(text(message, picked)).isEqualTo("think");
        assertThat(message.has(other)).isFalse();
    }

    @Test
    void excludedReasoningCountsAllTheSame() {
        ChatAnswer answer = Scripted.chat(
                envelopeWithNames(List.of()),
                RULES,
                THOUGHT + START + FINAL + "Hi<|return|>",
                FinishReason.STOP,
                c -> {});

        assertThat(messageOf(envelopeWithNames(List.of())).has("reasoning")).isFalse();
        assertThat(messageOf(envelopeWithNames(List.of())).has("reasoning_content"))
                .isFalse();
        assertThat(answer.toJson()
                        .get("usage")
                        .get("completion_tokens_details")
                        .get("reasoning_tokens")
                        .intValue())
                .isEqualTo(1);
    }

    private static ChatEnvelope envelopeWithNames(List<String> names) {
        return new ChatEnvelope(Scripted.numbered(), CREATED, "m", null, 1, false, names, false);
    }

    private static JsonObject messageOf(ChatEnvelope envelope) {
        return (JsonObject)
                Scripted.chat(envelope, RULES, THOUGHT + START + FINAL + "Hi<|return|>", FinishReason.STOP, c -> {})
                        .toJson()
                        .get("choices")
                        .elements()
                        .get(0)
                        .get("message");
    }

    // A5, A6

    @ParameterizedTest
    @ValueSource(strings = {"<|call|>", "<|end|>", "<|return|>", ""})
    void aCallIsACallHoweverItEnds(String end) {
        JsonObject choice = choice(RULES, THOUGHT + START + CALL + end, FinishReason.STOP);

        assertThat(choice.get("message").get("tool_calls")).isEqualTo(json(CALLED));
        assertThat(choice.get("message").get("content").isNull()).isTrue();
        assertThat(text(choice, "finish_reason")).isEqualTo("tool_calls");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " to=functions.get_weather<|channel|>commentary json<|message|>",
                "<|channel|>analysis to=functions.get_weather <|constrain|>json<|message|>",
                "<|channel|>final to=functions.get_weather<|message|>",
                "<|channel|>commentary to=get_weather<|message|>",
                "<|channel|>commentary to=functions.get-weather<|message|>"
            })
    void aCallIsACallWhereverItsRecipientStands(String header) {
        JsonObject message = message(RULES, header + "{\"city\":\"Tokyo\"}<|call|>");

        assertThat(message.get("tool_calls")).isEqualTo(json(CALLED));
    }

    @Test
    void eachCallHasItsOwnId() {
        JsonObject message = message(RULES, CALL + "<|end|>" + START + CALL + "<|call|>");

        assertThat(message.get("tool_calls").elements())
                .extracting(call -> call.get("id").text())
                .containsExactly("call_1", "call_2");
    }

    @Test
    void argumentsAreWhatTheModelWrote() {
        JsonObject message = message(
                RULES, "<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>not json<|call|>");

        assertThat(message.get("tool_calls").elements().get(0).get("function").get("arguments"))
                .isEqualTo(JsonValue.of("not json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"browser.search", "python", "functions.unknown", "crm.find"})
    void aCallOfAToolThatWasNotOfferedKeepsItsName(String tool) {
        JsonObject message =
                message(Scripted.rules(Set.of()), "<|channel|>commentary to=" + tool + " code<|message|>{}<|call|>");

        assertThat(message.get("tool_calls").elements().get(0).get("function").get("name"))
                .isEqualTo(JsonValue.of(tool.equals("functions.unknown") ? "unknown" : tool));
    }

    @Test
    void aDeclaredToolWithADotKeepsItsName() {
        JsonObject message =
                message(Scripted.rules(Set.of(FIND)), "<|channel|>commentary to=crm.find<|message|>{}<|call|>");

        assertThat(message.get("tool_calls").elements().get(0).get("function").get("name"))
                .isEqualTo(JsonValue.of("crm.find"));
    }

    // A7

    @Test
    void aStopStringCutsTheContent() {
        JsonObject choice =
                choice(Scripted.stop("STOP"), THOUGHT + START + FINAL + "one STOP two<|return|>", FinishReason.STOP);

        assertThat(choice.get("message").get("content")).isEqualTo(JsonValue.of("one "));
        assertThat(text(choice, "finish_reason")).isEqualTo("stop");
    }

    @Test
    void afterAStopStringNothingCounts() {
        String more = "<|end|>" + START + CALL + "<|end|>" + START + FINAL + "more<|return|>";
        JsonObject choice = choice(Scripted.stop("STOP"), FINAL + "one STOP two" + more, FinishReason.LENGTH);

        assertThat(choice.get("message").get("content")).isEqualTo(JsonValue.of("one "));
        assertThat(((JsonObject) choice.get("message")).has("tool_calls")).isFalse();
        assertThat(text(choice, "finish_reason")).isEqualTo("stop");
    }

    @Test
    void aStopStringIsFoundInContentOnly() {
        String output = "<|channel|>analysis<|message|>STOP is a word<|end|>" + START
                + "<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{\"city\":\"STOP\"}<|end|>"
                + START + FINAL + "fine<|return|>";
        JsonObject message = message(Scripted.stop("STOP", "assistant", "final"), output);

        assertThat(text(message, "reasoning")).isEqualTo("STOP is a word");
        assertThat(message.get("tool_calls").elements().get(0).get("function").get("arguments"))
                .isEqualTo(JsonValue.of("{\"city\":\"STOP\"}"));
        assertThat(text(message, "content")).isEqualTo("fine");
    }

    @Test
    void aStopStringDoesNotReachOverMessages() {
        String output = "<|channel|>commentary<|message|>one ST<|end|>" + START + FINAL + "OP two<|return|>";

        assertThat(text(message(Scripted.stop("STOP", "\n"), output), "content"))
                .isEqualTo("one ST\nOP two");
    }

    @Test
    void whatMightHaveBeenAStopStringIsContentInTheEnd() {
        assertThat(text(message(Scripted.stop("STOP"), FINAL + "one STO<|return|>"), "content"))
                .isEqualTo("one STO");
    }

    /** The parser holds back what may be a header's words, here until the end. */
    @Test
    void aStopStringMayBeFoundAtTheVeryEnd() {
        JsonObject choice = choice(Scripted.stop("assist"), FINAL + "one assist", FinishReason.LENGTH);

        assertThat(choice.get("message").get("content")).isEqualTo(JsonValue.of("one "));
        assertThat(text(choice, "finish_reason")).isEqualTo("stop");
    }

    // A8, A9

    @Test
    void theLimitLeavesWhatThereIs() {
        JsonObject reasoning = choice(RULES, "<|channel|>analysis<|message|>I think tha", FinishReason.LENGTH);
        JsonObject content = choice(RULES, THOUGHT + START + FINAL + "Hello wor", FinishReason.LENGTH);
        JsonObject call = choice(RULES, CALL.replace("yo\"}", ""), FinishReason.LENGTH);

        assertThat(reasoning.get("message").get("reasoning")).isEqualTo(JsonValue.of("I think tha"));
        assertThat(reasoning.get("message").get("content").isNull()).isTrue();
        assertThat(content.get("message").get("content")).isEqualTo(JsonValue.of("Hello wor"));
        assertThat(call.get("message")
                        .get("tool_calls")
                        .elements()
                        .get(0)
                        .get("function")
                        .get("arguments"))
                .isEqualTo(JsonValue.of("{\"city\":\"Tok"));
        assertThat(List.of(reasoning, content, call))
                .extracting(choice -> text(choice, "finish_reason"))
                .containsOnly("length");
    }

    @Test
    void theRuntimesWordOnTheEndWins() {
        assertThat(text(choice(RULES, FINAL + "Hello", FinishReason.STOP), "finish_reason"))
                .isEqualTo("stop");
        assertThat(text(choice(RULES, FINAL + "Hello<|return|>", FinishReason.LENGTH), "finish_reason"))
                .isEqualTo("length");
        assertThat(text(choice(RULES, FINAL + "Hello", FinishReason.CANCELLED), "finish_reason"))
                .isEqualTo("length");
        assertThat(text(choice(RULES, FINAL + "Hello", FinishReason.TOOL_CALLS), "finish_reason"))
                .isEqualTo("tool_calls");
    }

    @Test
    void aCallThenTextIsStillACall() {
        JsonObject choice = choice(RULES, CALL + "<|end|>" + START + FINAL + "Wait.<|return|>", FinishReason.STOP);

        assertThat(text(choice, "finish_reason")).isEqualTo("tool_calls");
        assertThat(choice.get("message").get("content")).isEqualTo(JsonValue.of("Wait."));
    }

    /** A caller cancels when isDone() says so; that is not a cut. */
    @Test
    void anAnswerThatIsDoneWasNotCancelled() {
        assertThat(text(choice(RULES, FINAL + "Hello<|return|>", FinishReason.CANCELLED), "finish_reason"))
                .isEqualTo("stop");
        assertThat(text(choice(RULES, CALL + "<|call|>", FinishReason.CANCELLED), "finish_reason"))
                .isEqualTo("tool_calls");
        assertThat(text(choice(Scripted.stop("l"), FINAL + "Hello", FinishReason.CANCELLED), "finish_reason"))
                .isEqualTo("stop");
    }

    // A10

    @Test
    void usageKnowsPromptCacheAndReasoning() {
        ChatAnswer answer = new ChatAnswer(TOKENIZER, envelope(), RULES, chunk -> {});
        String output = THOUGHT + START + FINAL + "Hello<|return|>";
        int[] tokens = Scripted.tokens(output);
        Scripted.generated(tokens).forEach(answer.turn(0)::accept);
        answer.turn(0).finish(Generation.of(tokens, FinishReason.STOP, 70).withCachedTokens(64));

        assertThat(answer.toJson().get("usage")).isEqualTo(json("""
                {'prompt_tokens':70,'completion_tokens':12,'total_tokens':82,'prompt_tokens_details':{'cached_tokens':64,'audio_tokens':0},
                 'completion_tokens_details':{'reasoning_tokens':1,'audio_tokens':0,'accepted_prediction_tokens':0,
                 'rejected_prediction_tokens':0}}"""));
    }

    @Test
    void aRuntimeMayCountItself() {
        ChatAnswer answer = new ChatAnswer(TOKENIZER, envelope(), RULES, chunk -> {});
        answer.turn(0).accept(FINAL + "Hello<|return|>");
        answer.turn(0).finish(FinishReason.STOP, Usage.of(5, 2).withPrompt(70, 64));

        JsonValue usage = answer.toJson().get("usage");
        assertThat(usage.get("completion_tokens").intValue()).isEqualTo(5);
        assertThat(usage.get("completion_tokens_details")
                        .get("reasoning_tokens")
                        .intValue())
                .isEqualTo(2);
        assertThat(usage.get("prompt_tokens").intValue()).isEqualTo(70);
        assertThat(usage.get("prompt_tokens_details").get("cached_tokens").intValue())
                .isEqualTo(64);
    }

    // A12

    @Test
    void choicesAreTurnsOfTheirOwn() {
        ChatEnvelope two = envelope(2, false, false);
        ChatAnswer answer = new ChatAnswer(TOKENIZER, two, Scripted.stop("!"), chunk -> {});
        answer.turn(1).accept(FINAL + "Two! More");
        answer.turn(0).accept(FINAL + "One.");
        answer.turn(1).finish(FinishReason.STOP, Usage.of(7, 3).withPrompt(70, 70));
        assertThatIllegalStateException()
                .isThrownBy(answer::toJson)
                .withMessage("expected all turns to be finished but turn 0 is not");
        answer.turn(0).finish(FinishReason.LENGTH, Usage.of(5, 2).withPrompt(70, 64));

        List<JsonValue> choices = answer.toJson().get("choices").elements();
        assertThat(answer.choices()).isEqualTo(2);
        assertThat(choices).extracting(choice -> choice.get("index").intValue()).containsExactly(0, 1);
        assertThat(choices)
                .extracting(choice -> choice.get("message").get("content").text())
                .containsExactly("One.", "Two");
        assertThat(choices)
                .extracting(choice -> choice.get("finish_reason").text())
                .containsExactly("length", "stop");
        JsonValue usage = answer.toJson().get("usage");
        assertThat(usage.get("prompt_tokens").intValue()).isEqualTo(70);
        assertThat(usage.get("prompt_tokens_details").get("cached_tokens").intValue())
                .isEqualTo(64);
        assertThat(usage.get("completion_tokens").intValue()).isEqualTo(12);
        assertThat(usage.get("completion_tokens_details")
                        .get("reasoning_tokens")
                        .intValue())
                .isEqualTo(5);
    }

    // Q21, Q22, Q23, Q27

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"input\":\"ls \\\"x\\\"\"}|ls \"x\"",
                "{\"input\":\"ls\",\"more\":1}|ls",
                "{\"input\":1}|{\"input\":1}",
                "{\"text\":\"ls\"}|{\"text\":\"ls\"}",
                "\"ls\"|\"ls\"",
                "ls -l|ls -l",
                "{\"input\":\"ls|{\"input\":\"ls",
                "{\"input\":\"\\ud800\"}|{\"input\":\"\\ud800\"}"
            })
    void aCustomToolGetsItsText(String arguments, String input) {
        JsonObject message = message(
                CUSTOM,
                "<|channel|>commentary to=functions.shell <|constrain|>json<|message|>" + arguments + "<|call|>");

        JsonValue call = message.get("tool_calls").elements().get(0);
        assertThat(call.get("type").text()).isEqualTo("custom");
        assertThat(call.get("custom"))
                .isEqualTo(JsonObject.builder()
                        .put("name", "shell")
                        .put("input", input)
                        .build());
        assertThat(((JsonObject) call).has("function")).isFalse();
    }

    @Test
    void aCallThatWasRuledOutIsContent() {
        AnswerRules none = new AnswerRules(true, false, false, List.of("kyo"), Set.of(), Set.of(), Set.of(), Set.of());
        JsonObject choice = choice(none, THOUGHT + START + CALL + "<|call|>", FinishReason.STOP);

        assertThat(choice.get("message").get("content")).isEqualTo(JsonValue.of("{\"city\":\"To"));
        assertThat(((JsonObject) choice.get("message")).has("tool_calls")).isFalse();
        assertThat(text(choice, "finish_reason")).isEqualTo("stop");
    }

    @Test
    void onlyTheFirstCallCountsIfTheyMayNotBeParallel() {
        AnswerRules one = RULES.withOnlyFirstCall();
        String output = THOUGHT + START + CALL + "<|end|>" + START + CALL.replace("Tokyo", "Oslo") + "<|end|>" + START
                + FINAL + "more<|return|>";
        JsonObject choice = choice(one, output, FinishReason.LENGTH);

        assertThat(choice.get("message").get("tool_calls")).isEqualTo(json(CALLED));
        assertThat(choice.get("message").get("content").isNull()).isTrue();
        assertThat(text(choice, "finish_reason")).isEqualTo("tool_calls");
    }

    @Test
    void anOnlyCallThatIsCutIsCut() {
        JsonObject choice = choice(RULES.withOnlyFirstCall(), CALL, FinishReason.LENGTH);

        assertThat(text(choice, "finish_reason")).isEqualTo("length");
    }

    @Test
    void oldClientsGetTheFirstCallUnderItsOldName() {
        ChatEnvelope old = new ChatEnvelope(
                Scripted.numbered(), CREATED, "m", null, 1, false, ApiOptions.ReasoningFields.BOTH.names(), true);
        String output = CALL + "<|end|>" + START + CALL.replace("Tokyo", "Oslo") + "<|call|>";
        JsonObject choice = (JsonObject) Scripted.chat(old, RULES, output, FinishReason.STOP, chunk -> {})
                .toJson()
                .get("choices")
                .elements()
                .get(0);

        assertThat(choice.get("message").get("function_call"))
                .isEqualTo(json("{'name':'get_weather','arguments':'{\\'city\\':\\'Tokyo\\'}'}"));
        assertThat(((JsonObject) choice.get("message")).has("tool_calls")).isFalse();
        assertThat(text(choice, "finish_reason")).isEqualTo("function_call");
    }

    @Test
    void anOldClientsAnswerWithoutCallIsAsAny() {
        ChatEnvelope old = new ChatEnvelope(
                Scripted.numbered(), CREATED, "m", null, 1, false, ApiOptions.ReasoningFields.BOTH.names(), true);
        JsonValue choice = Scripted.chat(old, RULES, FINAL + "Hi<|return|>", FinishReason.STOP, chunk -> {})
                .toJson()
                .get("choices")
                .elements()
                .get(0);

        assertThat(choice.get("finish_reason").text()).isEqualTo("stop");
        assertThat(((JsonObject) choice.get("message")).has("function_call")).isFalse();
    }

    @Test
    void aFailedAnswerIsItsError() {
        ChatAnswer answer = new ChatAnswer(TOKENIZER, envelope(), RULES, chunk -> {});
        ApiException failure = new ApiException(500, null, null, "The model broke.");
        answer.turn(0).fail(failure);

        assertThatThrownBy(answer::toJson).isSameAs(failure);
    }

    @Test
    void thereIsAChoiceAtLeast() {
        assertThatThrownBy(() -> new ChatEnvelope(Scripted.numbered(), CREATED, "m", null, 0, false, List.of(), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected at least 1 choice but found 0");
    }

    @Test
    void idsAreNotRepeatedInAnotherAnswer() {
        ChatEnvelope random = new ChatEnvelope(
                new Ids(Ids::randomPart), CREATED, "m", null, 1, false, ApiOptions.ReasoningFields.BOTH.names(), false);
        ChatAnswer one = new ChatAnswer(TOKENIZER, random, RULES, chunk -> {});
        ChatAnswer other = new ChatAnswer(TOKENIZER, random, RULES, chunk -> {});
        play(one.turn(0), CALL + "<|call|>", FinishReason.STOP);
        play(other.turn(0), CALL + "<|call|>", FinishReason.STOP);

        assertThat(List.of(one.id(), other.id(), callId(one), callId(other))).doesNotHaveDuplicates();
        assertThat(one.id()).matches("chatcmpl-[0-9a-z]{32}");
        assertThat(callId(one)).matches("call_[0-9a-z]{32}");
    }

    private static String callId(ChatAnswer answer) {
        return answer.toJson()
                .get("choices")
                .elements()
                .get(0)
                .get("message")
                .get("tool_calls")
                .elements()
                .get(0)
                .get("id")
                .text();
    }
}
