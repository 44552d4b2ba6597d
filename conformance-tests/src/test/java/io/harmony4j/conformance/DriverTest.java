package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'cmd':'tokenize','text':'Hello'} # {'tokens':[13225]}",
                "{'cmd':'tokenize','text':'<|start|>','special':['<|start|>']} # {'tokens':[200006]}",
                "{'cmd':'tokenize','text':'\\ud800'} # {'tokens':[3251]}",
                "{'cmd':'detokenize','tokens':[13225]} # {'base64':'SGVsbG8=','text':'Hello'}",
                "{'cmd':'schema','schemaJson':'{}'} # {'typescript':'any'}",
                "{'cmd':'stop_tokens'} # {'stop':[200002,200007,200012],'stopForAssistantActions':[200002,200012]}",
                "{'cmd':'parse','text':'<|message|>Hi','role':'assistant'}"
                        + " # {'messages':[{'role':'assistant','content':'Hi'}],"
                        + "'chat':{'reasoning':'','content':'Hi','tool_calls':[],'finish_reason':'length'},'diagnostics':[]}",
                "{'cmd':'parse','tokens':[200008,13225],'role':'assistant','end':'stop'}"
                        + " # {'chat':{'reasoning':'','content':'Hello','tool_calls':[],'finish_reason':'stop'}}",
                "{'cmd':'parse','text':'Hi','role':'assistant'} # {'diagnostics':[{'code':'UNFINISHED_HEADER','token':0,"
                        + "'message':'read text in the place of a header as content'}]}",
                "{'cmd':'parse','text':'We.<|end|>','role':'assistant','prefill':'<|channel|>analysis<|message|>'}"
                        + " # {'chat':{'reasoning':'We.','content':'','tool_calls':[],'finish_reason':'length'}}",
                "{'cmd':'parse','tokens':[200008,13225],'text':'<|message|>Bye','role':'assistant'}"
                        + " # {'messages':[{'role':'assistant','content':'Hello'}]}",
                "{'cmd':'parse','tokens':null,'text':'<|message|>Bye','role':'assistant'}"
                        + " # {'messages':[{'role':'assistant','content':'Bye'}]}",
                "{'cmd':'stream','tokens':[200008,13225],'role':'assistant','end':'stop'}"
                        + " # {'chat':{'reasoning':'','content':'Hello','tool_calls':[],'finish_reason':'stop'}}",
                "{'cmd':'policy','policies':['since-last-final','keep-all'],'messages':["
                        + "{'role':'assistant','content':'A','channel':'analysis'},"
                        + "{'role':'assistant','content':'F','channel':'final'}]}"
                        + " # {'since-last-final':{'kept':[1],'tokens':9},'keep-all':{'kept':[0,1],'tokens':16}}",
                "{'cmd':'policy','policy':'drop-all','growth':true,'messages':[{'role':'user','content':'U'},"
                        + "{'role':'assistant','content':'A','channel':'analysis'},{'role':'user','content':'U'}]}"
                        + " # {'steps':[[5,0,true],[5,5,true],[10,5,true]]}",
                "{'cmd':'policy','policy':'reference','growth':true,'messages':["
                        + "{'role':'assistant','content':'A','channel':'analysis'},"
                        + "{'role':'assistant','content':'F','channel':'final'}]} # {'steps':[[7,0,true],[7,3,false]]}",
                "{'cmd':'policy','asSampled':true,'messages':[],'policy':'keep-all','steps':[]}"
                        + " # {'prompts':[[200006,173781]],'extends':[]}",
                "{'cmd':'policy','asSampled':true,'messages':[],'policy':'keep-all','steps':["
                        + "{'generated':[200005,17196,200008,37,200002],'then':[{'role':'user','content':'U'}]}]}"
                        + " # {'extends':[false]}",
                "{'cmd':'policy','asSampled':true,'return_token':'keep','messages':[],'policy':'keep-all','steps':["
                        + "{'generated':[200005,17196,200008,37,200002],'then':[]}]}"
                        + " # {'prompts':[[200006,173781],"
                        + "[200006,173781,200005,17196,200008,37,200002,200006,173781]],'extends':[true]}",
                "{'cmd':'span','messages':[{'role':'user','content':'U'}]} # {'tokens':5,'spans':[[0,0,3,4]]}",
                "{'cmd':'mask','mode':'training','policy':'keep-all','messages':["
                        + "{'role':'assistant','content':'A','channel':'analysis'},"
                        + "{'role':'assistant','content':'F','channel':'final'}]} # {'tokens':14,'labels':[[2,14]]}",
                "{'cmd':'mask','mode':'training','policy':'keep-all','weights':{'final':2.0,'*':0.0},'messages':["
                        + "{'role':'assistant','content':'A','channel':'analysis'},"
                        + "{'role':'assistant','content':'F','channel':'final'}]}"
                        + " # {'labels':[[7,14]],'weights':[[7,14,2.0]]}",
                "{'cmd':'mask','mode':'samples-per-turn','messages':[{'role':'user','content':'U'},"
                        + "{'role':'assistant','content':'F','channel':'final'}]}"
                        + " # {'samples':[{'tokens':12,'last_token':200002,'labels':[[7,12]],'messages':[0,1]}]}",
                "{'cmd':'compaction','budget':9,'low':0.5,'policy':'keep-all','messages':["
                        + "{'role':'user','content':'U'},{'role':'user','content':'U'}]}"
                        + " # {'fits':false,'before':12,'after':12,'steps':[],'messages':[0,1],'changed':{}}",
                "{'cmd':'import','row':{'text':'T','n':1},'date':'2026-01-31'} # {'detected':'text','text':'T','unused':['n']}",
                "{'cmd':'import','row':{'text':7},'shape':'text','date':'2026-01-31'} # {'detected':'text','error_at':'/text'}",
                "{'cmd':'import','row':{'prompt':'P','completion':'C'},'shape':'detect','date':'2026-01-31'}"
                        + " # {'detected':'prompt-completion','weights':{'2':1.0}}",
                "{'cmd':'import','row':{},'date':'2026-01-31'} # {'error_at':''}",
                "{'cmd':'mask','chat':[{'role':'user','content':'U'},{'role':'assistant','content':'A'}],'date':'2026-01-01',"
                        + "'compat':'trl-assistant-only-loss'} # {'tokens':73,'labels':[[66,73]]}",
                "{'cmd':'mask','chat':[{'role':'user','content':'U'},{'role':'assistant','content':'A'}],'date':'2026-01-01',"
                        + "'compat':'unsloth-responses-only'} # {'tokens':73,'labels':[[71,73]]}",
                "{'cmd':'compaction','budget':9,'low':0.5,'policy':'keep-all','keep_results':0,'summary':'S','messages':["
                        + "{'role':'user','content':'U'},{'role':'assistant','content':'A','channel':'final'},"
                        + "{'role':'user','content':'U'}]}"
                        + " # {'fits':false,'before':19,'after':12,'pinned':2,'steps':[['summary',[0,1],7]],'messages':[2]}",
                "{'cmd':'compaction','budget':9,'low':0.5,'policy':'keep-all','replay':'turns','turns':1,'messages':[]}"
                        + " # {'turns':[[212,false,true]],'columns':['prompt tokens','compacted','extends the previous prompt']}",
                "{'cmd':'faithful_schema','schema':{'properties':{'a':{'$ref':''}}}}"
                        + " # {'typescript':'{\\na?: Self,\\n}','helpers':['type Self = {\\na?: Self,\\n};'],"
                        + "'equals_reference':false,'reference_text_is_valid_typescript':true}",
                "{'cmd':'render','dialect':'oss','conversation':{'messages':[{'role':'user','content':'U',"
                        + "'content_type':'json'}]}} # {'tokens':[200006,1428,220,200003,4108,200008,52,200007]}",
                "{'cmd':'render','policy':'keep-all','autoDropAnalysis':true,'conversation':{'messages':["
                        + "{'role':'assistant','content':'A','channel':'analysis'},"
                        + "{'role':'assistant','content':'F','channel':'final'}]}}"
                        + " # {'tokens':[200006,173781,200005,35644,200008,32,200007,200006,173781,200005,17196,200008,37,200007]}",
                "{'cmd':'parse','tokens':[200008,13225],'role':'assistant','mode':'strict'} # {'diagnostics':[]}",
                "{'cmd':'parse','chunks':['<|mess','age|>Hi'],'role':'assistant'}"
                        + " # {'messages':[{'role':'assistant','content':'Hi'}]}",
                "{'cmd':'parse','tokens':[200005,35644,200008,13225],'role':'assistant'}"
                        + " # {'usage':{'completion_tokens':4,'reasoning_tokens':1}}",
                "{'cmd':'grammar_export','format':'regex','config':{'response_format':{'type':'json_schema',"
                        + "'json_schema':{'schema':{'enum':[null,'a']}}}}} # {'grammar':'\\\"a\\\"|null'}",
                "{'cmd':'grammar_export','format':'lark','config':{}} # {'stop_tokens':[199999]}",
            })
    void answersAsTheProtocolSays(String request, String expected) {
        assertThat(answer(request).members())
                .containsAllEntriesOf(Json.parse(json(expected)).members());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'cmd':'parse','tokens':[13225],'mode':'strict'} # format",
                "{'cmd':'render_chat','messages':[],'date':'2026-01-01'} # argument",
                "{'cmd':'render_chat','messages':[{'role':'user','content':''}],'date':'today'} # argument",
                "{'cmd':'render_chat','messages':[{'role':'user','content':''}],'date':'2026-01-01','dialect':'oss'} # argument",
                "{'cmd':'mask','chat':[{'role':'user','content':''}],'date':'2026-01-01','compat':'axolotl'} # argument",
                "{'cmd':'parse','tokens':['a']} # argument",
                "{'cmd':'parse','tokens':[200008],'role':'robot'} # argument",
                "{'cmd':'parse','tokens':[200008],'mode':'loose'} # argument",
                "{'cmd':'stream','tokens':[200008],'end':'soon'} # argument",
                "{'cmd':'detokenize','tokens':[201089]} # argument",
                "{'cmd':'detokenize','tokens':[99999999999]} # argument",
                "{'cmd':'tokenize'} # argument",
                "{'cmd':'tokenize','text':1} # argument",
                "{'cmd':'render','conversation':{'messages':[{'role':'robot','content':''}]}} # argument",
                "{'cmd':'render','conversationJson':'{'} # argument",
                "{'cmd':'render'} # argument",
                "{'cmd':'render_message','message':{'role':'tool','content':'x'}} # argument",
                "{'cmd':'render','policy':'hf','conversation':{'messages':[]}} # argument",
                "{'cmd':'policy','messages':[],'policies':['hf']} # argument",
                "{'cmd':'policy','messages':[]} # argument",
                "{'cmd':'policy','messages':[],'growth':true} # argument",
                "{'cmd':'policy','policies':['drop-all']} # argument",
                "{'cmd':'response_format','formats':[{'name':'a'}]} # argument",
                "{'cmd':'import','row':{},'date':'2026-13-01'} # argument",
                "{'cmd':'import','row':{},'shape':'alien','date':'2026-01-31'} # argument",
                "{'cmd':'grammar_export','format':'ebnf','config':{}} # argument",
                "{'cmd':'grammar_export','format':'regex','config':{}} # argument",
                "{'tokens':[]} # argument",
                "[] # argument",
            })
    void failingOperationIsAnsweredWithItsKind(String request, String kind) {
        JsonValue error = answer(request).get("error");
        assertThat(error.get("kind").text()).isEqualTo(kind);
        assertThat(error.get("message").text()).startsWith("expected");
    }

    @Test
    void responseFormatsAreShownInTheMessageThatAsksForThem() {
        JsonObject alone = answer(
                "{'cmd':'response_format','instructions':'I.'," + "'formats':[{'name':'a','schema':{'z':1e2,'b':2}}]}");
        JsonObject withTools = answer("{'cmd':'response_format','instructions':null,"
                + "'formats':[{'name':'a','description':'d','schema':{}}],'tools':[{'name':'f','description':'F.'}]}");

        assertThat(alone.get("developer_text").text())
                .isEqualTo("# Instructions\n\nI.\n\n# Response Formats\n\n## a\n\n{\"z\":100.0,\"b\":2}");
        assertThat(alone.get("tokens").intValue())
                .isEqualTo(4
                        + Tokenizer.o200kHarmony()
                                .count(alone.get("developer_text").text()));
        assertThat(alone.get("same_as_separate_part").booleanValue()).isFalse();
        assertThat(withTools.get("developer_text").text())
                .isEqualTo("# Tools\n\n## functions\n\nnamespace functions {\n\n// F.\ntype f = () => any;\n\n"
                        + "} // namespace functions\n\n# Response Formats\n\n## a\n\n// d\n{}");
        assertThat(withTools.get("same_as_separate_part").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"-0.0, -0.0", "-0, -0.0", "1e2, 100.0", "18446744073709551616, 1.8446744073709552e19"})
    void numbersOfAConversationAreReadAsTheFormatReadsThem(String number, String printed) throws IOException {
        assertThat(run(renderWithDefault(number)).get(0))
                .isEqualTo(run(renderWithDefault(printed)).get(0));
        assertThat(new Driver()
                        .answer(JsonObject.builder()
                                .put("cmd", "schema")
                                .put("schemaJson", schemaWithDefault(number))
                                .build())
                        .get("typescript")
                        .text())
                .contains("// default: " + printed + "\n");
    }

    @Test
    void numberBeyondADoubleIsRefused() throws IOException {
        assertThat(run(renderWithDefault("1e400"))
                        .get(0)
                        .get("error")
                        .get("kind")
                        .text())
                .isEqualTo("argument");
    }

    private static String renderWithDefault(String number) {
        return "{'cmd':'render','mode':'conversation','conversation':{'messages':[{'role':'developer','content':["
                + "{'type':'developer_content','tools':{'functions':{'name':'functions','tools':["
                + "{'name':'f','description':'','parameters':" + schemaWithDefault(number) + "}]}}}]}]}}\n";
    }

    private static String schemaWithDefault(String number) {
        return json("{'type':'object','properties':{'a':{'type':'number','default':" + number + "}}}");
    }

    @Test
    void unknownCommandIsSkipped() {
        assertThat(answer("{'cmd':'sing'}").get("skipped").text())
                .contains("sing")
                .contains("tokenize");
    }

    /** What a driver may offer besides commands. */
    private static final List<String> OTHER_CAPABILITIES = List.of(
            "stop",
            "chunks",
            "usage",
            "stripped",
            "prefill",
            "end",
            "finish_reason",
            "dialect:openai",
            "dialect:oss",
            "dialect:hf");

    @Test
    void helloNamesWhatTheDriverOffers() {
        JsonObject answer = answer("{'cmd':'hello','protocol':1}");
        assertThat(answer.get("protocol").intValue()).isEqualTo(1);
        assertThat(answer.get("implementation").get("name").text()).isEqualTo("Harmony4J");
        List<JsonValue> capabilities = answer.get("capabilities").elements();
        assertThat(capabilities).extracting(JsonValue::text).containsAll(OTHER_CAPABILITIES);
        for (JsonValue capability : capabilities) {
            if (!OTHER_CAPABILITIES.contains(capability.text())) {
                assertThat(answer("{'cmd':'" + capability.text() + "'}").has("skipped"))
                        .isFalse();
            }
        }
    }

    @Test
    void streamStepsFollowTheTokens() {
        List<JsonValue> steps = answer("{'cmd':'stream','text':'<|message|>Hi<|end|>','role':'assistant'}")
                .get("steps")
                .elements();
        assertThat(steps)
                .extracting(step -> step.get("state").text())
                .containsExactly("Content", "Content", "ExpectStart", "ExpectStart");
        assertThat(steps)
                .extracting(step -> step.members().get("delta"))
                .containsExactly(JsonValue.ofNull(), JsonValue.of("Hi"), JsonValue.ofNull(), JsonValue.ofNull());
        assertThat(steps.get(1).get("content").text()).isEqualTo("Hi");
    }

    @Test
    void seqIsEchoedAndTheProcessLivesOn() throws IOException {
        List<JsonObject> answers =
                run("{'seq':1,'cmd':'tokenize'}\nnonsense\n\n{'seq':'b','cmd':'tokenize','text':''}\n");
        assertThat(answers).hasSize(3);
        assertThat(answers.get(0).get("seq").intValue()).isEqualTo(1);
        assertThat(answers.get(0).has("error")).isTrue();
        assertThat(answers.get(1).members()).containsEntry("seq", JsonValue.ofNull());
        assertThat(answers.get(2).get("seq").text()).isEqualTo("b");
        assertThat(answers.get(2).get("tokens").elements()).isEmpty();
    }

    @Test
    void stopEndsTheProcess() throws IOException {
        assertThat(run("{'seq':1,'cmd':'stop'}\n{'seq':2,'cmd':'hello'}\n")).hasSize(1);
    }

    private static JsonObject answer(String request) {
        return new Driver().answer(Json.parseAny(json(request)));
    }

    private static List<JsonObject> run(String requests) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Driver().run(new ByteArrayInputStream(json(requests).getBytes(StandardCharsets.UTF_8)), out);
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> (JsonObject) Json.parse(line))
                .toList();
    }

    private static String json(String quotedSingly) {
        return quotedSingly.strip().replace('\'', '"');
    }
}
