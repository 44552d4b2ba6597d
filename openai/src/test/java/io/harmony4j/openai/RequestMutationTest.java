package io.harmony4j.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Requests in which something is wrong are read or refused; nothing else happens. */
class RequestMutationTest {
    private static final HarmonyRenderer RENDERER =
            new HarmonyRenderer(Scripted.TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));

    private static final JsonValue CHAT = Json.parse("""
            {"model":"m","messages":[{"role":"system","content":"S"},{"role":"user","name":"bob","content":[{"type":"text","text":"Hi"}]},
             {"role":"assistant","content":"P","reasoning":"r","reasoning_details":[{"type":"reasoning.text","text":"t"}],"tool_calls":[
              {"id":"a","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"b","type":"custom","custom":{"name":"g","input":"x"}}]},
             {"role":"tool","tool_call_id":"a","content":"7"},{"role":"tool","tool_call_id":"b","name":"g","content":"8"},
             {"role":"assistant","content":null,"refusal":"No","function_call":{"name":"f","arguments":{"a":1}}},
             {"role":"function","name":"f","content":"9"}],
             "tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"},"strict":true}},
              {"type":"custom","custom":{"name":"g","description":"d"}}],"functions":[{"name":"h"}],
             "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"function","function":{"name":"f"}}]}},
             "parallel_tool_calls":false,"response_format":{"type":"json_schema","json_schema":{"name":"s","description":"d","schema":{}}},
             "reasoning_effort":"low","reasoning":{"effort":"low","exclude":false},"temperature":1,"top_p":0.5,"max_tokens":5,"n":2,"seed":1,
             "stop":["a"],"frequency_penalty":1,"presence_penalty":1,"logit_bias":{"5":1},"logprobs":true,"top_logprobs":2,"stream":true,
             "stream_options":{"include_usage":true},"modalities":["text"],"metadata":{},"user":"u","top_k":3,"min_p":0.1}""");

    private static final JsonValue RESPONSES = Json.parse("""
            {"model":"m","instructions":"I","input":[{"role":"developer","content":"D"},{"type":"message","role":"user","content":"Hi"},
             {"type":"reasoning","id":"rs_1","summary":[],"content":[{"type":"reasoning_text","text":"r"}],"encrypted_content":"h4j1.YQ=="},
             {"role":"assistant","phase":"commentary","content":[{"type":"output_text","text":"P"}]},
             {"type":"function_call","call_id":"a","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"a","output":"7"},
             {"type":"custom_tool_call","call_id":"b","name":"g","input":"x"},{"type":"custom_tool_call_output","call_id":"b","output":"8"},
             {"type":"code_interpreter_call","code":"1","outputs":[{"type":"logs","logs":"1"}]},
             {"type":"mcp_call","name":"m","arguments":"{}","output":"9"},{"type":"web_search_call"}],
             "tools":[{"type":"function","name":"f","parameters":{"type":"object"}},{"type":"custom","name":"g"},
              {"type":"namespace","name":"n","description":"d","tools":[{"type":"function","name":"h"}]},{"type":"web_search"}],
             "tool_choice":{"type":"function","name":"f"},"text":{"format":{"type":"json_schema","name":"s","schema":{}},"verbosity":"low"},
             "reasoning":{"effort":"high","summary":"auto","context":"auto"},"temperature":1,"top_p":1,"max_output_tokens":9,"top_logprobs":1,
             "parallel_tool_calls":true,"include":["x"],"truncation":"auto","store":true,"background":false,"stream":false,"metadata":{}}""");

    private static final List<JsonValue> VALUES = List.of(
            JsonValue.ofNull(),
            JsonValue.of(true),
            JsonValue.of(-1),
            JsonValue.of(1e300),
            Json.parseAny("123456789012345678901234567890"),
            JsonValue.of(""),
            JsonValue.of("\ud83d x \u0000 <|end|>"),
            JsonValue.of("function"),
            JsonArray.of(List.of()),
            JsonArray.of(List.of(JsonValue.ofNull(), JsonValue.of("x"))),
            JsonObject.EMPTY,
            JsonObject.of("type", JsonValue.of("text")));

    /** Changes a few values anywhere in a request. */
    private static JsonValue changed(JsonValue value, SplittableRandom random, double rate) {
        if (random.nextDouble() < rate) {
            return VALUES.get(random.nextInt(VALUES.size()));
        }
        if (value.isArray()) {
            List<JsonValue> elements = new ArrayList<>();
            for (JsonValue element : value.elements()) {
                for (int times = random.nextDouble() < rate ? random.nextInt(3) : 1; times > 0; times--) {
                    elements.add(changed(element, random, rate));
                }
            }
            return JsonArray.of(elements);
        }
        if (value.isObject()) {
            JsonObject.Builder members = JsonObject.builder();
            for (Map.Entry<String, JsonValue> member : value.members().entrySet()) {
                if (random.nextDouble() >= rate) {
                    members.put(member.getKey(), changed(member.getValue(), random, rate));
                }
            }
            return members.build();
        }
        return value;
    }

    private static void read(String json, boolean isChat) {
        try {
            ApiRequest request = isChat
                    ? new ChatCompletions(ApiOptions.DEFAULT).request(json)
                    : new Responses(ApiOptions.DEFAULT, ResponseStore.NONE).request(json);
            request.generationOptions(0);
            request.prompt(RENDERER, 10_000);
            if (request instanceof ChatRequest chat) {
                chat.answer(Scripted.TOKENIZER, chunk -> {}).begin();
            } else if (request instanceof ResponsesRequest responses) {
                responses.answer(Scripted.TOKENIZER, event -> {}).begin();
            }
        } catch (ApiException e) {
            assertThat(e.getMessage()).isNotEmpty();
            assertThat(e.toJson().get("error").members()).containsOnlyKeys("message", "type", "param", "code");
        }
    }

    @Property(tries = 2000)
    void changedRequestsAreReadOrRefused(@ForAll long seed, @ForAll boolean isChat) {
        SplittableRandom random = new SplittableRandom(seed);
        JsonValue changed = changed(isChat ? CHAT : RESPONSES, random, 0.002 + random.nextDouble() * 0.05);
        read(changed.toString(), isChat);
    }

    @Property(tries = 500)
    void changedTextsAreReadOrRefused(@ForAll long seed, @ForAll boolean isChat) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder((isChat ? CHAT : RESPONSES).toString());
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.setCharAt(random.nextInt(text.length()), "{}[]\",:\\x0\ud800".charAt(random.nextInt(11)));
        }
        read(text.toString(), isChat);
    }
}
