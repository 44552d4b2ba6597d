package io.harmony4j.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.harmony4j.Content;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.Recipient;
import io.harmony4j.ToolChoice;
import io.harmony4j.ToolNamespace;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.AllowedSpecial;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Responses requests become. */
class ResponsesRequestTest {
    private static final ApiOptions OPTIONS = ApiOptions.DEFAULT.withDate(LocalDate.of(2026, 1, 2));
    private static final String CALL = "{'type':'function_call','id':'fc_1','call_id':'a','name':'f','arguments':'{}'}";
    private static final String RESULT = "{'type':'function_call_output','call_id':'a','output':'7'}";

    private static ResponsesRequest read(String json) {
        return new Responses(OPTIONS, ResponseStore.NONE).request(json.replace('\'', '"'));
    }

    private static ResponsesRequest request(String members) {
        return read("{'input':'Hi'" + (members.isEmpty() ? "" : "," + members) + "}");
    }

    private static List<String> lines(String... items) {
        return Lines.of(read("{'input':[" + String.join(",", items) + "]}").wholeConversation());
    }

    @Test
    void aTextIsTheUsers() {
        assertThat(Lines.of(request("").conversation())).containsExactly("user | Hi");
        assertThat(request("").input()).hasSize(1).first().satisfies(item -> {
            assertThat(item.get("id").text()).startsWith("msg_");
            assertThat(item.get("content").elements().get(0).get("text").text()).isEqualTo("Hi");
        });
    }

    @Test
    void instructionsComeFirst() {
        ResponsesRequest request = read("{'instructions':'I.','input':[{'role':'system','content':'A.'},"
                + "{'type':'message','role':'developer','content':[{'type':'input_text','text':'B.'}]},"
                + "{'role':'user','content':'Hi'},{'role':'developer','content':'C.'}]}");
        assertThat(Lines.of(request.conversation()))
                .containsExactly("developer | I.\n\nA.\n\nB.", "user | Hi", "developer | C.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'type':'reasoning','summary':[],'content':[{'type':'reasoning_text','text':'a'},{'type':'reasoning_text','text':'b'}]} # assistant analysis | a⏎b",
                "{'type':'reasoning','content':null,'encrypted_content':'h4j1.SSBsb29rLg=='} # assistant analysis | I look.",
                "{'type':'reasoning','encrypted_content':'gAAAAA'} # ``",
                "{'type':'reasoning','encrypted_content':'h4j1.%%%'} # ``",
                "{'type':'reasoning','summary':[{'type':'summary_text','text':'s'}]} # ``",
                "CALL # assistant to=functions.f commentary <|constrain|>json | {}",
                "{'type':'function_call','call_id':'a','name':'find','namespace':'crm'} # assistant to=crm.find commentary <|constrain|>json | {}",
                "{'type':'custom_tool_call','call_id':'a','name':'sh','input':'ls'} # assistant to=functions.sh commentary <|constrain|>json | {'input':'ls'}",
                "CALL,RESULT # assistant to=functions.f commentary <|constrain|>json | {};tool:functions.f to=assistant commentary | 7",
                "CALL,{'type':'function_call_output','call_id':'a','output':[{'type':'input_text','text':'7'},{'type':'input_text','text':'8'}]} # assistant to=functions.f commentary <|constrain|>json | {};tool:functions.f to=assistant commentary | 7⏎8",
                "{'role':'assistant','content':'x'} # assistant final | x",
                "{'role':'assistant','content':'x','phase':'commentary'} # assistant commentary | x",
                "{'role':'assistant','content':'x','phase':'final_answer'},CALL # assistant final | x;assistant to=functions.f commentary <|constrain|>json | {}",
                "{'role':'assistant','content':'x'},{'type':'reasoning'},CALL # assistant commentary | x;assistant to=functions.f commentary <|constrain|>json | {}",
                "{'role':'assistant','content':[{'type':'output_text','text':''}]} # ``",
                "{'type':'code_interpreter_call','code':'1+1','outputs':[{'type':'logs','logs':'2'}]} # assistant to=python analysis code | 1+1;tool:python to=assistant analysis | 2",
                "{'type':'code_interpreter_call','code':'1+1','outputs':null} # assistant to=python analysis code | 1+1",
                "{'type':'mcp_call','name':'f','arguments':'{}','output':'7'} # assistant to=functions.f commentary <|constrain|>json | {};tool:functions.f to=assistant commentary | 7",
                "{'type':'web_search_call','id':'ws_1'} # ``",
                "{'type':'compaction','encrypted_content':'x'} # ``",
            })
    void itemsAreMessages(String items, String expected) {
        List<String> said = expected.isEmpty()
                ? List.of()
                : List.of(expected.replace('\'', '"').replace('⏎', '\n').split(";"));
        assertThat(lines(items.replace("CALL", CALL).replace("RESULT", RESULT))).isEqualTo(said);
    }

    @Test
    void theNearestOpenCallIsAnswered() {
        String other = CALL.replace("'f'", "'g'");
        assertThat(lines(CALL, other, RESULT, RESULT, CALL, RESULT))
                .filteredOn(line -> line.startsWith("tool"))
                .extracting(line -> line.substring(0, "tool:functions.f".length()))
                .containsExactly("tool:functions.f", "tool:functions.g", "tool:functions.f");
    }

    @Test
    void hostedToolsAreTheServersOrLeftOut() {
        String tools =
                "{'input':'Hi','tools':[{'type':'web_search'},{'type':'code_interpreter'},{'type':'file_search'},"
                        + "{'type':'web_search_preview'}]}";
        ResponsesRequest without = read(tools);
        assertThat(without.ignoredTools()).containsExactly(0, 1, 2, 3);
        assertThat(without.toolChoice()).isEqualTo(ToolChoice.NONE);
        ApiOptions own = OPTIONS.withBuiltInTools(ToolNamespace.browser(), ToolNamespace.python());
        ResponsesRequest with = new Responses(own, ResponseStore.NONE).request(tools.replace('\'', '"'));
        assertThat(with.ignoredTools()).containsExactly(2);
        Content.System system =
                (Content.System) with.conversation().messages().get(0).content().get(0);
        assertThat(system.tools()).containsOnlyKeys("browser", "python");
        assertThat(with.tools()).contains(Recipient.of("python"), Recipient.of("browser.search"));
    }

    @Test
    void namespacesAreDeclared() {
        ResponsesRequest request = request("'tools':[{'type':'namespace','name':'crm','description':'C.','tools':"
                + "[{'type':'function','name':'find'}]},{'type':'function','name':'f'}],"
                + "'tool_choice':{'type':'function','name':'f'}");
        assertThat(Lines.of(request.conversation())).first().isEqualTo("developer |  [crm.find] [functions.f]");
        assertThat(request.toolChoice().tools()).containsExactly(Recipient.function("f"));
    }

    @ParameterizedTest
    @CsvSource({"auto,1", "current_turn,1", "all_turns,2"})
    void contextIsAPolicy(String context, int kept) {
        ResponsesRequest request = read("{'reasoning':{'context':'" + context + "','effort':'high'},'input':["
                + "{'role':'user','content':'a'},{'type':'reasoning','content':[{'type':'reasoning_text','text':'r1'}]},"
                + "{'role':'assistant','content':'b'},{'role':'user','content':'c'},"
                + "{'type':'reasoning','content':[{'type':'reasoning_text','text':'r2'}]}," + CALL + "]}");
        assertThat(Lines.of(request.conversation()))
                .filteredOn(line -> line.startsWith("assistant analysis"))
                .hasSize(kept);
        Content.System system = (Content.System)
                request.conversation().messages().get(0).content().get(0);
        assertThat(system.reasoningEffort()).isEqualTo(ReasoningEffort.HIGH);
    }

    /** A model's turn after a request, kept in the store. */
    private static JsonObject answered(Responses api, ResponsesRequest request, String output) {
        ResponseAnswer answer = request.answer(Scripted.TOKENIZER, event -> {});
        for (int token : Scripted.TOKENIZER.encode(output, AllowedSpecial.ALL)) {
            answer.turn().accept(GeneratedToken.of(token, 0));
        }
        answer.turn().finish(FinishReason.STOP);
        api.keep(request, answer);
        return answer.toJson();
    }

    @Test
    void aRequestGoesOnFromAResponse() {
        InMemoryResponseStore store = new InMemoryResponseStore();
        Responses api = new Responses(OPTIONS, store);
        String tools = "\"tools\":[{\"type\":\"function\",\"name\":\"f\"}]";
        ResponsesRequest first = api.request("{\"input\":\"Hi\",\"instructions\":\"Old.\"," + tools + "}");
        JsonObject called = answered(
                api,
                first,
                "<|channel|>analysis<|message|>r1<|end|><|start|>assistant<|channel|>commentary to=functions.f "
                        + "<|constrain|>json<|message|>{\"a\":1}<|call|>");
        String callId = called.get("output").elements().get(1).get("call_id").text();
        Responses later = new Responses(ApiOptions.DEFAULT.withDate(LocalDate.of(2026, 1, 9)), store);
        ResponsesRequest second = later.request("{\"previous_response_id\":\""
                + called.get("id").text()
                + "\",\"instructions\":\"New.\",\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"" + callId
                + "\",\"output\":\"7\"}]," + tools + "}");
        assertThat(Lines.of(second.conversation()))
                .containsExactly(
                        "developer | New. [functions.f]",
                        "user | Hi",
                        "assistant analysis | r1",
                        "assistant to=functions.f commentary <|constrain|>json | {\"a\":1}",
                        "tool:functions.f to=assistant commentary | 7");
        Content.System system = (Content.System)
                second.conversation().messages().get(0).content().get(0);
        assertThat(system.conversationStartDate()).isEqualTo("2026-01-02");

        JsonObject said = answered(later, second, "<|channel|>final<|message|>Seven.<|return|>");
        assertThat(store.delete(called.get("id").text())).isTrue();
        ResponsesRequest third =
                later.request("{\"previous_response_id\":\"" + said.get("id").text() + "\",\"input\":\"Thanks\"}");
        assertThat(Lines.of(third.conversation()))
                .containsExactly(
                        "user | Hi",
                        "assistant to=functions.f commentary <|constrain|>json | {\"a\":1}",
                        "tool:functions.f to=assistant commentary | 7",
                        "assistant final | Seven.",
                        "user | Thanks");
    }

    @Test
    void anItemIsReferredTo() {
        InMemoryResponseStore store = new InMemoryResponseStore();
        Responses api = new Responses(OPTIONS, store);
        JsonObject response =
                answered(api, api.request("{\"input\":\"Hi\"}"), "<|channel|>final<|message|>Hello<|return|>");
        String id = response.get("output").elements().get(0).get("id").text();
        ResponsesRequest request = api.request("{\"input\":[{\"id\":\"" + id
                + "\"},{\"type\":\"item_reference\",\"id\":\"" + id + "\"},{\"role\":\"user\",\"content\":\"?\"}]}");
        assertThat(Lines.of(request.conversation()))
                .containsExactly("assistant final | Hello", "assistant final | Hello", "user | ?");
    }

    @Test
    void notAllIsKept() {
        InMemoryResponseStore store = new InMemoryResponseStore();
        Responses api = new Responses(OPTIONS, store);
        JsonObject response = answered(
                api, api.request("{\"input\":\"Hi\",\"store\":false}"), "<|channel|>final<|message|>Hello<|return|>");
        assertThat(store.get(response.get("id").text())).isEmpty();
        assertThat(response.get("store").booleanValue()).isFalse();
    }

    @Test
    void withoutAStoreNothingIsKept() {
        Responses api = new Responses(OPTIONS, ResponseStore.NONE);
        JsonObject response =
                answered(api, api.request("{\"input\":\"Hi\"}"), "<|channel|>final<|message|>Hello<|return|>");
        assertThat(response.get("store").booleanValue()).isFalse();
    }

    @Test
    void theResponseRepeatsItsRequest() {
        JsonObject response = answered(
                new Responses(OPTIONS, new InMemoryResponseStore()),
                request(
                        "'model':'m','instructions':'I.','metadata':{'a':'b'},'temperature':0.5,'max_output_tokens':9,"
                                + "'tools':[{'type':'function','name':'f'},{'type':'web_search'}],'tool_choice':'none',"
                                + "'text':{'format':{'type':'json_object'}},'reasoning':{'effort':'xhigh','summary':'auto'},'user':'u'"),
                "<|channel|>final<|message|>Hello<|return|>");
        assertThat(response.get("model").text()).isEqualTo("m");
        assertThat(response.get("instructions").text()).isEqualTo("I.");
        assertThat(response.get("metadata").toString()).isEqualTo("{\"a\":\"b\"}");
        assertThat(response.get("temperature").doubleValue()).isEqualTo(0.5);
        assertThat(response.get("max_output_tokens").intValue()).isEqualTo(9);
        assertThat(response.get("tools").toString())
                .isEqualTo(
                        "[{\"type\":\"function\",\"name\":\"f\",\"description\":null,\"parameters\":null,\"strict\":null},"
                                + "{\"type\":\"web_search\"}]");
        assertThat(response.get("tool_choice").text()).isEqualTo("none");
        assertThat(response.get("text").get("format").get("type").text()).isEqualTo("json_object");
        assertThat(response.get("reasoning").toString()).isEqualTo("{\"effort\":\"high\",\"summary\":null}");
        assertThat(response.get("user").text()).isEqualTo("u");
    }

    @Test
    void encryptedReasoningComesBack() {
        ResponsesRequest request = request("'include':['reasoning.encrypted_content'],'store':false");
        JsonObject response = answered(
                new Responses(OPTIONS, ResponseStore.NONE),
                request,
                "<|channel|>analysis<|message|>I look.<|end|><|start|>assistant<|channel|>final<|message|>x<|return|>");
        JsonValue item = response.get("output").elements().get(0);
        JsonObject only = ((JsonObject) item).without("content");
        assertThat(lines(only.toString())).containsExactly("assistant analysis | I look.");
    }

    @Test
    void aLongPromptIsRefusedOrCut() {
        HarmonyRenderer renderer = new HarmonyRenderer(
                Scripted.TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));
        String input = "'input':[{'role':'developer','content':'Be brief.'},{'role':'user','content':'"
                + "word ".repeat(100) + "'},{'role':'assistant','content':'x'},{'role':'user','content':'Hi'}]";
        ApiException refused = catchThrowableOfType(
                ApiException.class, () -> read("{" + input + "}").prompt(renderer, 100));
        assertThat(refused.code()).isEqualTo("context_length_exceeded");
        assertThat(refused.param()).isEqualTo("input");
        int[] prompt = read("{" + input + ",'truncation':'auto'}").prompt(renderer, 100);
        assertThat(Scripted.TOKENIZER.decode(prompt))
                .contains("Be brief.")
                .contains("<|start|>user<|message|>Hi<|end|>")
                .doesNotContain("word");
        ApiException last = catchThrowableOfType(
                ApiException.class,
                () -> read("{" + input + ",'truncation':'auto'}").prompt(renderer, 20));
        assertThat(last.code()).isEqualTo("context_length_exceeded");
    }

    @ParameterizedTest
    @CsvSource({"auto, SINCE_LAST_FINAL", "current_turn, CURRENT_TURN", "all_turns, KEEP_ALL"})
    void theContextOfReasoningIsAPolicy(String context, AnalysisPolicy policy) {
        assertThat(request("'reasoning':{'context':'" + context + "'}").analysisPolicy())
                .isEqualTo(policy);
        assertThat(request("").analysisPolicy()).isEqualTo(AnalysisPolicy.SINCE_LAST_FINAL);
    }

    @Test
    void theOldestMessagesAreLeftOutFirst() {
        HarmonyRenderer renderer = new HarmonyRenderer(
                Scripted.TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));
        String request = "{'truncation':'auto','instructions':'Be brief.','input':[{'role':'assistant','content':'"
                + "greeting ".repeat(50) + "'},{'role':'user','content':'one'},{'role':'assistant','content':'1'},"
                + "{'role':'user','content':'two'}]}";
        int whole = read(request).prompt(renderer, 100_000).length;
        assertThat(Scripted.TOKENIZER.decode(read(request).prompt(renderer, whole)))
                .contains("Be brief.", "one", "two")
                .doesNotContain("greeting");
        assertThat(read(request).prompt(renderer, whole + 1)).hasSize(whole);
    }

    @Test
    @Timeout(60)
    void aPromptOfManyTurnsIsCutInTime() {
        HarmonyRenderer renderer = new HarmonyRenderer(
                Scripted.TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));
        String turn = "{'role':'user','content':'Hi'},{'role':'assistant','content':'x'},";
        String request = "{'truncation':'auto','input':[" + turn.repeat(20_000) + "{'role':'user','content':'last'}]}";
        assertThat(read(request).prompt(renderer, 1000)).hasSizeBetween(980, 999);
    }

    @Test
    @Timeout(60)
    void manyNamespacesTakeNoLongerEach() {
        StringBuilder tools = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            tools.append(i == 0 ? "" : ",")
                    .append("{'type':'namespace','name':'n")
                    .append(i)
                    .append("','tools':[{'name':'f'}]}");
        }
        assertThat(request("'tools':[" + tools + "]").tools()).hasSize(20_000);
    }

    @Test
    void aToolIsChosenByItsFullName() {
        String tools =
                "'tools':[{'type':'namespace','name':'crm','tools':[{'name':'f'}]},{'type':'function','name':'g'},"
                        + "{'type':'web_search'}],'tool_choice':";
        assertThat(request(tools + "{'type':'function','name':'crm.f'}")
                        .toolChoice()
                        .tools())
                .containsExactly(Recipient.of("crm.f"));
        assertThat(request(tools + "{'type':'function','name':'f','namespace':'crm'}")
                        .toolChoice()
                        .tools())
                .containsExactly(Recipient.of("crm.f"));
        assertThat(request(
                                tools
                                        + "{'type':'allowed_tools','mode':'auto','tools':[{'type':'web_search'},{'type':'function','name':'g'}]}")
                        .toolChoice())
                .isEqualTo(new ToolChoice(ToolChoice.Mode.AUTO, List.of(Recipient.function("g"))));
    }

    @Test
    void anItemThatTwoResponsesHaveStaysWithOneOfThem() {
        InMemoryResponseStore store = new InMemoryResponseStore();
        JsonObject item = (JsonObject) Json.parse("{\"id\":\"msg_1\",\"role\":\"user\",\"content\":\"Hi\"}");
        for (String id : List.of("resp_1", "resp_2")) {
            store.put(new StoredResponse(
                    (JsonObject) Json.parse("{\"id\":\"" + id + "\",\"status\":\"completed\",\"output\":[]}"),
                    List.of(),
                    List.of(item),
                    LocalDate.EPOCH));
        }
        store.delete("resp_1");
        assertThat(store.item("msg_1")).contains(item);
        store.delete("resp_2");
        assertThat(store.item("msg_1")).isEmpty();
    }

    @Test
    void aStoreThatKeepsNothingIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InMemoryResponseStore(0, Duration.ofHours(1), 1000, Clock.systemUTC()))
                .withMessageContaining("ResponseStore.NONE");
    }

    @Test
    void aMessageBeforeAHostedCallIsAPreamble() {
        String message = "{'type':'message','role':'assistant','content':'Let me look.'}";
        assertThat(lines(message, "{'type':'web_search_call','id':'ws_1'}"))
                .containsExactly("assistant commentary | Let me look.");
        assertThat(lines(message, "{'type':'code_interpreter_call','code':'1','outputs':null}"))
                .startsWith("assistant commentary | Let me look.");
        assertThat(lines(message, "{'type':'compaction','id':'c_1'}"))
                .containsExactly("assistant final | Let me look.");
    }

    @Test
    void backgroundIsForStoredResponses() {
        assertThat(request("'background':true").isBackground()).isTrue();
        assertThat(request("").isBackground()).isFalse();
        assertThat(request("").isStored()).isFalse();
    }
}
