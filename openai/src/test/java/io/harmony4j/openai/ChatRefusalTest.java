package io.harmony4j.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Chat Completions refuses, with the field and the code that clients read. */
class ChatRefusalTest {
    private static final ChatCompletions API = new ChatCompletions(ApiOptions.DEFAULT);

    static ApiException refusal(String json) {
        return catchThrowableOfType(ApiException.class, () -> API.request(json));
    }

    /** A request of one user message and further members, in single quotes. */
    private static String request(String members) {
        return "{'messages':[{'role':'user','content':'Hi'}],%s}"
                .formatted(members)
                .replace('\'', '"');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            nullValues = "null",
            value = {
                "{} # messages # missing_required_parameter",
                "{'messages':null} # messages # invalid_type",
                "{'messages':[]} # messages # empty_array",
                "{'messages':'Hi'} # messages # invalid_type",
                "{'messages':['Hi']} # messages[0] # invalid_type",
                "{'messages':[{'content':'Hi'}]} # messages[0].role # missing_required_parameter",
                "{'messages':[{'role':5,'content':'Hi'}]} # messages[0].role # invalid_type",
                "{'messages':[{'role':'wizard','content':'Hi'}]} # messages[0].role # invalid_value",
                "{'messages':[{'role':'user'}]} # messages[0].content # missing_required_parameter",
                "{'messages':[{'role':'user','content':null}]} # messages[0].content # invalid_type",
                "{'messages':[{'role':'user','content':5}]} # messages[0].content # invalid_type",
                "{'messages':[{'role':'user','content':[]}]} # messages[0].content # empty_array",
                "{'messages':[{'role':'user','content':[{'text':'x'}]}]} # messages[0].content[0].type # missing_required_parameter",
                "{'messages':[{'role':'user','content':[{'type':'text'}]}]} # messages[0].content[0].text # missing_required_parameter",
                "{'messages':[{'role':'user','content':[{'type':'text','text':'x'},{'type':'input_audio'}]}]} # messages[0].content[1].type # unsupported_content_type",
                "{'messages':[{'role':'user','content':[{'type':'image_url'}]}]} # messages[0].content[0].type # unsupported_content_type",
                "{'messages':[{'role':'user','content':[{'type':'file'}]}]} # messages[0].content[0].type # unsupported_content_type",
                "{'messages':[{'role':'user','content':[{'type':'smell'}]}]} # messages[0].content[0].type # invalid_value",
                "{'messages':[{'role':'user','name':'a b','content':'Hi'}]} # messages[0].name # invalid_value",
                "{'messages':[{'role':'user','name':'<|end|>','content':'Hi'}]} # messages[0].name # invalid_value",
                "{'messages':[{'role':'user','name':'a\u2003b','content':'Hi'}]} # messages[0].name # invalid_value",
                "{'messages':[{'role':'assistant','tool_calls':[{'function':{'name':'f\u00a0g'}}]}]} # messages[0].tool_calls[0].function.name # invalid_value",
                "{'messages':[{'role':'system'}]} # messages[0].content # missing_required_parameter",
                "{'messages':[{'role':'assistant'}]} # messages[0].content # invalid_type",
                "{'messages':[{'role':'assistant','content':null,'tool_calls':[]}]} # messages[0].content # invalid_type",
                "{'messages':[{'role':'assistant','tool_calls':[{'function':{}}]}]} # messages[0].tool_calls[0].function.name # missing_required_parameter",
                "{'messages':[{'role':'assistant','tool_calls':[{'id':'a'}]}]} # messages[0].tool_calls[0].function # missing_required_parameter",
                "{'messages':[{'role':'assistant','tool_calls':[{'type':'x'}]}]} # messages[0].tool_calls[0].type # invalid_value",
                "{'messages':[{'role':'assistant','tool_calls':[{'function':{'name':'f g'}}]}]} # messages[0].tool_calls[0].function.name # invalid_value",
                "{'messages':[{'role':'assistant','tool_calls':[{'function':{'name':'f','arguments':5}}]}]} # messages[0].tool_calls[0].function.arguments # invalid_type",
                "{'messages':[{'role':'tool','content':'7'}]} # messages[0].tool_call_id # missing_required_parameter",
                "{'messages':[{'role':'tool','tool_call_id':'x','content':'7'}]} # messages[0].tool_call_id # null",
                "{'messages':[{'role':'function','content':'7'}]} # messages[0].name # missing_required_parameter",
            })
    void messagesAreChecked(String json, String param, String code) {
        ApiException refused = refusal(json.replace('\'', '"'));
        assertThat(refused.param()).isEqualTo(param);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.type()).isEqualTo("invalid_request_error");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            nullValues = "null",
            value = {
                "'temperature':3,'max_tokens':0 # temperature # decimal_above_max_value",
                "'max_tokens':0,'n':0 # max_tokens # integer_below_min_value",
                "'stop':5,'n':0 # n # integer_below_min_value",
                "'top_logprobs':5,'stop':5 # stop # invalid_type",
                "'tools':5 # tools # invalid_type",
                "'tools':[5] # tools[0] # invalid_type",
                "'tools':[{}] # tools[0].type # missing_required_parameter",
                "'tools':[{'type':'web_search'}] # tools[0].type # invalid_value",
                "'tools':[{'type':'function'}] # tools[0].function # missing_required_parameter",
                "'tools':[{'type':'function','function':{}}] # tools[0].function.name # missing_required_parameter",
                "'tools':[{'type':'function','function':{'name':'a b'}}] # tools[0].function.name # invalid_value",
                "'tools':[{'type':'function','function':{'name':''}}] # tools[0].function.name # invalid_value",
                "'tools':[{'type':'function','function':{'name':'f','description':5}}] # tools[0].function.description # invalid_type",
                "'tools':[{'type':'function','function':{'name':'f','parameters':[]}}] # tools[0].function.parameters # invalid_type",
                "'tools':[{'type':'function','function':{'name':'f','strict':'yes'}}] # tools[0].function.strict # invalid_type",
                "'tools':[{'type':'function','function':{'name':'f','parameters':{'maximum':1e999}}}] # tools[0].function.parameters # invalid_value",
                "'tools':[{'type':'custom'}] # tools[0].custom # missing_required_parameter",
                "'tools':[{'type':'function','function':{'name':'f'}},{'type':'custom','custom':{'name':'f'}}] # tools # invalid_value",
                "'functions':[{'name':'f'},{'name':'f'}] # functions # invalid_value",
                "'functions':[{}] # functions[0].name # missing_required_parameter",
                "'tool_choice':'sometimes' # tool_choice # invalid_value",
                "'tool_choice':5 # tool_choice # invalid_type",
                "'tool_choice':'required' # tool_choice # null",
                "'tool_choice':{'type':'function','function':{'name':'f'}} # tool_choice # null",
                "'tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':{'type':'function','function':{'name':'g'}} # tool_choice # invalid_value",
                "'tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':{'type':'allowed_tools','allowed_tools':{'tools':[]}} # tool_choice.allowed_tools.tools # empty_array",
                "'tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':{'type':'x'} # tool_choice.type # invalid_value",
                "'parallel_tool_calls':1 # parallel_tool_calls # invalid_type",
                "'response_format':'json' # response_format # invalid_type",
                "'response_format':{} # response_format.type # missing_required_parameter",
                "'response_format':{'type':'xml'} # response_format.type # invalid_value",
                "'response_format':{'type':'json_schema'} # response_format.json_schema # missing_required_parameter",
                "'response_format':{'type':'json_schema','json_schema':{}} # response_format.json_schema.name # missing_required_parameter",
                "'response_format':{'type':'json_schema','json_schema':{'name':'a b'}} # response_format.json_schema.name # invalid_value",
                "'response_format':{'type':'json_schema','json_schema':{'name':'a','schema':[]}} # response_format.json_schema.schema # invalid_type",
                "'reasoning_effort':'huge' # reasoning_effort # invalid_value",
                "'reasoning_effort':3 # reasoning_effort # invalid_type",
                "'reasoning':{'effort':'huge'} # reasoning.effort # invalid_value",
                "'temperature':'hot' # temperature # invalid_type",
                "'temperature':2.1 # temperature # decimal_above_max_value",
                "'temperature':-0.1 # temperature # decimal_below_min_value",
                "'top_p':1.5 # top_p # decimal_above_max_value",
                "'top_p':-1 # top_p # decimal_below_min_value",
                "'max_tokens':0 # max_tokens # integer_below_min_value",
                "'max_completion_tokens':0 # max_completion_tokens # integer_below_min_value",
                "'max_tokens':1.5 # max_tokens # invalid_type",
                "'n':0 # n # integer_below_min_value",
                "'n':129 # n # integer_above_max_value",
                "'seed':1e30 # seed # invalid_type",
                "'seed':100000000000000000000 # seed # integer_above_max_value",
                "'stop':5 # stop # invalid_type",
                "'stop':['a','b','c','d','e'] # stop # array_above_max_length",
                "'stop':['a',5] # stop[1] # invalid_type",
                "'frequency_penalty':3 # frequency_penalty # decimal_above_max_value",
                "'presence_penalty':-3 # presence_penalty # decimal_below_min_value",
                "'logit_bias':[] # logit_bias # invalid_type",
                "'logit_bias':{'a':1} # logit_bias.a # invalid_value",
                "'logit_bias':{'7':101} # logit_bias.7 # decimal_above_max_value",
                "'logprobs':1 # logprobs # invalid_type",
                "'top_logprobs':3 # top_logprobs # null",
                "'logprobs':true,'top_logprobs':21 # top_logprobs # integer_above_max_value",
                "'stream':'yes' # stream # invalid_type",
                "'stream_options':{'include_usage':true} # stream_options # null",
                "'stream':true,'stream_options':5 # stream_options # invalid_type",
                "'user':5 # user # invalid_type",
                "'metadata':'x' # metadata # invalid_type",
                "'store':'x' # store # invalid_type",
                "'modalities':['text','audio'] # modalities # unsupported_value",
                "'audio':{'voice':'x'} # audio # unsupported_parameter",
                "'model':5 # model # invalid_type",
            })
    void otherFieldsAreChecked(String members, String param, String code) {
        ApiException refused = refusal(request(members));
        assertThat(refused.param()).isEqualTo(param);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "'temperature':3 # Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 3 instead.",
                "'temperature':'hot' # Invalid type for 'temperature': expected a decimal, but got a string instead.",
                "'n':0 # Invalid 'n': integer below minimum value. Expected a value >= 1, but got 0 instead.",
                "'response_format':{'type':'xml'} # Invalid value: 'xml'. Supported values are: 'text', 'json_object', 'json_schema'.",
                "'tools':[{}] # Missing required parameter: 'tools[0].type'.",
            })
    void messagesAreOpenAIs(String members, String message) {
        assertThat(refusal(request(members.replace("''", "'")))).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {"`` # found nothing", "{ # line 1", "[] # expected a JSON object", "5 # expected a JSON object"},
            quoteCharacter = '`')
    void aBodyMustBeAnObject(String body, String why) {
        ApiException refused = refusal(body);
        assertThat(refused.param()).isNull();
        assertThat(refused.code()).isNull();
        assertThat(refused).hasMessageContaining(why);
    }

    @Test
    void theFirstFaultIsTold() {
        String both = "{\"messages\":[{\"role\":\"x\"}],\"tools\":[5],\"temperature\":9}";
        assertThat(refusal(both).param()).isEqualTo("messages[0].role");
        assertThat(refusal(request("'temperature':9,'tools':[5]")).param()).isEqualTo("tools[0]");
    }

    @Test
    void anUnknownModelIsNotFound() {
        ChatCompletions api = new ChatCompletions(ApiOptions.DEFAULT.withModels("gpt-oss-20b", "gpt-oss"));
        String body = request("'model':'gpt-5'");
        ApiException refused = catchThrowableOfType(ApiException.class, () -> api.request(body));
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.code()).isEqualTo("model_not_found");
        assertThat(refused.param()).isNull();
        assertThat(api.request(request("'n':1")).model()).isEqualTo("gpt-oss-20b");
    }

    @Test
    void aLongBodyIsRefusedBeforeItIsRead() {
        ChatCompletions api = new ChatCompletions(ApiOptions.DEFAULT.withMaxLength(10));
        ApiException refused = catchThrowableOfType(ApiException.class, () -> api.request("{".repeat(11)));
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.code()).isEqualTo("request_too_large");
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "[".repeat(10_000);
        assertThat(refusal(request("'metadata':" + deep)).status()).isEqualTo(400);
        String schema = "{'a':".repeat(200) + "1" + "}".repeat(200);
        ApiException refused =
                refusal(request("'tools':[{'type':'function','function':{'name':'f','parameters':" + schema + "}}]"));
        assertThat(refused.param()).isEqualTo("tools[0].function.parameters");
    }
}
