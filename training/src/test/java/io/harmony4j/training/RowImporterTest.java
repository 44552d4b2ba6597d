package io.harmony4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.Content;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowImporterTest {
    private static final String CALL = "assistant functions.f commentary <|constrain|>json: ";
    private static final String RESULT = "tool functions.f assistant commentary: ";

    @Test
    void systemMessageIsMade() {
        Content.System system =
                (Content.System) Rows.read("{'messages':[{'role':'user','content':'a'}],'reasoning_effort':'high'}")
                        .conversation()
                        .messages()
                        .get(0)
                        .content()
                        .get(0);
        assertThat(system)
                .isEqualTo(Content.System.DEFAULT
                        .withReasoningEffort(ReasoningEffort.HIGH)
                        .withConversationStartDate(LocalDate.of(2026, 1, 1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "MEDIUM # {'text':'t'}",
                "LOW    # {'reasoning_effort':'minimal'}",
                "HIGH   # {'reasoning_effort':'High','reasoning':{'effort':'low'}}",
                "LOW    # {'reasoning':{'effort':'low'}}",
                "MEDIUM # {'reasoning_effort':null,'reasoning':'I thought.'}",
            })
    void effortIsTheRowsOrMedium(ReasoningEffort effort, String fields) {
        JsonObject row = ((JsonObject) Rows.json(fields))
                .toBuilder()
                        .put("messages", Rows.json("[{'role':'user','content':'a'}]"))
                        .build();
        assertThat(new RowImporter(Rows.OPTIONS).read(row).conversation().toJson())
                .contains("\"reasoning_effort\":\"" + effort.jsonName());
    }

    @Test
    void leadingInstructionsAreOneMessageAndLaterOnesStayInTheirPlace() {
        assertThat(
                        Rows.said(
                                "{'messages':[{'role':'system','content':'A'},{'role':'system','content':''},"
                                        + "{'role':'developer','content':'B'},{'role':'user','content':'c'},{'role':'system','content':'D'}]}"))
                .containsExactly(
                        "developer: {\"role\":\"developer\",\"content\":[{\"type\":\"developer_content\",\"instructions\":\"A\\n\\nB\",\"tools\":null}]}",
                        "user: c",
                        "developer: {\"role\":\"developer\",\"content\":[{\"type\":\"developer_content\",\"instructions\":\"D\",\"tools\":null}]}");
    }

    @Test
    void thoughtsTextAndCallsComeInThisOrder() {
        assertThat(Rows.said("{'messages':[{'role':'assistant','content':'p','reasoning_content':'t','tool_calls':["
                        + "{'function':{'name':'f','arguments':{'a': [1, 2.50]}}},{'name':'f','arguments':null},"
                        + "{'type':'function','id':'c','function':{'name':'f','arguments':'not json'}}]}]}"))
                .containsExactly(
                        "assistant analysis: t",
                        "assistant commentary: p",
                        CALL + "{\"a\":[1,2.5]}",
                        CALL + "{}",
                        CALL + "not json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'reasoning':'a','thinking':'b'} # a # messages.thinking",
                "{'reasoning':'','reasoning_content':'a'} # a #",
                "{'reasoning':'a','reasoning_content':'a'} # a #",
                "{'reasoning_content':null,'thinking':'a'} # a #",
                "{'reasoning_details':[{'type':'reasoning.text','text':'a'},{'type':'reasoning.encrypted','data':'x'},"
                        + "{'type':'reasoning.text','text':'b'}]} # ab # messages.reasoning_details.data",
                "{'content':[{'type':'thinking','thinking':'a'},{'type':'text','text':'x'},{'type':'thinking','thinking':'b'}]} # a|b #",
                "{'reasoning':'a','content':[{'type':'thinking','thinking':'b'}]} # a #",
            })
    void firstThoughtThatIsNotEmptyIsAnalysis(String fields, String thought, String unused) {
        JsonObject message = ((JsonObject) Rows.json(fields))
                .toBuilder().put("role", "assistant").build();
        ImportedRow row = new RowImporter(Rows.OPTIONS).read(JsonObject.of("messages", JsonArray.of(List.of(message))));
        assertThat(row.conversation().messages().get(1).text()).isEqualTo(thought.replace('|', '\n'));
        assertThat(row.unusedFields()).isEqualTo(unused == null ? List.of() : List.of(unused));
    }

    @Test
    void refusalIsText() {
        assertThat(Rows.said("{'messages':[{'role':'assistant','content':null,'refusal':'No.'},"
                        + "{'role':'assistant','content':'Well.','refusal':'No.'},"
                        + "{'role':'assistant','content':[{'type':'refusal','refusal':'No.'}]}]}"))
                .containsExactly("assistant final: No.", "assistant final: Well.\nNo.", "assistant final: No.");
    }

    @Test
    void emptyTextIsAnAnswerButNoPreamble() {
        assertThat(Rows.said("{'messages':[{'role':'assistant','content':''},"
                        + "{'role':'assistant','content':'','tool_calls':[{'name':'f'}]},"
                        + "{'role':'assistant','content':null,'thinking':'t'}]}"))
                .containsExactly("assistant final: ", CALL + "{}", "assistant analysis: t");
    }

    @Test
    void resultsFindTheirCallsByIdNameOrAge() {
        String calls =
                "{'role':'assistant','tool_calls':[{'id':'1','name':'f'},{'id':'2','name':'g'},{'id':'3','name':'h'}]},";
        assertThat(names(calls + "{'role':'tool','tool_call_id':'2','content':''},{'role':'tool','content':''},"
                        + "{'role':'tool','content':''}"))
                .containsExactly("functions.g", "functions.f", "functions.h");
        assertThat(names(calls + "{'role':'tool','name':'f','content':''},{'role':'tool','content':''},"
                        + "{'role':'tool','tool_call_id':'9','name':'other','content':''}"))
                .containsExactly("functions.f", "functions.g", "functions.other");
        assertThat(
                        names(
                                calls
                                        + "{'role':'tool','tool_call_id':'1','name':'k','content':''},{'role':'tool','tool_call_id':'1','content':''}"))
                .as("an id again: the nearest call of it")
                .containsExactly("functions.f", "functions.f");
        assertThat(names(calls + "{'role':'assistant','tool_calls':[{'id':'1','name':'k'},{'id':'1','name':'l'}]},"
                        + "{'role':'tool','tool_call_id':'1','content':''},{'role':'tool','tool_call_id':'1','content':''},"
                        + "{'role':'tool','tool_call_id':'1','content':''}"))
                .as("the nearest turn first, and in it the first call")
                .containsExactly("functions.k", "functions.l", "functions.f");
        assertThat(names("{'role':'assistant','function_call':{'name':'f','arguments':'{}'}},"
                        + "{'role':'function','name':'f','content':null}"))
                .containsExactly("functions.f");
    }

    private static List<String> names(String messages) {
        return Rows.read("{'messages':[" + messages + "]}").conversation().messages().stream()
                .filter(message -> message.author().name() != null)
                .map(message -> String.valueOf(message.author().name()))
                .toList();
    }

    @Test
    void builtInToolsAndFullNamesStayAsTheyAre() {
        assertThat(Rows.said("{'messages':[{'role':'assistant','tool_calls':[{'name':'python','arguments':'1'},"
                        + "{'name':'functions.f'}]}]}"))
                .containsExactly("assistant python analysis code: 1", CALL + "{}");
        assertThat(
                        Rows.said(
                                "{'tools':[{'name':'python'}],'messages':[{'role':'assistant','tool_calls':[{'name':'python'}]}]}"))
                .last()
                .isEqualTo("assistant functions.python commentary <|constrain|>json: {}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'tools':[{'type':'function','function':{'name':'f','description':'d','parameters':{'type':'object'}}}]}",
                "{'tools':[{'type':'function','name':'f','description':'d','parameters':{'type':'object'}}]}",
                "{'tools':[{'name':'f','description':'d','parameters':'{\\'type\\': \\'object\\'}','strict':true}]}",
                "{'tools':'[{\\'name\\':\\'f\\',\\'description\\':\\'d\\',\\'parameters\\':{\\'type\\':\\'object\\'}}]'}",
                "{'functions':[{'name':'f','description':'d','parameters':{'type':'object'}}],'tools':''}",
            })
    void toolsMayBeFlatOrWrappedOrInAString(String tools) {
        JsonValue fields = Json.parseAny(tools.replace("\\'", "\\\"").replace('\'', '"'));
        for (String messages : List.of("messages", "conversations")) {
            JsonObject row = ((JsonObject) fields)
                    .toBuilder()
                            .put(messages, Rows.json("[{'role':'user','content':'a'}]"))
                            .build();
            ImportedRow read = new RowImporter(Rows.OPTIONS).read(row);
            assertThat(read.conversation().messages().get(1).toJson())
                    .contains("[{\"name\":\"f\",\"description\":\"d\",\"parameters\":{\"type\":\"object\"}}]");
            assertThat(read.unusedFields()).isEmpty();
        }
    }

    @Test
    void toolsInTurnsAreDeclaredInTheFirstDeveloperMessage() {
        assertThat(Rows.said(
                                "{'tools':[{'name':'f'}],'messages':[{'role':'system','content':'A'},{'role':'user','content':'b'}]}")
                        .get(0))
                .contains("\"instructions\":\"A\"", "\"name\":\"f\",\"description\":\"\"");
    }

    @Test
    void shareGptSpeakersGoUnderManyNames() {
        assertThat(Rows.said("{'system':'S','conversations':[{'from':'system','value':'T'},{'from':'user','value':'a'},"
                        + "{'from':'chatgpt','value':'b'},{'from':'human','value':'c'},{'role':'assistant','content':'d'},"
                        + "{'from':'bing','value':'e'},{'from':'bard','value':'f'},{'from':'model','value':'g'}]}"))
                .containsExactly(
                        "developer: {\"role\":\"developer\",\"content\":[{\"type\":\"developer_content\",\"instructions\":\"S\\n\\nT\",\"tools\":null}]}",
                        "user: a",
                        "assistant final: b",
                        "user: c",
                        "assistant final: d",
                        "assistant final: e",
                        "assistant final: f",
                        "assistant final: g");
    }

    @Test
    void shareGptCallsAreMessages() {
        String row = """
                {"conversations":[{"from":"human","value":"a"},
                {"from":"gpt","value":"Let me look."},
                {"from":"function_call","value":"<think>hm</think>{\\"name\\": \\"f\\", \\"arguments\\": {\\"x\\": 1}}"},
                {"from":"observation","value":"1"},
                {"from":"tool_call","value":"[{\\"name\\":\\"f\\",\\"arguments\\":\\"{ }\\"},{\\"name\\":\\"f\\"}]"},
                {"from":"tool","value":"2"},{"from":"function_response","value":"3"},
                {"from":"function_call","value":{"name":"f","arguments":{}}}]}""";
        assertThat(Rows.said(row))
                .containsExactly(
                        "user: a",
                        "assistant commentary: Let me look.",
                        "assistant analysis: hm",
                        CALL + "{\"x\":1}",
                        RESULT + "1",
                        CALL + "{ }",
                        CALL + "{}",
                        RESULT + "2",
                        RESULT + "3",
                        CALL + "{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "<think>t</think>a # assistant analysis: t, assistant final: a",
                " <think> t </think>  a  # assistant analysis: t, assistant final: a",
                "<think></think>a # assistant final: a",
                "<think>t</think> # assistant analysis: t",
                "<think>t # assistant final: <think>t",
                "a<think>t</think> # assistant final: a<think>t</think>",
                "<think>t</think>a</think>b # assistant analysis: t, assistant final: a</think>b",
            })
    void thinkTagsAtTheBeginningAreAnalysisWhereNothingElseIs(String text, String said) {
        String rest = ",'instruction':'u','output':'" + text + "'}";
        assertThat(String.join(", ", Rows.said("{'input':''" + rest))).isEqualTo("user: u, " + said);
        assertThat(String.join(", ", Rows.said("{'conversations':[{'from':'gpt','value':'" + text + "'}]}")))
                .isEqualTo(said);
        String chat = "[{'role':'assistant','content':'" + text + "'}]";
        assertThat(Rows.said(chat)).containsExactly("assistant final: " + text);
        assertThat(new RowImporter(Rows.OPTIONS.withThinkTags())
                        .read(Rows.json(chat))
                        .conversation())
                .isEqualTo(Rows.read("{'conversations':" + chat + "}").conversation());
    }

    @Test
    void alpacaIsHistoryThenInstructionAndInput() {
        assertThat(
                        Rows.said(
                                "{'instruction':'i','input':'x','output':'o','system':'S','history':[['a','<think>t</think>b']]}"))
                .containsExactly(
                        "developer: {\"role\":\"developer\",\"content\":[{\"type\":\"developer_content\",\"instructions\":\"S\",\"tools\":null}]}",
                        "user: a",
                        "assistant analysis: t",
                        "assistant final: b",
                        "user: i\nx",
                        "assistant final: o");
        assertThat(Rows.said("{'instruction':'i','input':null,'output':'o','history':null}"))
                .containsExactly("user: i", "assistant final: o");
        assertThat(Rows.said("{'instruction':'','input':'x','output':''}"))
                .containsExactly("user: x", "assistant final: ");
    }

    @Test
    void messagesOfThinkingRowsWinOverTheirColumns() {
        ImportedRow row = Rows.read(
                "{'reasoning_language':'French','developer':'D','user':'U','analysis':'A','final':'F',"
                        + "'messages':[{'role':'user','content':'u','thinking':null},{'role':'assistant','content':'f','thinking':'a'}]}");
        assertThat(row.conversation().messages())
                .extracting(message -> message.text())
                .containsExactly("", "u", "a", "f");
        assertThat(row.unusedFields()).isEmpty();
        assertThat(Rows.said("{'developer':'','user':'U','analysis':'A','final':'F'}"))
                .containsExactly("user: U", "assistant analysis: A", "assistant final: F");
    }

    @Test
    void promptAndCompletionMayBeTexts() {
        ImportedRow row = Rows.read("{'prompt':'a','completion':'b'}");
        assertThat(row.conversation().messages())
                .extracting(message -> message.text())
                .containsExactly("", "a", "b");
        assertThat(row.weights()).isEqualTo(Map.of(2, 1.0));
    }

    @Test
    void callsOfThePromptAreAnsweredInTheCompletion() {
        ImportedRow row = Rows.read(
                "{'prompt':[{'role':'assistant','tool_calls':[{'id':'c','name':'f'}]}],"
                        + "'completion':[{'role':'tool','tool_call_id':'c','content':'1'},{'role':'assistant','content':'b','weight':0.5}]}");
        assertThat(row.weights()).isEqualTo(Map.of(1, 0.0, 3, 0.5));
    }

    @Test
    void weightsAreThoseOfAllMessagesMadeOfOne() {
        assertThat(Rows.read(
                                "{'tools':[{'name':'f'}],'messages':[{'role':'user','content':'a'},"
                                        + "{'role':'assistant','content':'p','thinking':'t','tool_calls':[{'name':'f'}],'weight':0}]}")
                        .weights())
                .isEqualTo(Map.of(3, 0.0, 4, 0.0, 5, 0.0));
        assertThat(Rows.read(
                                "{'conversations':[{'from':'gpt','value':'a','train':false},{'from':'gpt','value':'a','train':1},"
                                        + "{'from':'gpt','value':'a','train':null}]}")
                        .weights())
                .isEqualTo(Map.of(1, 0.0, 2, 1.0));
        assertThat(Rows.read("{'messages':[{'role':'assistant','channel':'final','content':'a','weight':2}]}")
                        .weights())
                .isEqualTo(Map.of(0, 2.0));
    }

    @Test
    void harmonyRowsAreReadAsTheyAre() {
        ImportedRow row = Rows.read(
                "{'messages':[{'role':'assistant','channel':'final','content':'b','sampled_tokens':[1]}],'source':'x'}");
        assertThat(row.shape()).isEqualTo(RowShape.HARMONY);
        assertThat(row.conversation().toJson())
                .isEqualTo("{\"messages\":[{\"role\":\"assistant\",\"content\":\"b\",\"channel\":\"final\"}]}");
        assertThat(row.unusedFields()).containsExactly("messages.sampled_tokens", "source");
        assertThat(new RowImporter(Rows.OPTIONS.withShape(RowShape.HARMONY))
                        .read(Rows.json("[{'role':'user','content':'b'}]"))
                        .conversation()
                        .messages())
                .hasSize(1);
    }

    @Test
    void responsesAreReadAsRequests() {
        ImportedRow row = Rows.read("{'instructions':'S','input':[{'role':'user','content':'a'},"
                + "{'type':'reasoning','content':[{'type':'reasoning_text','text':'t'}]},"
                + "{'type':'function_call','call_id':'c','name':'f','arguments':'{}','cost':1},{'type':'reasoning','summary':[{'type':'summary_text','text':'s'}]},"
                + "{'type':'function_call_output','call_id':'c','output':'1'}],"
                + "'output':[{'type':'message','role':'assistant','content':[{'type':'output_text','text':'b'}]}],"
                + "'reasoning':{'effort':'high'},'temperature':7,'usage':{}}");
        assertThat(row.conversation().messages().stream().map(message -> message.text()))
                .containsExactly("", "", "a", "t", "{}", "1", "b");
        assertThat(row.unusedFields()).containsExactly("input.cost", "input.summary", "temperature");
        assertThat(Rows.said("{'items':'a','output':'b'}")).containsExactly("user: a", "assistant final: b");
    }

    @Test
    void textIsNoConversation() {
        ImportedRow row = Rows.read("{'text':'Once.','meta':{'url':'u'}}");
        assertThat(row.text()).contains("Once.");
        assertThat(row.unusedFields()).containsExactly("meta");
        assertThat(row.shape()).isEqualTo(RowShape.TEXT);
        assertThatThrownBy(row::conversation)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("expected a row with a conversation but found a text; ask text() first");
        assertThat(Rows.read("[{'role':'user','content':'a'}]").text()).isEmpty();
    }

    @Test
    void unusedFieldsAreNamedOnceWithoutIndicesAndWithoutNoise() {
        assertThat(Rows.read(
                                "{'id':1,'object':'x','source':'s','none':null,'empty':[],'messages':["
                                        + "{'role':'user','content':[{'type':'text','text':'a','cache':1},{'type':'text','text':'b','cache':1}],'meta':1},"
                                        + "{'role':'assistant','content':'b','meta':2,'annotations':[1],'audio':null,'refusal':null,'logprobs':{'a':1},"
                                        + "'name':'x'}],'tools':[{'type':'function','function':{'name':'f','note':1},'version':2}]}")
                        .unusedFields())
                .containsExactly(
                        "source",
                        "messages.content.cache",
                        "messages.meta",
                        "messages.name",
                        "tools.function.note",
                        "tools.version");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "/messages # {'messages':null} # a list but found null",
                "/messages # {'messages':[]} # at least one element",
                "/messages/0 # {'messages':[7]} # an object but found 7",
                "/messages/0/role # {'messages':[{'content':'a'}]} # a string but found none",
                "/messages/0/role # {'messages':[{'role':'alien','content':'a'}]} # expected a role (system, developer, user, assistant, tool, function) but found \"alien\"",
                "/0/role # [{'role':'alien','content':'a'}] # a role",
                "/messages/0/content # {'messages':[{'role':'user'}]} # but found none",
                "/messages/0/content # {'messages':[{'role':'user','content':{}}]} # a string or a list of parts but found an object",
                "/messages/0/content # {'messages':[{'role':'user','content':[]}]} # with text but found a list",
                "/messages/0/content # {'messages':[{'role':'system','content':null}]} # but found null",
                "/messages/0/content # {'messages':[{'role':'assistant','content':null,'tool_calls':[]}]} # where there are neither calls nor thoughts",
                "/messages/0/content # {'messages':[{'role':'assistant'}]} # but found none",
                "/messages/0/content/1/type # {'messages':[{'role':'user','content':[{'type':'text','text':'a'},{'type':'image_url','image_url':{}}]}]} # the models read text only, but found \"image_url\"",
                "/messages/0/content/0/type # {'messages':[{'role':'user','content':[{'type':'thinking','thinking':'a'}]}]} # text, input_text, output_text, refusal)",
                "/messages/0/content/0/text # {'messages':[{'role':'user','content':[{'type':'text'}]}]} # a string but found none",
                "/messages/0/content/0 # {'messages':[{'role':'user','content':['a']}]} # an object but found \"a\"",
                "/messages/0/name # {'messages':[{'role':'user','content':'a','name':'John Doe'}]} # without white space",
                "/messages/0/thinking # {'messages':[{'role':'assistant','content':'a','thinking':true}]} # a string but found true",
                "/messages/0/weight # {'messages':[{'role':'assistant','content':'a','weight':-1}]} # 0 or more, or true or false but found -1",
                "/messages/0/weight # {'messages':[{'role':'assistant','content':'a','weight':'1'}]} # a weight",
                "/messages/0/tool_calls # {'messages':[{'role':'assistant','tool_calls':'x'}]} # a list",
                "/messages/0/tool_calls/0 # {'messages':[{'role':'assistant','tool_calls':[null]}]} # an object",
                "/messages/0/tool_calls/0/type # {'messages':[{'role':'assistant','tool_calls':[{'type':'mcp','name':'f'}]}]} # expected \"function\"",
                "/messages/0/tool_calls/0/function/name # {'messages':[{'role':'assistant','tool_calls':[{'function':{}}]}]} # a string but found none",
                "/messages/0/tool_calls/0/function/name # {'messages':[{'role':'assistant','tool_calls':[{'function':{'name':'a b'}}]}]} # without white space",
                "/messages/0/tool_calls/0/arguments # {'messages':[{'role':'assistant','tool_calls':[{'name':'f','arguments':[1]}]}]} # an object, or its JSON in a string but found a list",
                "/messages/0/tool_call_id # {'messages':[{'role':'tool','content':'a'}]} # but found no call before it that is open",
                "/messages/0/tool_call_id # {'messages':[{'role':'tool','tool_call_id':'c','content':'a'}]} # but found \"c\"",
                "/messages/0/tool_call_id # {'messages':[{'role':'tool','tool_call_id':7,'content':'a'}]} # a string but found 7",
                "/messages/1/content # {'messages':[{'role':'assistant','tool_calls':[{'name':'f'}]},{'role':'tool','content':null}]} # but found null",
                "/messages/0/name # {'messages':[{'role':'function','content':'a'}]} # a string but found none",
                "/reasoning_effort # {'messages':[{'role':'user','content':'a'}],'reasoning_effort':'huge'} # an effort (none, minimal, low, medium, high, xhigh, max) but found \"huge\"",
                "/tools # {'messages':[{'role':'user','content':'a'}],'tools':'['} # expected JSON in the string",
                "/tools # {'messages':[{'role':'user','content':'a'}],'tools':'[{}]'} # in the JSON of this string, at /0/name: expected a string but found none",
                "/tools # {'messages':[{'role':'user','content':'a'}],'tools':'7'} # in the JSON of this string: expected a list but found 7",
                "/tools/0/type # {'messages':[{'role':'user','content':'a'}],'tools':[{'type':'custom'}]} # \"function\"",
                "/tools/0/function/name # {'messages':[{'role':'user','content':'a'}],'tools':[{'function':{'name':'a b'}}]} # letters, digits",
                "/tools/1/name # {'messages':[{'role':'user','content':'a'}],'tools':[{'name':'f'},{'name':'f'}]} # \"f\" twice",
                "/tools/0/parameters # {'messages':[{'role':'user','content':'a'}],'tools':[{'name':'f','parameters':7}]} # an object",
                "/conversations # {'conversations':{}} # a list",
                "/conversation/0/from # {'conversation':[{'value':'a'}]} # a string but found none",
                "/conversations/0/from # {'conversations':[{'from':'alien','value':'a'}]} # a speaker (human,",
                "/conversations/0/role # {'conversations':[{'role':'alien','content':'a'}]} # a speaker",
                "/conversations/0/value # {'conversations':[{'from':'human'}]} # found none",
                "/conversations/0/content # {'conversations':[{'role':'user'}]} # found none",
                "/conversations/0 # {'conversations':[{'from':'observation','value':'a'}]} # no call before it that is open",
                "/conversations/0/value # {'conversations':[{'from':'function_call','value':'f(x)'}]} # JSON in the string",
                "/conversations/0/value # {'conversations':[{'from':'function_call','value':''}]} # in the JSON of this string: expected an object but found null",
                "/conversations/0/value # {'conversations':[{'from':'function_call','value':'{}'}]} # at /name: expected a string",
                "/output # {'instruction':'a','output':null} # a string but found null",
                "/history/0 # {'instruction':'a','output':'b','history':[['a']]} # a question and its answer but found 1 elements",
                "/history/0/1 # {'instruction':'a','output':'b','history':[['a',7]]} # a string but found 7",
                "/final # {'user':'a','final':null} # a string but found null",
                "/prompt # {'prompt':7,'completion':'a'} # a list but found 7",
                "/completion/0/role # {'prompt':'a','completion':[{'role':'x'}]} # a role",
                "/text # {'text':['a']} # a string but found a list",
                "/messages/1/content # {'messages':[{'role':'user','content':'a'},{'role':'assistant','channel':'final'}]} # the field \"content\"",
                "/messages/0/role # {'messages':[{'role':'alien','channel':'final','content':''}]} # a role (",
                "/messages/0/content/0/tools/a b/name # {'messages':[{'role':'developer','content':[{'type':'developer_content','tools':{'a b':{}}}]}]} # the field \"name\"",
                "/messages/0/name # {'messages':[{'role':'tool','channel':'commentary','content':'a'}]} # the tool's name",
                "/messages/0/content/0 # {'messages':[{'role':'user','content':[{'type':'system_content'}]}]} # expected text in a message of the role user",
                "/messages/0/channel # {'messages':[{'role':'user','content':'a','channel':7}]} # a string",
                "/input # {'input':7} # a string or a list of items",
                "/input # {'input':[]} # empty array",
                "/input/0/content/0/type # {'input':[{'role':'user','content':[{'type':'input_image'}]}]} # text only",
                "/items/1/role # {'items':['x'],'items':[{'role':'user','content':'a'},{'role':'alien','content':'a'}]} # alien",
                "/input/1/call_id # {'input':[{'role':'user','content':'a'},{'type':'function_call_output','call_id':'c','output':'1'}]} # No tool call found",
                "/input/0/id # {'input':[{'type':'item_reference','id':'x'}]} # not found",
                "/output/0/type # {'input':'a','output':[{'type':'alien'}]} # alien",
                "/reasoning_effort # {'input':'a','reasoning_effort':'huge'} # huge",
                "/tools/0/name # {'input':'a','tools':[{'type':'function','name':'a b'}]} # tools[0].name",
                "/tools # {'input':'a','tools':'[{}]'} # tools[0].type",
            })
    void faultHasAPointerAndAReason(String pointer, String row, String reason) {
        assertThatThrownBy(() -> Rows.read(row))
                .isInstanceOfSatisfying(
                        RowException.class, e -> assertThat(e.pointer()).isEqualTo(pointer))
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "CHAT # {'conversations':[]} # /messages",
                "ALPACA # {'messages':[]} # /instruction",
                "TEXT # [] # ``",
                "HARMONY # 7 # ``",
                "RESPONSES # 'x' # ``",
                "SHAREGPT # {'messages':[]} # /conversations",
                "HF_THINKING # {} # /user",
            })
    void shapeThatIsGivenIsNotGuessed(RowShape shape, String row, String pointer) {
        assertThatThrownBy(() -> new RowImporter(Rows.OPTIONS.withShape(shape)).read(Rows.json(row)))
                .isInstanceOfSatisfying(
                        RowException.class, e -> assertThat(e.pointer()).isEqualTo(pointer));
    }

    @Test
    void depthIsRefusedWhereItIs() {
        JsonValue deep = JsonValue.of("x");
        for (int i = 0; i < 1200; i++) {
            deep = JsonObject.of("a", deep);
        }
        JsonObject call =
                JsonObject.builder().put("name", "f").put("arguments", deep).build();
        JsonObject message = JsonObject.builder()
                .put("role", "assistant")
                .put("tool_calls", JsonArray.of(List.of(call)))
                .build();
        assertThatThrownBy(() -> new RowImporter(Rows.OPTIONS).read(JsonArray.of(List.of(message))))
                .isInstanceOfSatisfying(
                        RowException.class, e -> assertThat(e.pointer()).isEqualTo("/0/tool_calls/0/arguments"));
        JsonObject tool =
                JsonObject.builder().put("name", "f").put("parameters", deep).build();
        assertThatThrownBy(() -> new RowImporter(Rows.OPTIONS)
                        .read(JsonObject.builder()
                                .put("messages", JsonArray.of(List.of()))
                                .put("tools", JsonArray.of(List.of(tool)))
                                .build()))
                .isInstanceOfSatisfying(
                        RowException.class, e -> assertThat(e.pointer()).isEqualTo("/tools/0/parameters"));
    }

    @Test
    void longValuesAreReadAndNotShown() {
        String large = "x".repeat(50_000_000);
        JsonObject user =
                JsonObject.builder().put("role", "user").put("content", large).build();
        assertThat(new RowImporter(Rows.OPTIONS)
                        .read(JsonArray.of(List.of(user)))
                        .conversation()
                        .messages()
                        .get(1)
                        .text())
                .hasSize(large.length());
        JsonObject alien = JsonObject.builder().put("role", large).build();
        assertThatThrownBy(() -> new RowImporter(Rows.OPTIONS).read(JsonArray.of(List.of(alien))))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    @Test
    @SuppressWarnings("NullAway") // null is the point
    void nullIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> new RowImporter(null)).withMessage("options");
        assertThatNullPointerException()
                .isThrownBy(() -> new RowImporter(Rows.OPTIONS).read(null))
                .withMessage("row");
        assertThatNullPointerException().isThrownBy(() -> RowShape.detect(null)).withMessage("row");
        assertThatNullPointerException().isThrownBy(() -> RowShape.find(null)).withMessage("wireName");
    }
}
