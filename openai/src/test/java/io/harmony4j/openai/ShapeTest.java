package io.harmony4j.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                // both a conversation and a chat request
                "HARMONY           # {'messages':[{'role':'user','content':'Hi'}]}",
                "HARMONY           # {'messages':[{'role':'user','content':[{'type':'text','text':'Hi'}]}]}",
                "HARMONY           # {'messages':[{'role':'system','content':'Be brief.'},{'role':'user','content':'Hi'},"
                        + "{'role':'assistant','content':'Hello.'},{'role':'user','name':'bob','content':'Bye'}]}",
                "HARMONY           # {'messages':[{'role':'developer','content':'Be brief.'}],'id':7,'metadata':{}}",
                "HARMONY           # {'messages':[{'role':'tool','name':'functions.f','content':'1'}]}",
                "HARMONY           # {'messages':[]}",
                // only conversations have these
                "HARMONY           # {'messages':[{'role':'assistant','channel':'final','content':'Hi'}]}",
                "HARMONY           # {'messages':[{'role':'system','content':[{'type':'system_content'}]}]}",
                "HARMONY           # {'messages':[{'role':'developer','content':[{'type':'developer_content'}]}]}",
                // and win over those of requests, which are then named
                "HARMONY           # {'model':'m','messages':[{'role':'assistant','channel':'final','content':'Hi'}]}",
                "HARMONY           # {'tools':[],'messages':[{'role':'developer','content':[{'type':'developer_content'}]}]}",
                "HARMONY           # {'messages':[{'role':'assistant','content':'Hi','reasoning':'x','channel':'final'}]}",
                "HARMONY           # {'model':'m','messages':[{'role':'assistant','recipient':'functions.f','content':'{}'}]}",
                "HARMONY           # {'model':'m','messages':[{'role':'assistant','content_type':'json','content':'{}'}]}",
                // only chat requests have these
                "CHAT_REQUEST      # {'model':'m','messages':[{'role':'user','content':'Hi'}]}",
                "CHAT_REQUEST      # {'messages':[{'role':'user','content':'Hi'}],'tools':[]}",
                "CHAT_REQUEST      # {'messages':[{'role':'user','content':'Hi'}],'functions':[]}",
                "CHAT_REQUEST      # {'messages':[{'role':'user','content':'Hi'}],'response_format':{'type':'text'}}",
                "CHAT_REQUEST      # {'messages':[{'role':'user','content':'Hi'}],'reasoning_effort':'low'}",
                "CHAT_REQUEST      # {'messages':[{'role':'user','content':'Hi'}],'temperature':0}",
                "CHAT_REQUEST      # {'messages':[{'role':'user','content':'Hi'}],'max_tokens':5}",
                "CHAT_REQUEST      # {'messages':[{'role':'user','content':'Hi'}],'stream':true}",
                "CHAT_REQUEST      # {'messages':[{'role':'assistant','content':null,'tool_calls':[]}]}",
                "CHAT_REQUEST      # {'messages':[{'role':'tool','tool_call_id':'c','content':'1'}]}",
                "CHAT_REQUEST      # {'messages':[{'role':'assistant','content':'Hi','reasoning':'x'}]}",
                "CHAT_REQUEST      # {'messages':[{'role':'assistant','content':'Hi','reasoning_content':'x'}]}",
                "CHAT_REQUEST      # {'messages':[{'role':'assistant','content':'Hi','thinking':'x'}]}",
                "CHAT_REQUEST      # {'messages':[{'role':'assistant','content':'Hi','refusal':null}]}",
                "CHAT_REQUEST      # {'messages':[{'role':'user','content':[{'type':'image_url'}]}]}",
                "CHAT_REQUEST      # {'messages':[{'role':'function','name':'f','content':'1'}]}",
                "CHAT_REQUEST      # {'model':'m','messages':'x'}",
                "CHAT_REQUEST      # {'model':'m','messages':[],'input':'x'}",
                // Responses
                "RESPONSES_REQUEST # {'input':'Hi'}",
                "RESPONSES_REQUEST # {'input':[{'role':'user','content':'Hi'}],'model':'m'}",
                "RESPONSES_REQUEST # {'previous_response_id':'resp_1'}",
                "RESPONSES_ANSWER  # {'object':'response','output':[],'previous_response_id':null}",
                "RESPONSES_ANSWER  # {'object':'response'}",
                "RESPONSES_ANSWER  # {'output':[]}",
                "CHAT_ANSWER       # {'object':'chat.completion','choices':[]}",
                "CHAT_ANSWER       # {'choices':[{'message':{'role':'assistant','content':'Hi'}}]}",
                "CHAT_REQUEST      # {'model':'m','messages':[],'choices':[]}",
                // of data sets
                "HARMONY           # {'instruction':'Add.','input':'1 1','output':'2'}",
                "HARMONY           # {'instruction':'Greet.','output':'Hi'}",
                "HARMONY           # {'question':'?','choices':'a b'}",
                // not even an object
                "HARMONY           # {}",
                "HARMONY           # [{'model':'m','messages':[]}]",
                "HARMONY           # 'input'",
                "HARMONY           # {'input'",
                "HARMONY           # ``",
            })
    void theFieldsSayWhatItIs(Shape shape, String json) {
        assertThat(Shape.of(json.replace('\'', '"'))).isEqualTo(shape);
    }
}
