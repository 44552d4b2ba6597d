package io.harmony4j.openai;

import static io.harmony4j.openai.Scripted.COMPLETED;
import static io.harmony4j.openai.Scripted.CREATED;
import static io.harmony4j.openai.Scripted.CUSTOM;
import static io.harmony4j.openai.Scripted.ECHO;
import static io.harmony4j.openai.Scripted.RULES;
import static io.harmony4j.openai.Scripted.TOKENIZER;
import static io.harmony4j.openai.Scripted.WEATHER;
import static io.harmony4j.openai.Scripted.responseEnvelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.harmony4j.Recipient;
import io.harmony4j.chat.Usage;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.Generation;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole answers of Responses. */
class ResponseAnswerTest {
    private static final String THOUGHT = "<|channel|>analysis<|message|>think<|end|>";
    private static final String START = "<|start|>assistant";
    private static final String FINAL = "<|channel|>final<|message|>";
    private static final String CALL =
            "<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{\"city\":\"Tokyo\"}";

    private static JsonValue json(String text) {
        return Json.parse(text.replace("\\'", "\\\"").replace('\'', '"'));
    }

    private static JsonObject response(AnswerRules rules, String output, FinishReason end) {
        return Scripted.response(responseEnvelope(), rules, output, end, event -> {})
                .toJson();
    }

    /** Returns the items of a response of a model that stopped by itself. */
    private static List<JsonValue> items(AnswerRules rules, String output) {
        return response(rules, output, FinishReason.STOP).get("output").elements();
    }

    private static String status(JsonValue responseOrItem) {
        return responseOrItem.get("status").text();
    }

    // P1, P3, P4, P5

    @Test
    void eachMessageIsAnItem() {
        String output = THOUGHT + START + "<|channel|>analysis<|message|>more<|end|>" + START
                + "<|channel|>commentary<|message|>Let me look.<|end|><|start|>user<|message|>Ha<|end|>" + START + CALL
                + "<|end|>"
                + START + FINAL + "<|return|>";

        assertThat(items(RULES, output)).containsExactlyElementsOf(json("""
                [{'id':'rs_1','type':'reasoning','status':'completed','summary':[],'content':[{'type':'reasoning_text','text':'think'}]},
                 {'id':'rs_2','type':'reasoning','status':'completed','summary':[],'content':[{'type':'reasoning_text','text':'more'}]},
                 {'id':'msg_3','type':'message','status':'completed','role':'assistant','phase':'commentary',
                  'content':[{'type':'output_text','text':'Let me look.','annotations':[],'logprobs':[]}]},
                 {'id':'fc_4','type':'function_call','status':'completed','call_id':'call_5','name':'get_weather',
                  'arguments':'{\\'city\\':\\'Tokyo\\'}'},
                 {'id':'msg_6','type':'message','status':'completed','role':'assistant','phase':'final_answer',
                  'content':[{'type':'output_text','text':'','annotations':[],'logprobs':[]}]}]""").elements());
    }

    @ParameterizedTest
    @CsvSource({
        "<|channel|>commentary,commentary",
        "<|channel|>commentary to=all,commentary",
        "<|channel|>commentary to=user,final_answer",
        "<|channel|>final,final_answer",
        "<|channel|>odd,final_answer",
        "'',final_answer"
    })
    void thePhaseIsTheChannels(String header, String phase) {
        assertThat(items(RULES, header + "<|message|>Hi<|return|>"))
                .extracting(item -> item.get("phase").text())
                .containsExactly(phase);
    }

    @Test
    void reasoningMayBeThereASecondTime() {
        ResponseEnvelope encrypted = new ResponseEnvelope(Scripted.numbered(), CREATED, Clock.systemUTC(), ECHO, true);
        JsonValue item = Scripted.response(encrypted, RULES, THOUGHT, FinishReason.STOP, event -> {})
                .toJson()
                .get("output")
                .elements()
                .get(0);

        assertThat(item.get("encrypted_content").text()).isEqualTo("h4j1.dGhpbms=");
        assertThat(EncryptedReasoning.read(item.get("encrypted_content").text()))
                .contains("think");
        assertThat(((JsonObject) items(RULES, THOUGHT).get(0)).has("encrypted_content"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gAAAAABo", "h4j1", "h4j1.?", "h4j1./w=="})
    void onlyOurOwnEncryptionIsRead(String foreign) {
        assertThat(EncryptedReasoning.read(foreign)).isEmpty();
    }

    @Test
    void encryptedReasoningIsTheText() {
        assertThat(EncryptedReasoning.read(EncryptedReasoning.write(""))).contains("");
        assertThat(EncryptedReasoning.read(EncryptedReasoning.write("\ud83e\udd84 \u00e9")))
                .contains("\ud83e\udd84 \u00e9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<|call|>", "<|end|>", "<|return|>", ""})
    void aCallIsACallHoweverItEnds(String end) {
        assertThat(items(RULES, CALL + end)).containsExactly(json("""
                {'id':'fc_1','type':'function_call','status':'completed','call_id':'call_2','name':'get_weather',
                 'arguments':'{\\'city\\':\\'Tokyo\\'}'}"""));
    }

    // P2

    @Test
    void allFieldsAreThere() {
        JsonObject response = response(RULES, FINAL + "Hi<|return|>", FinishReason.STOP);

        assertThat(response.members())
                .containsOnlyKeys(
                        "id",
                        "object",
                        "created_at",
                        "status",
                        "background",
                        "completed_at",
                        "error",
                        "incomplete_details",
                        "instructions",
                        "max_output_tokens",
                        "max_tool_calls",
                        "model",
                        "output",
                        "parallel_tool_calls",
                        "previous_response_id",
                        "prompt_cache_key",
                        "reasoning",
                        "safety_identifier",
                        "service_tier",
                        "store",
                        "temperature",
                        "text",
                        "tool_choice",
                        "tools",
                        "top_logprobs",
                        "top_p",
                        "truncation",
                        "usage",
                        "user",
                        "metadata");
        assertThat(response.get("id")).isEqualTo(JsonValue.of("resp_0"));
        assertThat(response.get("object")).isEqualTo(JsonValue.of("response"));
        assertThat(response.get("created_at")).isEqualTo(JsonValue.of(CREATED));
        assertThat(response.get("completed_at")).isEqualTo(JsonValue.of(COMPLETED));
        assertThat(response.get("error").isNull()).isTrue();
        ResponseEnvelope.ECHOED.forEach(
                name -> assertThat(response.get(name)).as(name).isEqualTo(ECHO.get(name)));
    }

    @Test
    void whatTheRequestSaysIsEchoed() {
        JsonObject echo = ECHO.toBuilder()
                .put("instructions", "Be brief.")
                .put("metadata", JsonObject.of("a", JsonValue.of("b")))
                .put("max_output_tokens", 99)
                .build();
        ResponseEnvelope envelope = new ResponseEnvelope(Scripted.numbered(), CREATED, Clock.systemUTC(), echo, false);
        JsonObject response = Scripted.response(envelope, RULES, THOUGHT, FinishReason.STOP, event -> {})
                .toJson();

        assertThat(response.get("instructions")).isEqualTo(JsonValue.of("Be brief."));
        assertThat(response.get("metadata").get("a")).isEqualTo(JsonValue.of("b"));
        assertThat(response.get("max_output_tokens").intValue()).isEqualTo(99);
    }

    @Test
    void anEchoMustBeWhole() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ResponseEnvelope(
                        Scripted.numbered(), CREATED, Clock.systemUTC(), ECHO.without("top_p"), false))
                .withMessage("expected the field top_p in what a response says of its request");
    }

    @Test
    void beforeTheEndThereIsNoUsage() {
        ResponseAnswer answer = new ResponseAnswer(TOKENIZER, responseEnvelope(), RULES, event -> {});
        answer.turn().accept(FINAL + "Hi");
        JsonObject response = answer.toJson();

        assertThat(answer.id()).isEqualTo("resp_0");
        assertThat(status(response)).isEqualTo("in_progress");
        assertThat(response.get("usage").isNull()).isTrue();
        assertThat(response.get("completed_at").isNull()).isTrue();
        assertThat(response.get("output").elements()).isEmpty();
    }

    // P6, P7

    @Test
    void aCustomToolGetsItsText() {

        assertThat(items(CUSTOM, "<|channel|>commentary to=functions.shell<|message|>{\"input\":\"ls -l\"}<|call|>"))
                .containsExactly(
                        json(
                                "{'id':'ctc_1','type':'custom_tool_call','status':'completed','call_id':'call_2','name':'shell','input':'ls -l'}"));
    }

    @ParameterizedTest
    @CsvSource({"crm.find,crm,find", "crm.a.b,crm,a.b", "crm.x.find,crm.x,find", "crmx.find,'',crmx.find"})
    void aNamespaceIsAFieldIfItWasDeclared(String tool, String namespace, String name) {
        AnswerRules rules = new AnswerRules(
                false, false, false, List.of(), Set.of(Recipient.of(tool)), Set.of(), Set.of("crm", "crm.x"), Set.of());
        JsonObject call = (JsonObject) items(rules, "<|channel|>commentary to=" + tool + "<|message|>{}<|call|>")
                .get(0);

        assertThat(call.get("name").text()).isEqualTo(name);
        assertThat(call.has("namespace")).isEqualTo(!namespace.isEmpty());
        assertThat(namespace.isEmpty() ? "" : call.get("namespace").text()).isEqualTo(namespace);
    }

    @Test
    void otherDottedNamesStayWhole() {
        assertThat(items(RULES, "<|channel|>commentary to=browser.search code<|message|>{}<|call|>"))
                .extracting(call -> call.get("name").text())
                .containsExactly("browser.search");
    }

    // P8

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "<|channel|>analysis<|message|>I think tha;incomplete",
                "<|channel|>final<|message|>Hello wor;incomplete",
                "<|channel|>commentary to=functions.get_weather<|message|>{\"city\":\"A;incomplete",
                "<|channel|>final<|message|>Hello<|return|>;completed",
                "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>fin;completed"
            })
    void theLimitMakesAnIncompleteResponse(String output, String itemStatus) {
        JsonObject response =
                response(RULES, "<|channel|>commentary<|message|>Well.<|end|>" + START + output, FinishReason.LENGTH);

        assertThat(status(response)).isEqualTo("incomplete");
        assertThat(response.get("incomplete_details")).isEqualTo(json("{'reason':'max_output_tokens'}"));
        assertThat(response.get("completed_at").isNull()).isTrue();
        assertThat(response.get("usage").isNull()).isFalse();
        assertThat(response.get("output").elements())
                .extracting(ResponseAnswerTest::status)
                .containsExactly("completed", itemStatus);
    }

    @Test
    void aSwallowedEndTokenIsNoCut() {
        JsonObject response = response(RULES, FINAL + "Hello", FinishReason.STOP);

        assertThat(status(response)).isEqualTo("completed");
        assertThat(response.get("incomplete_details").isNull()).isTrue();
        assertThat(response.get("output").elements())
                .extracting(ResponseAnswerTest::status)
                .containsExactly("completed");
    }

    @Test
    void aCustomCallThatIsCutHasWhatThereIs() {
        JsonObject response = response(
                CUSTOM, "<|channel|>commentary to=functions.shell<|message|>{\"input\":\"ls", FinishReason.LENGTH);

        assertThat(response.get("output").elements().get(0).get("input").text()).isEqualTo("{\"input\":\"ls");
        assertThat(status(response.get("output").elements().get(0))).isEqualTo("incomplete");
    }

    @Test
    void aCancelledResponseSaysSo() {
        JsonObject response = response(RULES, FINAL + "Hel", FinishReason.CANCELLED);

        assertThat(status(response)).isEqualTo("cancelled");
        assertThat(response.get("incomplete_details").isNull()).isTrue();
        assertThat(response.get("completed_at").isNull()).isTrue();
        assertThat(response.get("output").elements())
                .extracting(ResponseAnswerTest::status)
                .containsExactly("incomplete");
    }

    @Test
    void aFailedResponseHasItsErrorAndWhatCameBefore() {
        ResponseAnswer answer = new ResponseAnswer(TOKENIZER, responseEnvelope(), RULES, event -> {});
        answer.turn().accept(THOUGHT + START + FINAL + "Hel");
        answer.turn().fail(new ApiException(500, null, null, "The model broke."));

        JsonObject response = answer.toJson();
        assertThat(status(response)).isEqualTo("failed");
        assertThat(response.get("error")).isEqualTo(json("{'code':'server_error','message':'The model broke.'}"));
        assertThat(response.get("output").elements())
                .extracting(ResponseAnswerTest::status)
                .containsExactly("completed", "incomplete");
    }

    @Test
    void aFailureMayHaveACodeOfItsOwn() {
        ResponseAnswer answer = new ResponseAnswer(TOKENIZER, responseEnvelope(), RULES, event -> {});
        answer.turn().fail(new ApiException(429, null, "rate_limit_exceeded", "Please try again in 1.5s."));

        assertThat(answer.toJson().get("error").get("code").text()).isEqualTo("rate_limit_exceeded");
    }

    // P9

    @Test
    void usageHasAllItsFields() {
        ResponseAnswer answer = new ResponseAnswer(TOKENIZER, responseEnvelope(), RULES, event -> {});
        int[] tokens = Scripted.tokens(THOUGHT + START + FINAL + "Hello<|return|>");
        Scripted.generated(tokens).forEach(answer.turn()::accept);
        answer.turn().finish(Generation.of(tokens, FinishReason.STOP, 70).withCachedTokens(64));

        assertThat(answer.toJson().get("usage")).isEqualTo(json("""
                {'input_tokens':70,'input_tokens_details':{'cached_tokens':64,'cache_write_tokens':0},'output_tokens':12,
                 'output_tokens_details':{'reasoning_tokens':1},'total_tokens':82}"""));
    }

    @Test
    void cacheWritesAreTheRuntimesToTell() {
        ResponseAnswer answer = new ResponseAnswer(TOKENIZER, responseEnvelope(), RULES, event -> {});
        answer.turn().finish(FinishReason.STOP, Usage.of(1, 0).withPrompt(9, 0).withCacheWrites(8));

        assertThat(answer.toJson().get("usage").get("input_tokens_details").get("cache_write_tokens"))
                .isEqualTo(JsonValue.of(8));
    }

    // Q22, Q23

    @Test
    void aCallThatWasRuledOutIsAnAnswer() {
        AnswerRules none =
                new AnswerRules(true, false, false, List.of(), Set.of(WEATHER), Set.of(), Set.of(), Set.of());

        assertThat(items(none, CALL + "<|call|>")).containsExactly(json("""
                {'id':'msg_1','type':'message','status':'completed','role':'assistant','phase':'final_answer',
                 'content':[{'type':'output_text','text':'{\\'city\\':\\'Tokyo\\'}','annotations':[],'logprobs':[]}]}"""));
    }

    @Test
    void onlyTheFirstCallCountsIfTheyMayNotBeParallel() {
        JsonObject response = response(
                RULES.withOnlyFirstCall(),
                THOUGHT + START + CALL + "<|end|>" + START + CALL + "<|end|>" + START + FINAL + "Hel",
                FinishReason.LENGTH);

        assertThat(response.get("output").elements())
                .extracting(item -> item.get("type").text())
                .containsExactly("reasoning", "function_call");
        assertThat(status(response)).isEqualTo("completed");
    }

    @Test
    void randomIdsAreNotRepeated() {
        ResponseEnvelope envelope =
                new ResponseEnvelope(new Ids(Ids::randomPart), CREATED, Clock.systemUTC(), ECHO, false);
        JsonObject response = Scripted.response(
                        envelope, RULES, CALL + "<|end|>" + START + CALL + "<|call|>", FinishReason.STOP, event -> {})
                .toJson();
        List<JsonValue> calls = response.get("output").elements();

        assertThat(List.of(
                        response.get("id").text().replaceFirst(".*_", ""),
                        calls.get(0).get("id").text().replaceFirst(".*_", ""),
                        calls.get(0).get("call_id").text().replaceFirst(".*_", ""),
                        calls.get(1).get("id").text().replaceFirst(".*_", ""),
                        calls.get(1).get("call_id").text().replaceFirst(".*_", "")))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9a-z]{32}"));
    }
}
