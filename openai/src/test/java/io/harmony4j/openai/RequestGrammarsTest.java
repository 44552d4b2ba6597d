package io.harmony4j.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.harmony4j.ToolNamespace;
import io.harmony4j.grammar.HarmonyGrammar;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model may write for a request. */
class RequestGrammarsTest {
    private static final String CITY =
            "{'type':'object','properties':{'city':{'enum':['Rome','Oslo']}},'required':['city'],'additionalProperties':false}";
    private static final String NOT_ENFORCEABLE =
            "{'type':'object','properties':{'a':{'type':'array','contains':{'type':'null'}}}}";
    private static final String FINAL = "<|channel|>final<|message|>Hi.<|return|>";

    private final RequestGrammars grammars = new RequestGrammars(10);

    private static String tool(String name, String parameters, boolean isStrict) {
        return "{'type':'function','function':{'name':'%s','parameters':%s,'strict':%s}}"
                .formatted(name, parameters, isStrict);
    }

    private static String call(String name, String arguments) {
        return "<|channel|>commentary to=functions." + name + " <|constrain|>json<|message|>"
                + arguments.replace('\'', '"') + "<|call|>";
    }

    private static ChatRequest chat(String members) {
        return new ChatCompletions(ApiOptions.DEFAULT)
                .request(("{'messages':[{'role':'user','content':'Hi'}]," + members + "}").replace('\'', '"'));
    }

    private static ResponsesRequest response(String members) {
        ApiOptions options = ApiOptions.DEFAULT.withBuiltInTools(ToolNamespace.python());
        return new Responses(options, ResponseStore.NONE)
                .request(("{'input':'Hi'," + members + "}").replace('\'', '"'));
    }

    private boolean allows(ApiRequest request, String turn) {
        return grammars.of(request).orElseThrow().check(turn).isComplete();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'n':1",
                "'tools':[{'type':'function','function':{'name':'a'}}]",
                "'tools':[{'type':'function','function':{'name':'a','strict':true}}],'tool_choice':'none'",
                "'tools':[{'type':'custom','custom':{'name':'a'}}]",
                "'response_format':{'type':'text'}"
            })
    void aRequestThatDemandsNothingHasNone(String members) {
        assertThat(grammars.of(chat(members))).isEmpty();
    }

    @Test
    void strictToolsObeyTheirSchemasOthersAreAnyObject() {
        ChatRequest request = chat("'tools':[" + tool("a", CITY, true) + "," + tool("b", CITY, false)
                + ",{'type':'custom','custom':{'name':'c'}}]");
        assertThat(allows(request, call("a", "{'city':'Rome'}"))).isTrue();
        assertThat(allows(request, call("a", "{'city':'Paris'}"))).isFalse();
        assertThat(allows(request, call("b", "{'town':1}"))).isTrue();
        assertThat(allows(request, call("b", "[]"))).isFalse();
        assertThat(allows(request, call("c", "{'input':'ls'}"))).isTrue();
        assertThat(allows(request, call("c", "{'input':1}"))).isFalse();
        assertThat(allows(request, call("d", "{}"))).isFalse();
        assertThat(allows(request, FINAL)).isTrue();
    }

    @Test
    void aDemandedCallLeavesNoAnswer() {
        String tools = "'tools':[" + tool("a", CITY, false) + "," + tool("b", CITY, false) + "],'tool_choice':";
        ChatRequest required = chat(tools + "'required'");
        ChatRequest named = chat(tools + "{'type':'function','function':{'name':'b'}}");
        ChatRequest allowed = chat(
                tools
                        + "{'type':'allowed_tools','allowed_tools':{'mode':'auto','tools':[{'type':'function','function':{'name':'b'}}]}}");
        assertThat(allows(required, FINAL)).isFalse();
        assertThat(allows(required, call("a", "{}"))).isTrue();
        assertThat(allows(named, FINAL)).isFalse();
        assertThat(allows(named, call("a", "{}"))).isFalse();
        assertThat(allows(named, call("b", "{}"))).isTrue();
        assertThat(allows(allowed, FINAL)).isTrue();
        assertThat(allows(allowed, call("a", "{}"))).isFalse();
    }

    @Test
    void callsFollowCallsUnlessTheRequestForbidsIt() {
        String twice = call("a", "{}") + "<|start|>assistant" + call("a", "{}");
        String tools = "'tools':[" + tool("a", CITY, false) + "],'tool_choice':'required'";
        assertThat(allows(chat(tools), twice)).isTrue();
        assertThat(allows(chat(tools + ",'parallel_tool_calls':false"), twice)).isFalse();
    }

    @Test
    void theAnswerObeysItsFormat() {
        String rome = "<|channel|>final <|constrain|>json<|message|>{\"city\":\"Rome\"}<|return|>";
        ChatRequest chat =
                chat("'response_format':{'type':'json_schema','json_schema':{'name':'x','strict':true,'schema':" + CITY
                        + "}}");
        ResponsesRequest response =
                response("'text':{'format':{'type':'json_schema','name':'x','schema':" + CITY + "}}");
        ChatRequest object = chat("'response_format':{'type':'json_object'}");
        for (ApiRequest request : new ApiRequest[] {chat, response, object}) {
            assertThat(allows(request, rome)).isTrue();
            assertThat(allows(request, FINAL)).isFalse();
        }
        assertThat(allows(object, rome.replace("city", "town"))).isTrue();
        assertThat(allows(response, rome.replace("city", "town"))).isFalse();
    }

    @Test
    void thoughtsLeaveRoomForWhatIsDemanded() {
        String format = "'response_format':{'type':'json_object'},'max_tokens':";
        assertThat(chat(format + "100").grammarOptions().maxAnalysisTokens()).hasValue(50);
        assertThat(chat(format + "400").grammarOptions().maxAnalysisTokens()).hasValue(272);
        assertThat(chat(format + "4000").grammarOptions().maxAnalysisTokens()).hasValue(3000);
    }

    @Test
    void theServersOwnToolsCanBeDemanded() {
        ResponsesRequest request =
                response("'tools':[{'type':'code_interpreter'}],'tool_choice':{'type':'code_interpreter'}");
        String code = "<|channel|>analysis to=python code<|message|>print(1)<|call|>";
        assertThat(allows(request, code)).isTrue();
        assertThat(allows(request, FINAL)).isFalse();
        assertThat(grammars.ofLaterTurn(request, 100)).isEmpty();
    }

    @Test
    void callsOfDeclaredNamespacesAreJson() {
        ResponsesRequest request = response("'tools':[{'type':'namespace','name':'agents','description':'x','tools':["
                + "{'type':'function','name':'close','parameters':" + CITY + ",'strict':true}]}]");
        String call = call("close", "{'city':'Oslo'}").replace("functions.", "agents.");
        assertThat(allows(request, call)).isTrue();
        assertThat(allows(request, call.replace("Oslo", "Paris"))).isFalse();
    }

    @Test
    void aStrictSchemaThatCannotBeEnforcedIsRefused() {
        ApiException tool = catchThrowableOfType(
                ApiException.class,
                () -> grammars.of(
                        chat("'tools':[" + tool("a", CITY, true) + "," + tool("b", NOT_ENFORCEABLE, true) + "]")));
        assertThat(tool.status()).isEqualTo(400);
        assertThat(tool.type()).isEqualTo("invalid_request_error");
        assertThat(tool.param()).isEqualTo("tools[1].function.parameters");
        assertThat(tool.code()).isEqualTo("invalid_function_parameters");
        assertThat(tool).hasMessageContaining("function 'b'").hasMessageContaining("\"contains\" at /properties/a");

        String format = "'type':'json_schema','name':'x','strict':true,'schema':";
        assertThatThrownBy(() -> grammars.of(chat("'response_format':{'type':'json_schema','json_schema':{"
                        + format.substring("'type':'json_schema',".length()) + NOT_ENFORCEABLE + "}}")))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.param()).isEqualTo("response_format"))
                .hasMessageContaining("contains");
        for (String schema :
                new String[] {NOT_ENFORCEABLE, "{'type':'object','required':['a'],'properties':{'a':false}}"}) {
            assertThatThrownBy(() -> grammars.of(response("'text':{'format':{" + format + schema + "}}")))
                    .isInstanceOfSatisfying(ApiException.class, e -> {
                        assertThat(e.param()).isEqualTo("text.format.schema");
                        assertThat(e.status()).isEqualTo(400);
                    });
        }
    }

    @Test
    void aFormatThatIsNotStrictIsBoundOnlyIfItCanBe() {
        String format =
                "'response_format':{'type':'json_schema','json_schema':{'name':'x','schema':" + NOT_ENFORCEABLE + "}}";
        assertThat(grammars.of(chat(format))).isEmpty();
        assertThat(allows(chat(format + ",'tools':[" + tool("a", CITY, true) + "]"), FINAL))
                .isTrue();
        assertThat(grammars.of(chat("'tools':[" + tool("a", NOT_ENFORCEABLE, false) + "]")))
                .isEmpty();
    }

    @Test
    void whatSaysTheSameHasOneGrammarAndOldOnesGo() {
        RequestGrammars two = new RequestGrammars(2);
        Optional<HarmonyGrammar> first = two.of(chat("'tools':[" + tool("a", CITY, true) + "]"));
        assertThat(two.of(chat("'temperature':0.5,'tools':[" + tool("a", CITY, true) + "]"))
                        .orElseThrow())
                .isSameAs(first.orElseThrow());
        assertThat(two.of(chat("'tool_choice':'auto','max_tokens':500,'tools':[" + tool("a", CITY, true) + "]")))
                .as("with a limit of its own, and kept with the first one")
                .isPresent();
        assertThat(two.of(chat("'tools':[" + tool("a", CITY, true) + "]")).orElseThrow())
                .isSameAs(first.orElseThrow());
        String other = CITY.replace("'Rome','Oslo'", "'Oslo','Rome'");
        assertThat(two.of(chat("'tools':[" + tool("a", other, true) + "]")).orElseThrow())
                .isNotSameAs(first.orElseThrow());
        two.of(chat("'tools':[" + tool("b", CITY, true) + "]"));
        assertThat(two.of(chat("'tools':[" + tool("a", CITY, true) + "]")).orElseThrow())
                .isNotSameAs(first.orElseThrow());
        assertThat(RequestGrammars.NONE.of(chat("'tools':[" + tool("a", CITY, true) + "]")))
                .isEmpty();
        assertThatThrownBy(() -> new RequestGrammars(-1)).hasMessageContaining("-1");
    }
}
