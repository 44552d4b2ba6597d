package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.engine.BatchGenerator;
import io.harmony4j.engine.Model;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.ApiOptions;
import io.harmony4j.openai.InMemoryResponseStore;
import io.harmony4j.openai.ResponseAnswer;
import io.harmony4j.openai.ResponseLoop;
import io.harmony4j.openai.Responses;
import io.harmony4j.openai.ResponsesRequest;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.Tokenizer;
import org.junit.jupiter.api.Test;

/** What the engine reads again of a conversation that goes on from kept responses: nothing. */
class EngineReuseTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final HarmonyRenderer RENDERER =
            new HarmonyRenderer(TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));

    private final Responses responses = new Responses(ApiOptions.DEFAULT, new InMemoryResponseStore());

    private JsonObject answer(BatchGenerator engine, String members) {
        ResponsesRequest request = responses.request(("{" + members
                        + ",'temperature':0,'tools':[{'type':'function','name':'calculate','description':'Evaluates an expression.',"
                        + "'parameters':{'type':'object','properties':{'expression':{'type':'string'}},'required':['expression']}}]}")
                .replace('\'', '"'));
        ResponseAnswer answer = request.answer(TOKENIZER);
        new ResponseLoop(engine, TOKENIZER, RENDERER, 4096, (tool, input) -> "").run(request, answer, () -> false);
        responses.keep(request, answer);
        return answer.toJson();
    }

    private static int cached(JsonObject response) {
        return response.get("usage")
                .get("input_tokens_details")
                .get("cached_tokens")
                .intValue();
    }

    private static int read(JsonObject response) {
        return response.get("usage").get("total_tokens").intValue()
                - 1; // it has not read the token at which it stopped
    }

    @Test
    void aResponseThatGoesOnFromACallReadsOnlyTheResult() {
        try (Model tiny = Model.tiny();
                BatchGenerator engine = new BatchGenerator(tiny)) {
            JsonObject called =
                    answer(engine, "'instructions':'You are a helpful assistant.','input':'What is 17 * 23?'");
            JsonValue call = called.get("output")
                    .elements()
                    .get(called.get("output").elements().size() - 1);
            assertThat(call.get("type").text()).isEqualTo("function_call");
            JsonObject answered = answer(
                    engine,
                    "'instructions':'You are a helpful assistant.','previous_response_id':'"
                            + called.get("id").text() + "','input':[{'type':'function_call_output','call_id':'"
                            + call.get("call_id").text() + "','output':'391'}]");

            assertThat(cached(answered)).isEqualTo(read(called));
        }
    }
}
