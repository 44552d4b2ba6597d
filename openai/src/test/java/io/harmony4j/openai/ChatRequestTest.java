package io.harmony4j.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Content;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.Recipient;
import io.harmony4j.ToolChoice;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.openai.ApiOptions.ReasoningFields;
import io.harmony4j.renderer.AnalysisPolicy;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Chat Completions requests become. */
class ChatRequestTest {
    private static final String CALL =
            "{'id':'call_a','type':'function','function':{'name':'get_weather','arguments':'{}'}}";
    private static final String WEATHER = "{'type':'function','function':{'name':'get_weather'}}";

    private static ChatRequest read(String json) {
        return new ChatCompletions(ApiOptions.DEFAULT).request(json.replace('\'', '"'));
    }

    private static ChatRequest request(String members) {
        return read(
                "{'messages':[{'role':'user','content':'Hi'}]%s}".formatted(members.isEmpty() ? "" : "," + members));
    }

    private static List<String> lines(String... messages) {
        return Lines.of(
                read("{'messages':[" + String.join(",", messages) + "]}").wholeConversation());
    }

    private static Content.System system(ChatRequest request) {
        return (Content.System)
                request.conversation().messages().get(0).content().get(0);
    }

    @Test
    void theSystemMessageIsTheModels() {
        Clock clock = Clock.fixed(Instant.parse("2026-03-04T23:59:59Z"), ZoneOffset.ofHours(9));
        ApiOptions options = ApiOptions.DEFAULT.withClock(clock);
        String json = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        ChatRequest request = new ChatCompletions(options).request(json);
        assertThat(system(request))
                .isEqualTo(Content.System.DEFAULT.withConversationStartDate(LocalDate.of(2026, 3, 4)));
        ChatRequest pinned = new ChatCompletions(options.withDate(LocalDate.of(2025, 1, 2))).request(json);
        assertThat(system(pinned).conversationStartDate()).isEqualTo("2025-01-02");
    }

    @Test
    void leadingInstructionsAreOneDeveloperMessage() {
        assertThat(lines(
                        "{'role':'system','content':'A.'}",
                        "{'role':'developer','content':[{'type':'text','text':'B'},{'type':'text','text':'C'}]}",
                        "{'role':'system','content':''}",
                        "{'role':'user','content':'Hi'}",
                        "{'role':'system','content':'Later.'}"))
                .containsExactly("developer | A.\n\nB\nC", "user | Hi", "developer | Later.");
        assertThat(lines("{'role':'system','content':''}", "{'role':'user','content':''}"))
                .containsExactly("user | ");
    }

    @Test
    void usersHaveNames() {
        assertThat(lines("{'role':'user','name':'bob','content':'Hi'}")).containsExactly("user:bob | Hi");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "'content':'Hello' # assistant final | Hello",
                "'content':'','refusal':'No.' # assistant final | No.",
                "'content':[{'type':'text','text':'a'},{'type':'refusal','refusal':'b'}] # assistant final | a⏎b",
                "'content':'x','reasoning':'r','reasoning_content':'other' # assistant analysis | r;assistant final | x",
                "'content':'x','reasoning':'','reasoning_content':'r' # assistant analysis | r;assistant final | x",
                "'content':null,'thinking':'r' # assistant analysis | r",
                "'content':'x','reasoning':{'a':1} # assistant final | x",
                "'content':'x','reasoning_details':[{'type':'reasoning.text','text':'a'},{'type':'reasoning.summary','summary':'s'},{'type':'reasoning.text','text':'b'}] # assistant analysis | ab;assistant final | x",
                "'content':'x','tool_calls':[] # assistant final | x",
                "'content':'Look.','reasoning':'r','tool_calls':[CALL] # assistant analysis | r;assistant commentary | Look.;assistant to=functions.get_weather commentary <|constrain|>json | {}",
                "'tool_calls':[{'function':{'name':'f'}}] # assistant to=functions.f commentary <|constrain|>json | {}",
                "'tool_calls':[{'function':{'name':'f','arguments':{'b': 1,'a':[ ]}}}] # assistant to=functions.f commentary <|constrain|>json | {'b':1,'a':[]}",
                "'tool_calls':[{'function':{'name':'f','arguments':'no json'}}] # assistant to=functions.f commentary <|constrain|>json | no json",
                "'tool_calls':[{'type':'custom','custom':{'name':'sh','input':'ls'}}] # assistant to=functions.sh commentary <|constrain|>json | {'input':'ls'}",
                "'tool_calls':[{'function':{'name':'python','arguments':'1+1'}}] # assistant to=python analysis code | 1+1",
                "'tool_calls':[{'function':{'name':'crm.find'}}] # assistant to=functions.crm.find commentary <|constrain|>json | {}",
                "'function_call':{'name':'f','arguments':'{}'} # assistant to=functions.f commentary <|constrain|>json | {}",
            })
    void theAssistantsMessagesAreDivided(String members, String expected) {
        String message = "{'role':'assistant'," + members.replace("CALL", CALL) + "}";
        assertThat(lines(message))
                .isEqualTo(
                        List.of(expected.replace('\'', '"').replace('⏎', '\n').split(";")));
    }

    @Test
    void aResultBelongsToTheNearestOpenCallOfItsId() {
        String other = "{'id':'call_a','type':'function','function':{'name':'now'}}";
        assertThat(lines(
                        "{'role':'assistant','tool_calls':[" + CALL + "]}",
                        "{'role':'tool','tool_call_id':'call_a','content':'1'}",
                        "{'role':'assistant','tool_calls':[" + other + "," + CALL + "]}",
                        "{'role':'tool','tool_call_id':'call_a','content':'2'}",
                        "{'role':'tool','tool_call_id':'call_a','content':'3'}",
                        "{'role':'tool','tool_call_id':'call_a','content':'4'}"))
                .filteredOn(line -> line.startsWith("tool"))
                .containsExactly(
                        "tool:functions.get_weather to=assistant commentary | 1",
                        "tool:functions.now to=assistant commentary | 2",
                        "tool:functions.get_weather to=assistant commentary | 3",
                        "tool:functions.get_weather to=assistant commentary | 4");
    }

    @Test
    void aResultWithoutItsCallNeedsAName() {
        assertThat(lines("{'role':'tool','tool_call_id':'x','name':'f','content':'1'}"))
                .containsExactly("tool:functions.f to=assistant commentary | 1");
        assertThat(lines(
                        "{'role':'assistant','function_call':{'name':'f'}}",
                        "{'role':'function','name':'f','content':'1'}"))
                .contains("tool:functions.f to=assistant commentary | 1");
    }

    @Test
    void toolsAreDeclaredInTheirOrder() {
        ChatRequest request = request("'tools':[" + WEATHER
                + ",{'type':'custom','custom':{'name':'a.b'}}],'response_format':{'type':'json_object'}");
        assertThat(Lines.of(request.conversation()))
                .first()
                .isEqualTo("developer |  [functions.get_weather, functions.a.b] = {\"type\":\"object\"}");
        assertThat(request.tools()).containsExactly(Recipient.function("get_weather"), Recipient.function("a.b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "'auto' # AUTO # ``",
                "'required' # REQUIRED # ``",
                "'none' # NONE # ``",
                "null # AUTO # ``",
                "{'type':'function','function':{'name':'get_weather'}} # NAMED # functions.get_weather",
                "{'type':'allowed_tools','allowed_tools':{'mode':'required','tools':[{'type':'function','function':{'name':'get_weather'}}]}} # REQUIRED # functions.get_weather",
                "{'type':'allowed_tools','allowed_tools':{'tools':[{'type':'function','function':{'name':'get_weather'}}]}} # AUTO # functions.get_weather",
            })
    void toolsAreChosen(String choice, ToolChoice.Mode mode, String tool) {
        ChatRequest request = request("'tools':[" + WEATHER + "],'tool_choice':" + choice);
        List<Recipient> tools = tool.isEmpty() ? List.of() : List.of(Recipient.of(tool));
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice(mode, tools));
        assertThat(request.tools()).hasSize(mode == ToolChoice.Mode.NONE ? 0 : 1);
    }

    @Test
    void withoutToolsNoneIsChosen() {
        assertThat(request("'tool_choice':'auto'").toolChoice()).isEqualTo(ToolChoice.NONE);
        assertThat(request("'tools':[]").toolChoice()).isEqualTo(ToolChoice.NONE);
    }

    @Test
    void oldClientsHaveFunctions() {
        ChatRequest request = request("'functions':[{'name':'f'}],'function_call':{'name':'f'}");
        assertThat(request.hasLegacyFunctions()).isTrue();
        assertThat(request.toolChoice())
                .isEqualTo(new ToolChoice(ToolChoice.Mode.NAMED, List.of(Recipient.function("f"))));
        assertThat(request("").hasLegacyFunctions()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"none,LOW", "minimal,LOW", "low,LOW", "medium,MEDIUM", "high,HIGH", "xhigh,HIGH", "max,HIGH"})
    void effortHasThreeLevels(String word, ReasoningEffort effort) {
        assertThat(system(request("'reasoning_effort':'" + word + "'")).reasoningEffort())
                .isEqualTo(effort);
        assertThat(system(request("'reasoning':{'effort':'" + word + "'}")).reasoningEffort())
                .isEqualTo(effort);
        assertThat(system(request("'reasoning':{'effort':'" + word + "'},'reasoning_effort':'low'"))
                        .reasoningEffort())
                .isEqualTo(ReasoningEffort.LOW);
    }

    @Test
    void reasoningMayBeLeftOut() {
        assertThat(request("").reasoningFields()).isEqualTo(ReasoningFields.BOTH);
        assertThat(request("'reasoning':{'exclude':true}").reasoningFields()).isEqualTo(ReasoningFields.NONE);
        assertThat(request("'include_reasoning':false").reasoningFields()).isEqualTo(ReasoningFields.NONE);
    }

    @Test
    void numbersAreForTheGenerator() {
        ChatRequest request =
                request("'temperature':0.5,'top_p':0.25,'seed':7,'max_tokens':9,'max_completion_tokens':5,'n':3,"
                        + "'logprobs':true,'top_logprobs':2,'top_k':4,'min_p':0.125,'stop':['a','','b']");
        GenerationOptions options = request.generationOptions(2);
        assertThat(options.sampling().toString())
                .isEqualTo("temperature 0.5, top-p 0.25, top-k 4, min-p 0.125, seed 9");
        assertThat(options.maxTokens()).isEqualTo(5);
        assertThat(options.logProbabilities()).hasValue(2);
        assertThat(request.choices()).isEqualTo(3);
        assertThat(request.decoding().stop()).containsExactly("a", "b");
    }

    @Test
    void defaultsAreThoseOfTheModels() {
        GenerationOptions options = request("").generationOptions(0);
        assertThat(options.sampling().temperature()).isEqualTo(1);
        assertThat(options.sampling().topP()).isEqualTo(1);
        assertThat(options.maxTokens()).isEqualTo(Integer.MAX_VALUE);
        assertThat(options.stopTokens()).containsExactlyInAnyOrder(200002, 200012, 199999);
        assertThat(options.logProbabilities()).isEmpty();
        assertThat(request("'top_p':0").generationOptions(0).sampling().temperature())
                .isZero();
    }

    @Test
    void unknownFieldsAndNullsCountForNothing() {
        ChatRequest request = request("'temperature':null,'tools':null,'stop':null,'x':{'y':1},'n':null,'user':null,"
                + "'response_format':null,'tool_choice':null,'stream_options':null,'reasoning':null");
        assertThat(request.decoding().temperature()).isEqualTo(1);
        assertThat(Lines.of(request.conversation())).containsExactly("user | Hi");
    }

    @Test
    void anAssistantWhoSaysNothingIsAlsoABeginning() {
        assertThat(lines(
                        "{'role':'system','content':'A.'}",
                        "{'role':'assistant','content':''}",
                        "{'role':'system','content':'B.'}"))
                .containsExactly("developer | A.", "developer | B.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "'tool_choice':'none' # true",
                "'function_call':'none' # true",
                "'tool_choice':'none','tools':[{'type':'function','function':{'name':'f'}}] # true",
                "'tool_choice':'auto' # false",
                "'tools':[] # false"
            })
    void onlyToolChoiceNoneMakesCallsContent(String members, boolean areContent) {
        assertThat(request(members).rules().callsAreContent()).isEqualTo(areContent);
    }

    @Test
    void theConstraintIsForTheAnswer() {
        OutputConstraint constraint = request(
                        "'response_format':{'type':'json_schema','json_schema':{'name':'a','strict':true,'schema':{'b': 1}}}")
                .constraint()
                .orElseThrow();
        assertThat(constraint).isEqualTo(new OutputConstraint(false, "{\"b\":1}", true));
        assertThat(request("'response_format':{'type':'text'}").constraint()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"SINCE_LAST_FINAL,1", "KEEP_ALL,3", "DROP_ALL,0", "CURRENT_TURN,1", "REFERENCE,3"})
    void thePolicySaysWhichReasoningStays(AnalysisPolicy policy, long kept) {
        String json = ("{'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b','reasoning':'r1'},"
                        + "{'role':'user','content':'c'},{'role':'assistant','content':'d','reasoning':'r2'},"
                        + "{'role':'user','content':'e'},{'role':'assistant','reasoning':'r3','tool_calls':[" + CALL
                        + "]}]}")
                .replace('\'', '"');
        ChatRequest request = new ChatCompletions(ApiOptions.DEFAULT.withAnalysisPolicy(policy)).request(json);
        assertThat(request.analysisPolicy()).isEqualTo(policy);
        assertThat(request.conversation()).isEqualTo(policy.apply(request.wholeConversation()));
        assertThat(Lines.of(request.conversation()))
                .filteredOn(line -> line.startsWith("assistant analysis"))
                .hasSize((int) kept);
    }
}
