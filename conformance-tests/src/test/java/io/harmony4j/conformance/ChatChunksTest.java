package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Right streams of chunks are accepted and compared whatever their pieces; each rule is broken by a stream with one fault. */
class ChatChunksTest {
    private static final String HEAD = "{'id':'chatcmpl-1','object':'chat.completion.chunk','created':1,'model':'m',";

    /** Reasoning, content, two calls and the usage; in each line a delta, a finish_reason, or a whole chunk. */
    private static final List<String> STREAM = List.of(
            "{'role':'assistant','content':''}",
            "{'reasoning':'I ','reasoning_content':'I '}",
            "{'reasoning':'see.','reasoning_content':'see.'}",
            "{'content':'Let '}",
            "{'content':'me.'}",
            "{'tool_calls':[{'index':0,'id':'call_a','type':'function','function':{'name':'f','arguments':''}}]}",
            "{'tool_calls':[{'index':0,'function':{'arguments':'{'}}]}",
            "{'tool_calls':[{'index':0,'function':{'arguments':'}'}}]}",
            "{'tool_calls':[{'index':1,'id':'call_b','type':'function','function':{'name':'g','arguments':''}}]}",
            "{'tool_calls':[{'index':1,'function':{'arguments':'[]'}}]}",
            "tool_calls");

    private static final String NORMAL = "[{'delta':{'role':'assistant','content':''}},"
            + "{'delta':{'reasoning':'I see.','reasoning_content':'I see.'}},"
            + "{'delta':{'content':'Let me.'}},"
            + "{'delta':{'tool_calls':[{'index':0,'id':'call_a','type':'function','function':{'name':'f','arguments':'{}'}}]}},"
            + "{'delta':{'tool_calls':[{'index':1,'id':'call_b','type':'function','function':{'name':'g','arguments':'[]'}}]}},"
            + "{'delta':{},'finish_reason':'tool_calls'},"
            + "{'choices':[],'usage':{'total_tokens':9}},"
            + "'[DONE]']";

    private static JsonObject given(boolean usage) {
        return (JsonObject) read("{'cmd':'api_chat_stream','output':'x','request':{'stream':true"
                + (usage ? ",'stream_options':{'include_usage':true}" : "") + "}}");
    }

    /** Returns the chunks of a stream, as lines: with usage, and [DONE]. */
    private static List<String> chunks(List<String> deltas, boolean usage) {
        List<String> chunks = new ArrayList<>();
        for (String delta : deltas) {
            boolean isEnd = !delta.startsWith("{");
            chunks.add(HEAD + "'choices':[{'index':0,'delta':" + (isEnd ? "{}" : delta)
                    + ",'logprobs':null,'finish_reason':" + (isEnd ? "'" + delta + "'" : "null") + "}]"
                    + (usage ? ",'usage':null" : "") + "}");
        }
        if (usage) {
            chunks.add(HEAD + "'choices':[],'usage':{'total_tokens':9}}");
        }
        chunks.add("'[DONE]'");
        return chunks;
    }

    private static JsonValue read(String quotedSingly) {
        return Json.parseAny(quotedSingly.replace('\'', '"'));
    }

    private static List<JsonValue> read(List<String> chunks) {
        return chunks.stream().map(ChatChunksTest::read).toList();
    }

    private static String broken(List<String> chunks, boolean usage) {
        String broken = new ChatChunkRules(given(usage)).broken(read(chunks));
        return broken == null ? "" : broken;
    }

    @Test
    void rightStreamBreaksNoRule() {
        assertThat(broken(chunks(STREAM, true), true)).isEmpty();
        assertThat(broken(chunks(STREAM, false), false)).isEmpty();
    }

    @Test
    void textsAreJoinedWhereverTheyWereDivided() {
        List<JsonValue> chunks = read(chunks(STREAM, true));

        assertThat(ChatChunks.normal(chunks)).isEqualTo(read(NORMAL));
        List<String> whole = new ArrayList<>(STREAM);
        whole.set(1, "{'reasoning':'I see.','reasoning_content':'I see.'}");
        whole.remove(2);
        assertThat(ChatChunks.normal(read(chunks(whole, true)))).isEqualTo(read(NORMAL));
    }

    @Test
    void legacyCallsAndCustomCallsAreRight() {
        List<String> legacy = chunks(
                List.of(
                        "{'role':'assistant','content':''}",
                        "{'function_call':{'name':'f','arguments':''}}",
                        "{'function_call':{'arguments':'{'}}",
                        "{'function_call':{'arguments':'}'}}",
                        "function_call"),
                false);
        List<String> custom = chunks(
                List.of(
                        "{'role':'assistant','content':''}",
                        "{'tool_calls':[{'index':0,'id':'call_a','type':'custom','custom':{'name':'f','input':''}}]}",
                        "{'tool_calls':[{'index':0,'custom':{'input':'ls'}}]}",
                        "tool_calls"),
                false);

        assertThat(broken(legacy, false)).isEmpty();
        assertThat(ChatChunks.normal(read(legacy)).elements().get(1))
                .isEqualTo(read("{'delta':{'function_call':{'name':'f','arguments':'{}'}}}"));
        assertThat(broken(custom, false)).isEmpty();
    }

    @Test
    void choicesMayBeMixedAndAreComparedOneAfterTheOther() {
        List<String> mixed = new ArrayList<>();
        for (String delta :
                List.of("{'role':'assistant','content':''}", "{'content':'a'}", "{'content':'b'}", "stop")) {
            String chunk = chunks(List.of(delta), false).get(0);
            mixed.add(chunk);
            mixed.add(chunk.replace("'index':0", "'index':1"));
        }
        mixed.add("'[DONE]'");

        assertThat(broken(mixed, false)).isEmpty();
        assertThat(ChatChunks.normal(read(mixed)))
                .isEqualTo(read(
                        "[{'index':0,'delta':{'role':'assistant','content':''}},{'index':0,'delta':{'content':'ab'}},"
                                + "{'index':0,'delta':{},'finish_reason':'stop'},"
                                + "{'index':1,'delta':{'role':'assistant','content':''}},{'index':1,'delta':{'content':'ab'}},"
                                + "{'index':1,'delta':{},'finish_reason':'stop'},'[DONE]']"));
        mixed.add(2, mixed.remove(6));
        assertThat(broken(mixed, false)).startsWith("K");
    }

    /** In each line: the rule, the chunk that is changed, what is replaced in it, and by what. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "K1 # 3 # chatcmpl-1 # chatcmpl-2",
                "K1 # 3 # 'created':1 # 'created':2",
                "K1 # 0 # 'created':1 # 'created':'now'",
                "K1 # 3 # 'model':'m' # 'model':'n'",
                "K1 # 3 # chat.completion.chunk # chat.completion",
                "K1 # 0 # chat.completion.chunk # chat.completion",
                "K1 # 0 # 'chatcmpl-1' # null",
                "K1 # 11 # 'choices':[] # 'choices':null",
                "K2 # 0 # 'role':'assistant', #",
                "K2 # 0 # 'content':'' # 'content':null",
                "K2 # 3 # {'content' # {'role':'assistant','content'",
                "K3 # 0 # 'content':'' # 'content':'','reasoning':'x'",
                "K3 # 3 # {'content':'Let '} # {}",
                "K3 # 3 # {'content':'Let '} # {'content':''}",
                "K3 # 3 # {'content':'Let '} # {'content':'Let ','reasoning':'x'}",
                "K3 # 3 # {'content':'Let '} # null",
                "K3 # 2 # 'reasoning':'see.' # 'reasoning':'saw.'",
                "K4 # 3 # Let # \\ud83d",
                "K4 # 3 # Let # \\ufffd",
                "K4 # 6 # {'arguments':'{'} # {'arguments':'\\ufffd'}",
                "K5 # 5 # 'index':0,'id' # 'index':1,'id'",
                "K5 # 7 # 'index':0,'function' # 'index':1,'function'",
                "K5 # 9 # 'index':1,'function' # 'index':0,'function'",
                "K5 # 5 # 'id':'call_a', #",
                "K5 # 8 # call_b # call_a",
                "K5 # 5 # 'type':'function', #",
                "K5 # 5 # 'name':'f', #",
                "K5 # 5 # ,'arguments':'' #",
                "K5 # 6 # {'arguments' # {'name':'f','arguments'",
                "K5 # 6 # 'function' # 'id':'call_a','function'",
                "K5 # 6 # 'function' # 'type':'function','function'",
                "K5 # 6 # 'function' # 'other'",
                "K5 # 6 # {'arguments':'{'} # {'arguments':''}",
                "K5 # 6 # 'tool_calls':[ # 'tool_calls':[{},",
                "K3 # 10 # 'tool_calls' # null",
                "K6 # 10 # 'delta':{} # 'delta':{'content':'x'}",
                "K6 # 3 # ,'finish_reason':null #",
                "K6 # 0 # 'finish_reason':null # 'finish_reason':'stop'",
                "K6 # 3 # ,'usage':null #",
                "K6 # 3 # 'usage':null # 'usage':{'total_tokens':1}",
                "K6 # 11 # {'total_tokens':9} # null",
                "K8 # 3 # {'id' # {'error':null,'id'",
                "K8 # 3 # 'content':'Let ' # 'content':'Let ','tool_calls':[]",
                "K8 # 10 # 'finish_reason':'tool_calls' # 'finish_reason':''",
                "K10 # 3 # {'index':0,'delta' # {'index':0},{'index':0,'delta'",
                "K10 # 3 # 'choices':[{'index':0 # 'choices':[{'index':2",
                "K10 # 3 # 'choices':[{'index':0, # 'choices':[{",
            })
    void faultNamesItsRule(String rule, int position, String from, String to) {
        List<String> chunks = chunks(STREAM, true);
        String faulty = chunks.get(position).replace(from, to == null ? "" : to);
        assertThat(faulty).isNotEqualTo(chunks.get(position));
        chunks.set(position, faulty);

        assertThat(broken(chunks, true)).startsWith(rule + ": expected ").endsWith(" in chunk " + position);
    }

    /** In each line: the rule, and the positions of the chunks in their new order. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "K2 1 2 3 4 5 6 7 8 9 10 11 12", // no first chunk
                "K2 11 12", // no choice
                "K5 0 1 2 3 4 5 6 8 7 9 10 11 12", // interleaved
                "K5 0 1 2 3 4 6 7 8 9 10 11 12", // a call without its first delta
                "K5 0 1 2 5 6 3 7 8 9 10 11 12", // content within a call
                "K6 0 1 2 3 4 5 6 7 8 9 11 12", // no finish_reason
                "K6 0 1 2 3 4 5 6 7 8 10 9 11 12", // something after it
                "K6 0 1 2 3 4 5 6 7 8 9 10 10 11 12", // twice
                "K6 0 1 2 3 4 5 6 7 8 9 10 12", // no usage
                "K6 0 1 2 3 4 5 6 7 8 9 11 10 12", // usage too early
                "K6 0 1 2 3 4 5 6 7 8 9 10 11 11 12", // usage twice
                "K7 0 1 2 3 4 5 6 7 8 9 10 11", // no [DONE]
                "K7 0 1 2 3 4 5 6 7 8 9 10 12 11", // something after it
                "K7 0 1 2 3 4 5 6 7 8 9 10 11 12 12", // twice
            })
    void wrongOrderNamesItsRule(String line) {
        String[] words = line.split(" ", -1);
        List<String> chunks = chunks(STREAM, true);
        List<String> order = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            order.add(chunks.get(Integer.parseInt(words[i])));
        }

        assertThat(broken(order, true)).startsWith(words[0] + ": expected ");
    }

    @Test
    void usageThatWasNotAskedForBreaksItsRule() {
        assertThat(broken(chunks(STREAM, true), false)).startsWith("K6: expected no usage");
        List<String> chunks = chunks(STREAM, false);
        chunks.add(11, HEAD + "'choices':[]}");
        assertThat(broken(chunks, false)).startsWith("K6: expected a choice");
    }

    @Test
    void nameOfALegacyCallComesOnce() {
        for (String second :
                List.of("{'function_call':{'name':'f','arguments':'{'}}", "{'function_call':{'arguments':''}}")) {
            List<String> chunks = chunks(
                    List.of(
                            "{'role':'assistant','content':''}",
                            "{'function_call':{'name':'f','arguments':''}}",
                            second,
                            "function_call"),
                    false);
            assertThat(broken(chunks, false)).startsWith("K5: expected ");
        }
    }

    /** What is no stream at all is wrong, and no reason to fail. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[null]",
                "[1,'x',[]]",
                "['[DONE]']",
                "[{'choices':[[]]}]",
                "[{'choices':[{'index':1e99,'delta':{'tool_calls':[[],{}]}}]}]",
                "[{'choices':[{'index':99999999999999999999,'delta':7,'finish_reason':{}}]}]",
            })
    void anythingIsJudged(String chunks) {
        JsonArray list = (JsonArray) read(chunks);

        assertThat(new ChatChunkRules(given(false)).broken(list.elements())).startsWith("K");
        assertThat(ChatChunks.normal(list.elements()).elements().size())
                .isLessThanOrEqualTo(list.elements().size());
    }

    /** The text of the model may have the character itself. */
    @Test
    void replacementCharacterThatWasWrittenIsRight() {
        JsonObject given = given(false).toBuilder().put("output", "\uFFFD").build();
        String chunks = chunks(STREAM, false).stream()
                .collect(Collectors.joining(",", "[", "]"))
                .replace("Let", "\uFFFD");

        assertThat(new ChatChunkRules(given).broken(read(chunks).elements())).isNull();
    }
}
