package io.harmony4j.openai;

import static io.harmony4j.openai.Scripted.TOKENIZER;
import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.ToolNamespace;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that a request demands, of a model that would not make them. */
class ForcedRequestTest {
    private static final String TOOLS =
            "'tools':[{'type':'function','function':{'name':'a'}},{'type':'custom','custom':{'name':'b'}}]";
    private static final String THOUGHT = "<|channel|>analysis<|message|>Hm.<|end|>";

    private final List<String> asked = new ArrayList<>();

    /** A model that says one thing after the prompt, and another where it is made to go on. */
    private TokenGenerator model(int promptLength, String first, String second) {
        return (prompt, options, tokens) -> {
            asked.add(TOKENIZER.decode(Arrays.copyOfRange(prompt, promptLength, prompt.length)));
            int[] said = Scripted.tokens(asked.size() == 1 ? first : second);
            int count = 0;
            while (count < said.length && !options.isCancelled()) {
                tokens.accept(GeneratedToken.of(said[count], prompt.length + count));
                count++;
            }
            return Generation.of(Arrays.copyOf(said, count), FinishReason.STOP, prompt.length);
        };
    }

    private JsonObject chat(String members, String second) {
        ChatRequest request = new ChatCompletions(ApiOptions.DEFAULT)
                .request(("{'messages':[{'role':'user','content':'Hi'}]," + TOOLS + members + "}").replace('\'', '"'));
        int[] prompt = request.prompt(Scripted.RENDERER, 100_000);
        ChatAnswer answer = request.answer(TOKENIZER);
        String first = THOUGHT + "<|start|>assistant<|channel|>final<|message|>Hello.<|return|>";
        TokenGenerator generator = request.forced(model(prompt.length, first, second), TOKENIZER);
        AnswerTurn turn = answer.turn(0);
        turn.finish(generator.generate(prompt, request.generationOptions(0).withCancelled(turn::isDone), turn::accept));
        return answer.toJson();
    }

    private static JsonValue message(JsonObject answer) {
        return answer.get("choices").elements().get(0).get("message");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "; null",
                ",'tool_choice':'auto'; null",
                ",'tool_choice':'none'; null",
                ",'tool_choice':{'type':'allowed_tools','mode':'auto','tools':[{'type':'function','name':'a'}]}; null",
                ",'tool_choice':'required'; <|channel|>commentary to=functions.",
                ",'tool_choice':{'type':'function','function':{'name':'a'}}; <|channel|>commentary to=functions.a <|constrain|>json<|message|>",
                ",'tool_choice':{'type':'custom','custom':{'name':'b'}}; <|channel|>commentary to=functions.b <|constrain|>json<|message|>",
                ",'tool_choice':{'type':'allowed_tools','mode':'required','tools':[{'type':'function','name':'a'}]}; <|channel|>commentary to=functions.a <|constrain|>json<|message|>"
            })
    void theChoiceIsForcedWhereACallIsDemanded(String members, String forced) {
        chat(members == null ? "" : members, forced != null && forced.endsWith(".") ? "a json<|message|>{}" : "{}");
        if (forced.equals("null")) {
            assertThat(asked).hasSize(1);
        } else {
            assertThat(asked).hasSize(2);
            assertThat(asked.get(1)).isEqualTo(THOUGHT + "<|start|>assistant" + forced);
        }
    }

    @Test
    void theAnswerHasTheCallAndTheThought() {
        JsonObject answer = chat(",'tool_choice':'required'", "a <|constrain|>json<|message|>{\"x\":1}<|call|>");

        assertThat(answer.get("choices").elements().get(0).get("finish_reason").text())
                .isEqualTo("tool_calls");
        JsonValue message = message(answer);
        assertThat(message.get("content").isNull()).isTrue();
        assertThat(message.get("reasoning").text()).isEqualTo("Hm.");
        assertThat(message.get("tool_calls").elements().get(0).get("function"))
                .hasToString("{\"name\":\"a\",\"arguments\":\"{\\\"x\\\":1}\"}");
        int generated = Scripted.tokens(
                        THOUGHT
                                + "<|start|>assistant<|channel|>commentary to=functions.a <|constrain|>json<|message|>{\"x\":1}<|call|>")
                .length;
        // "to=functions." and "a" are more tokens than "to=functions.a"
        assertThat(answer.get("usage").get("completion_tokens").intValue()).isBetween(generated, generated + 1);
    }

    @Test
    void aCustomToolGetsItsText() {
        JsonObject answer = chat(",'tool_choice':{'type':'custom','name':'b'}", "{\"input\":\"ls\"}<|call|>");

        assertThat(message(answer).get("tool_calls").elements().get(0).get("custom"))
                .hasToString("{\"name\":\"b\",\"input\":\"ls\"}");
    }

    @Test
    void aHostedToolCanBeForced() {
        Responses responses =
                new Responses(ApiOptions.DEFAULT.withBuiltInTools(ToolNamespace.python()), ResponseStore.NONE);
        ResponsesRequest request = responses.request(
                "{\"input\":\"Hi\",\"tools\":[{\"type\":\"code_interpreter\"}],\"tool_choice\":{\"type\":\"code_interpreter\"}}");
        int[] prompt = request.prompt(Scripted.RENDERER, 100_000);
        request.forced(model(prompt.length, "<|return|>", "1"), TOKENIZER)
                .generate(prompt, request.generationOptions(0), token -> {});

        assertThat(asked.get(1)).isEqualTo("<|channel|>analysis to=python code<|message|>");
    }
}
