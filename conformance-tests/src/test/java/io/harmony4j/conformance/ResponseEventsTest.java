package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Right streams of events are accepted and compared whatever their pieces; each rule is broken by a stream with one fault. */
class ResponseEventsTest {
    private static final String USAGE =
            "{'input_tokens':1,'input_tokens_details':{'cached_tokens':0,'cache_write_tokens':0},"
                    + "'output_tokens':2,'output_tokens_details':{'reasoning_tokens':1},'total_tokens':3}";

    private static final String THOUGHT =
            "{'id':'rs_1','type':'reasoning','summary':[],'content':[{'type':'reasoning_text','text':'I see.'}],'status':'completed'}";
    private static final String ANSWER = "{'id':'msg_1','type':'message','role':'assistant','status':'completed',"
            + "'content':[{'type':'output_text','text':'Yes.','annotations':[],'logprobs':[]}]}";
    private static final String CALL =
            "{'id':'fc_1','type':'function_call','call_id':'call_1','name':'f','arguments':'{}','status':'completed'}";
    private static final String CUSTOM =
            "{'id':'ctc_1','type':'custom_tool_call','call_id':'call_2','name':'g','input':'ls','status':'completed'}";

    private static final String OUTPUT = "[" + THOUGHT + "," + ANSWER + "," + CALL + "," + CUSTOM + "]";

    private static String response(String status, String output, String usage) {
        return "'response':{'id':'resp_1','object':'response','created_at':1,'status':'" + status
                + "','background':false,'completed_at':null,'error':null,'incomplete_details':null,'instructions':null,"
                + "'max_output_tokens':null,'max_tool_calls':null,'model':'m','output':" + output
                + ",'parallel_tool_calls':true,'previous_response_id':null,'prompt_cache_key':null,'reasoning':{},"
                + "'safety_identifier':null,'service_tier':'default','store':true,'temperature':1,'text':{},"
                + "'tool_choice':'auto','tools':[],'top_logprobs':0,'top_p':1,'truncation':'disabled','usage':" + usage
                + ",'user':null,'metadata':{}}}";
    }

    /** One item of each kind that a model writes; sequence numbers are added. */
    private static final List<String> STREAM = List.of(
            /* 0 */ "{'type':'response.created'," + response("in_progress", "[]", "null"),
            "{'type':'response.in_progress'," + response("in_progress", "[]", "null"),
            "{'type':'response.output_item.added','output_index':0,"
                    + "'item':{'id':'rs_1','type':'reasoning','summary':[],'status':'in_progress'}}",
            "{'type':'response.content_part.added','item_id':'rs_1','output_index':0,'content_index':0,"
                    + "'part':{'type':'reasoning_text','text':''}}",
            "{'type':'response.reasoning_text.delta','item_id':'rs_1','output_index':0,'content_index':0,'delta':'I '}",
            /* 5 */ "{'type':'response.reasoning_text.delta','item_id':'rs_1','output_index':0,'content_index':0,'delta':'see.'}",
            "{'type':'response.reasoning_text.done','item_id':'rs_1','output_index':0,'content_index':0,'text':'I see.'}",
            "{'type':'response.content_part.done','item_id':'rs_1','output_index':0,'content_index':0,"
                    + "'part':{'type':'reasoning_text','text':'I see.'}}",
            "{'type':'response.output_item.done','output_index':0,'item':" + THOUGHT + "}",
            "{'type':'response.output_item.added','output_index':1,"
                    + "'item':{'id':'msg_1','type':'message','role':'assistant','content':[],'status':'in_progress'}}",
            /* 10 */ "{'type':'response.content_part.added','item_id':'msg_1','output_index':1,'content_index':0,"
                    + "'part':{'type':'output_text','text':'','annotations':[],'logprobs':[]}}",
            "{'type':'response.output_text.delta','item_id':'msg_1','output_index':1,'content_index':0,'delta':'Ye','logprobs':[]}",
            "{'type':'response.output_text.delta','item_id':'msg_1','output_index':1,'content_index':0,'delta':'s.','logprobs':[]}",
            "{'type':'response.output_text.done','item_id':'msg_1','output_index':1,'content_index':0,'text':'Yes.','logprobs':[]}",
            "{'type':'response.content_part.done','item_id':'msg_1','output_index':1,'content_index':0,"
                    + "'part':{'type':'output_text','text':'Yes.','annotations':[],'logprobs':[]}}",
            /* 15 */ "{'type':'response.output_item.done','output_index':1,'item':" + ANSWER + "}",
            "{'type':'response.output_item.added','output_index':2,'item':{'id':'fc_1','type':'function_call',"
                    + "'call_id':'call_1','name':'f','arguments':'','status':'in_progress'}}",
            "{'type':'response.function_call_arguments.delta','item_id':'fc_1','output_index':2,'delta':'{}'}",
            "{'type':'response.function_call_arguments.done','item_id':'fc_1','output_index':2,'name':'f','arguments':'{}'}",
            "{'type':'response.output_item.done','output_index':2,'item':" + CALL + "}",
            /* 20 */ "{'type':'response.output_item.added','output_index':3,'item':{'id':'ctc_1','type':'custom_tool_call',"
                    + "'call_id':'call_2','name':'g','input':'','status':'in_progress'}}",
            "{'type':'response.custom_tool_call_input.delta','item_id':'ctc_1','output_index':3,'delta':'ls'}",
            "{'type':'response.custom_tool_call_input.done','item_id':'ctc_1','output_index':3,'input':'ls'}",
            "{'type':'response.output_item.done','output_index':3,'item':" + CUSTOM + "}",
            "{'type':'response.completed'," + response("completed", OUTPUT, USAGE));

    private static final JsonObject GIVEN =
            (JsonObject) read("{'cmd':'api_responses_stream','output':'x','request':{}}");

    private static JsonValue read(String quotedSingly) {
        return Json.parseAny(quotedSingly.replace('\'', '"'));
    }

    /** Returns the events, numbered. */
    private static List<JsonValue> read(List<String> events) {
        List<JsonValue> read = new ArrayList<>();
        for (String event : events) {
            read.add(((JsonObject) read(event))
                    .toBuilder().put("sequence_number", read.size()).build());
        }
        return read;
    }

    private static String broken(List<JsonValue> events) {
        String broken = new ResponseEventRules(GIVEN).broken(events);
        return broken == null ? "" : broken;
    }

    @Test
    void rightStreamBreaksNoRule() {
        assertThat(broken(read(STREAM))).isEmpty();
    }

    @Test
    void answerThatWasCutOffIsRight() {
        List<String> events = new ArrayList<>(STREAM.subList(0, 15));
        String cut = ANSWER.replace("completed", "incomplete");
        events.add(STREAM.get(15).replace(ANSWER, cut));
        events.add("{'type':'response.incomplete',"
                + response("incomplete", "[" + THOUGHT + "," + cut + "]", USAGE)
                        .replace("'incomplete_details':null", "'incomplete_details':{'reason':'max_output_tokens'}"));

        assertThat(broken(read(events))).isEmpty();
        events.set(16, events.get(16).replace("{'reason':'max_output_tokens'}", "null"));
        assertThat(broken(read(events))).startsWith("S11: expected the reason");
    }

    @Test
    void hostedToolsAndSummariesAreRight() {
        List<String> events = new ArrayList<>(STREAM.subList(0, 3));
        for (String event : List.of("part.added", "text.delta", "text.done", "part.done")) {
            events.add("{'type':'response.reasoning_summary_" + event
                    + "','item_id':'rs_1','output_index':0,'delta':'S'}");
        }
        events.addAll(STREAM.subList(3, 9));
        String search = "{'id':'ws_1','type':'web_search_call','status':'completed'}";
        events.add("{'type':'response.output_item.added','output_index':1,'item':"
                + search.replace("completed", "in_progress") + "}");
        for (String event : List.of("in_progress", "searching", "completed")) {
            events.add("{'type':'response.web_search_call." + event + "','item_id':'ws_1','output_index':1}");
        }
        events.add("{'type':'response.output_item.done','output_index':1,'item':" + search + "}");
        String python = "{'id':'ci_1','type':'code_interpreter_call','code':'1+1','status':'completed'}";
        events.add("{'type':'response.output_item.added','output_index':2,'item':"
                + python.replace("completed", "in_progress") + "}");
        for (String event : List.of(
                "call.in_progress", "call_code.delta", "call_code.done", "call.interpreting", "call.completed")) {
            events.add("{'type':'response.code_interpreter_" + event
                    + "','item_id':'ci_1','output_index':2,'delta':'1+1','code':'1+1'}");
        }
        events.add("{'type':'response.output_item.done','output_index':2,'item':" + python + "}");
        events.add("{'type':'response.completed',"
                + response("completed", "[" + THOUGHT + "," + search + "," + python + "]", USAGE));

        assertThat(broken(read(events))).isEmpty();
        events.remove(5);
        assertThat(broken(read(events))).startsWith("S10: expected ");
    }

    @Test
    void textsAreJoinedWhereverTheyWereDivided() {
        List<JsonValue> normal = ResponseEvents.normal(read(STREAM)).elements();

        assertThat(normal).hasSize(23).noneMatch(event -> event.members().containsKey("sequence_number"));
        assertThat(normal.get(4).get("delta").text()).isEqualTo("I see.");
        assertThat(normal.get(10).get("delta").text()).isEqualTo("Yes.");
        assertThat(ResponseEvents.normal(List.of(
                                read("{'type':'a','item_id':'x','delta':'1','logprobs':[1]}"),
                                read("{'item_id':'x','type':'a','delta':'2','logprobs':[2]}"),
                                read("{'type':'a','item_id':'y','delta':'3'}")))
                        .toString())
                .isEqualTo("[{\"type\":\"a\",\"item_id\":\"x\",\"delta\":\"12\",\"logprobs\":[1,2]},"
                        + "{\"type\":\"a\",\"item_id\":\"y\",\"delta\":\"3\"}]");
    }

    /** In each line: the rule, the event that is changed, what is replaced in it, and by what. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "S1 # 0 # response.created # response.in_progress",
                "S1 # 0 # response.created # created",
                "S1 # 0 # 'status':'in_progress' # 'status':'queued'",
                "S1 # 0 # 'output':[] # 'output':null",
                "S1 # 0 # 'error':null # 'error':{}",
                "S1 # 1 # 'usage':null # 'usage':{}",
                "S1 # 0 # ,'metadata':{} #",
                "S1 # 0 # 'model':'m', #",
                "S1 # 0 # 'created_at':1, #",
                "S1 # 0 # 'resp_1' # ''",
                "S3 # 2 # 'output_index':0 # 'output_index':-1",
                "S3 # 4 # 'output_index':0 # 'output_index':1",
                "S3 # 11 # 'output_index':1, #",
                "S3 # 15 # 'output_index':1 # 'output_index':2",
                "S4 # 1 # resp_1 # resp_2",
                "S4 # 24 # resp_1 # resp_2",
                "S4 # 3 # rs_1 # rs_2",
                "S4 # 4 # rs_1 # rs_2",
                "S4 # 6 # 'item_id':'rs_1', #",
                "S4 # 8 # rs_1 # rs_2",
                "S4 # 9 # 'id':'msg_1', #",
                "S4 # 16 # fc_1 # msg_1",
                "S4 # 16 # 'call_id':'call_1', #",
                "S4 # 16 # call_1 # fc_1",
                "S4 # 19 # call_1 # call_2",
                "S4 # 20 # call_2 # call_1",
                "S5 # 2 # in_progress # completed",
                "S5 # 9 # 'content':[] # 'content':[{}]",
                "S5 # 9 # 'content':[], #",
                "S5 # 2 # 'summary':[] # 'summary':[],'content':[{}]",
                "S5 # 16 # 'arguments':'' # 'arguments':'{}'",
                "S5 # 16 # 'name':'f', #",
                "S5 # 20 # 'input':'', #",
                "S6 # 3 # reasoning_text # text",
                "S6 # 3 # 'text':'' # 'text':'I'",
                "S6 # 3 # 'content_index':0, #",
                "S6 # 10 # ,'annotations':[] #",
                "S6 # 10 # ,'logprobs':[] #",
                "S6 # 10 # 'content_index':0 # 'content_index':1",
                "S6 # 11 # 'content_index':0 # 'content_index':1",
                "S7 # 3 # response.content_part.added # response.reasoning_part.added",
                "S7 # 4 # {'type' # {'error':null,'type'",
                "S7 # 9 # 'type':'message' # 'type':'answer'",
                "S8 # 4 # 'I ' # ''",
                "S8 # 4 # 'I ' # null",
                "S8 # 4 # 'I ' # '\\ud83d'",
                "S8 # 4 # 'I ' # '\\ufffd'",
                "S8 # 6 # I see. # I see",
                "S8 # 7 # I see. # I see",
                "S8 # 8 # I see. # I see",
                "S8 # 8 # 'content':[ # 'content':[{},",
                "S8 # 11 # ,'logprobs':[] #",
                "S8 # 13 # ,'logprobs':[] #",
                "S8 # 13 # Yes. # No.",
                "S8 # 15 # Yes. # No.",
                "S8 # 18 # {} # []",
                "S8 # 19 # 'arguments':'{}' # 'arguments':'[]'",
                "S8 # 22 # ls # rm",
                "S8 # 23 # 'input':'ls' # 'input':'rm'",
                "S9 # 18 # 'name':'f', #",
                "S9 # 18 # 'name':'f' # 'name':'g'",
                "S11 # 8 # 'status':'completed' # 'status':'in_progress'",
                "S12 # 24 # 'status':'completed','background' # 'status':'incomplete','background'",
                "S12 # 24 # 'text':'Yes.' # 'text':'No.'",
                "S12 # 24 # 'output':[ # 'output':[],'others':[",
                "S12 # 24 # ,'cache_write_tokens':0 #",
                "S12 # 24 # 'output_tokens_details':{'reasoning_tokens':1}, #",
                "S12 # 24 # 'error':null # 'error':{}",
                "S12 # 24 # 'truncation':'disabled', #",
            })
    void faultNamesItsRule(String rule, int position, String from, String to) {
        List<String> events = new ArrayList<>(STREAM);
        String faulty = events.get(position).replace(from, to == null ? "" : to);
        assertThat(faulty).isNotEqualTo(events.get(position));
        events.set(position, faulty);

        assertThat(broken(read(events))).startsWith(rule + ": expected ").endsWith(" in event " + position);
    }

    /** In each line: the rule, and the positions of the events in their new order; a range stands for all in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "S1 1-24", // not created
                "S1 0 2-24", // not in progress
                "S1 0 0-24", // created twice
                "S2 0-5 9-24", // an item within an item
                "S2 0-7 9-24", // an item that is not done before the next
                "S5 0-1 3-24", // an item that was not added
                "S5 0-15 17-24", // a call that was not added
                "S6 0-2 4-24", // no part
                "S6 0-2 4 3 5-24", // a delta before it
                "S 0-5 7-24", // no text.done
                "S 0-6 8-24", // no part.done
                "S 0-6 5 7-24", // a delta after text.done
                "S11 0-22 24", // the end with an open item
                "S11 0-22", // no end, and an open item
                "S12 0-23", // no end
                "S12 0-24 24", // two ends
                "S3 0-1 9-15 2-8 16-24", // items in another order
            })
    void wrongOrderNamesItsRule(String line) {
        String[] words = line.split(" ", -1);
        List<String> order = new ArrayList<>();
        for (String range : Arrays.asList(words).subList(1, words.length)) {
            String[] ends = range.split("-", -1);
            order.addAll(STREAM.subList(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1));
        }

        assertThat(broken(read(order))).startsWith(words[0] + ": expected ");
    }

    @Test
    void sequenceNumbersHaveNoGaps() {
        List<JsonValue> events = new ArrayList<>(read(STREAM));
        events.set(
                7,
                ((JsonObject) events.get(7))
                        .toBuilder().put("sequence_number", 8).build());

        assertThat(broken(events)).startsWith("S: expected the sequence_number 7 but found 8");
    }

    @Test
    void onlyTheLastItemMayBeCutOff() {
        List<String> events = new ArrayList<>(STREAM);
        String cut = THOUGHT.replace("completed", "incomplete");
        events.set(8, events.get(8).replace(THOUGHT, cut));
        events.set(24, events.get(24).replace(THOUGHT, cut));

        assertThat(broken(read(events))).startsWith("S11: expected no item that was cut off");
    }

    /** What is no stream at all is wrong, and no reason to fail. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[null]",
                "[1,'x',[]]",
                "[{'type':7}]",
                "[{'type':'response.created','response':[]}]",
                "[{'type':'response.output_item.added','item':[]}]",
            })
    void anythingIsJudged(String events) {
        List<JsonValue> list = read(events).elements();

        assertThat(broken(list)).startsWith("S");
        assertThat(ResponseEvents.normal(list).elements()).hasSameSizeAs(list);
    }
}
