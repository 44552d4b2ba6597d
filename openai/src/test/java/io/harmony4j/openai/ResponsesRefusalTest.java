package io.harmony4j.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Responses refuses, with the field and the code that clients read. */
class ResponsesRefusalTest {
    private static final Responses API = new Responses(ApiOptions.DEFAULT, ResponseStore.NONE);

    private static ApiException refusal(String json) {
        return catchThrowableOfType(ApiException.class, () -> API.request(json.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            nullValues = "null",
            value = {
                "{} # input # missing_required_parameter",
                "{'input':5} # input # invalid_type",
                "{'input':null} # input # missing_required_parameter",
                "{'input':[]} # input # empty_array",
                "{'input':[5]} # input[0] # invalid_type",
                "{'input':[{'role':'wizard','content':'x'}]} # input[0].role # invalid_value",
                "{'input':[{'type':'message','content':'x'}]} # input[0].role # missing_required_parameter",
                "{'input':[{'role':'user'}]} # input[0].content # missing_required_parameter",
                "{'input':[{'role':'user','content':[{'type':'input_image'}]}]} # input[0].content[0].type # unsupported_content_type",
                "{'input':[{'role':'user','content':[{'type':'input_file'}]}]} # input[0].content[0].type # unsupported_content_type",
                "{'input':[{'type':'teleport'}]} # input[0].type # invalid_value",
                "{'input':[{'role':'assistant','content':'x','phase':'moon'}]} # input[0].phase # invalid_value",
                "{'input':[{'type':'function_call','call_id':'a'}]} # input[0].name # missing_required_parameter",
                "{'input':[{'type':'function_call','name':'f'}]} # input[0].call_id # missing_required_parameter",
                "{'input':[{'type':'function_call_output','call_id':'a','output':'7'}]} # input # null",
                "{'input':[{'type':'function_call','name':'f','call_id':'a'},{'type':'function_call_output','call_id':'a','output':[{'type':'input_image'}]}]} # input[1].output[0].type # unsupported_content_type",
                "{'input':[{'id':'msg_1'}]} # input # null",
                "{'input':[{'type':'item_reference','id':'msg_1'}]} # input # null",
                "{'input':[{'type':'reasoning','content':'x'}]} # input[0].content # invalid_type",
                "{'input':'Hi','prompt':{'id':'x'}} # prompt # unsupported_parameter",
                "{'input':'Hi','conversation':'c'} # conversation # unsupported_parameter",
                "{'input':'Hi','previous_response_id':'resp_9'} # previous_response_id # previous_response_not_found",
                "{'input':'Hi','instructions':5} # instructions # invalid_type",
                "{'input':'Hi','tools':[{'type':'teleport'}]} # tools[0].type # invalid_value",
                "{'input':'Hi','tools':[{'type':'function'}]} # tools[0].name # missing_required_parameter",
                "{'input':'Hi','tools':[{'type':'function','name':'f'},{'type':'function','name':'f'}]} # tools # invalid_value",
                "{'input':'Hi','tools':[{'type':'namespace','name':'functions','tools':[]}]} # tools[0].name # invalid_value",
                "{'input':'Hi','tools':[{'type':'namespace','name':'a','tools':[{'name':'f g'}]}]} # tools[0].tools[0].name # invalid_value",
                "{'input':'Hi','tools':[{'type':'namespace','name':'a'}]} # tools[0].tools # missing_required_parameter",
                "{'input':'Hi','tools':[{'type':'web_search'}],'tool_choice':{'type':'web_search'}} # tool_choice # invalid_value",
                "{'input':'Hi','tools':[{'type':'function','name':'f'}],'tool_choice':{'type':'function'}} # tool_choice.name # missing_required_parameter",
                "{'input':'Hi','tools':[{'type':'function','name':'f'}],'tool_choice':{'type':'allowed_tools'}} # tool_choice.tools # missing_required_parameter",
                "{'input':'Hi','tools':[{'type':'function','name':'f'}],'tool_choice':{'type':'allowed_tools','tools':[{'type':'web_search'}]}} # tool_choice # invalid_value",
                "{'input':'Hi','tools':[{'type':'function','name':'f'}],'tool_choice':{'type':'allowed_tools','tools':[{'type':'teleport'}]}} # tool_choice.tools[0].type # invalid_value",
                "{'input':'Hi','tools':[{'type':'function','name':'f'}],'tool_choice':{'type':'function','name':'f g'}} # tool_choice # invalid_value",
                "{'input':'Hi','max_output_tokens':0,'temperature':3} # temperature # decimal_above_max_value",
                "{'input':'Hi','include':5,'parallel_tool_calls':5,'top_logprobs':21} # top_logprobs # integer_above_max_value",
                "{'input':'Hi','text':5} # text # invalid_type",
                "{'input':'Hi','text':{'format':{'type':'xml'}}} # text.format.type # invalid_value",
                "{'input':'Hi','text':{'format':{'type':'json_schema'}}} # text.format.name # missing_required_parameter",
                "{'input':'Hi','reasoning':{'effort':'huge'}} # reasoning.effort # invalid_value",
                "{'input':'Hi','reasoning':{'context':'some'}} # reasoning.context # invalid_value",
                "{'input':'Hi','temperature':3} # temperature # decimal_above_max_value",
                "{'input':'Hi','max_output_tokens':0} # max_output_tokens # integer_below_min_value",
                "{'input':'Hi','top_logprobs':21} # top_logprobs # integer_above_max_value",
                "{'input':'Hi','truncation':'sometimes'} # truncation # invalid_value",
                "{'input':'Hi','include':'x'} # include # invalid_type",
                "{'input':'Hi','store':'x'} # store # invalid_type",
                "{'input':'Hi','background':true,'store':false} # background # null",
                "{'input':'Hi','metadata':[]} # metadata # invalid_type",
            })
    void fieldsAreChecked(String json, String param, String code) {
        ApiException refused = refusal(json);
        assertThat(refused.param()).isEqualTo(param);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.status()).isEqualTo(400);
    }

    @Test
    void aResponseThatIsNotFinishedHasNoSuccessor() {
        InMemoryResponseStore store = new InMemoryResponseStore();
        JsonObject response = (JsonObject) Json.parse("{\"id\":\"resp_1\",\"status\":\"in_progress\",\"output\":[]}");
        store.put(new StoredResponse(response, List.of(), List.of(), LocalDate.EPOCH));
        Responses api = new Responses(ApiOptions.DEFAULT, store);
        ApiException refused = catchThrowableOfType(
                ApiException.class, () -> api.request("{\"input\":\"Hi\",\"previous_response_id\":\"resp_1\"}"));
        assertThat(refused.param()).isEqualTo("previous_response_id");
        assertThat(refused.code()).isNull();
    }
}
