package io.harmony4j.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.core.ObjectMappers;
import com.openai.models.responses.ResponseItem;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients can ask of a response that is kept. */
class StoredResponsesTest {
    private final int[] next = {0};
    private final Responses responses =
            new Responses(ApiOptions.DEFAULT.withIds(() -> "" + next[0]++), new InMemoryResponseStore());

    private String keep(String request) {
        ResponsesRequest read = responses.request(request.replace('\'', '"'));
        ResponseAnswer answer = read.answer(Scripted.TOKENIZER);
        Scripted.play(answer.turn(), "<|channel|>final<|message|>Hello!<|return|>", FinishReason.STOP);
        responses.keep(read, answer);
        return answer.id();
    }

    private String items(int count) {
        return keep("{'input':["
                + IntStream.range(0, count)
                        .mapToObj(i -> "{'role':'user','id':'m" + i + "','content':'" + i + "'}")
                        .collect(Collectors.joining(","))
                + "]}");
    }

    private static List<String> ids(JsonObject page) {
        return page.get("data").elements().stream()
                .map(item -> item.get("id").text())
                .toList();
    }

    private static ApiException refused(Runnable call) {
        return catchThrowableOfType(ApiException.class, call::run);
    }

    @Test
    void aResponseIsReadAndDropped() {
        String id = keep("{'input':'Hi'}");

        assertThat(responses.get(id).get("status").text()).isEqualTo("completed");
        assertThat(responses.delete(id))
                .hasToString("{\"id\":\"" + id + "\",\"object\":\"response\",\"deleted\":true}");
        for (ApiException refusal : List.of(
                refused(() -> responses.get(id)),
                refused(() -> responses.delete(id)),
                refused(() -> responses.inputItems(id, Map.of())))) {
            assertThat(refusal.status()).isEqualTo(404);
            assertThat(refusal.toJson())
                    .hasToString("{\"error\":{\"message\":\"Response with id '" + id
                            + "' not found.\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}");
        }
    }

    @Test
    void theNewestItemsComeFirst() {
        JsonObject page = responses.inputItems(items(3), Map.of("include", "x"));

        assertThat(ids(page)).containsExactly("m2", "m1", "m0");
        assertThat(page.members().keySet()).containsExactly("object", "data", "has_more", "first_id", "last_id");
        assertThat(page.get("object").text()).isEqualTo("list");
        assertThat(page.get("has_more").booleanValue()).isFalse();
        assertThat(page.get("first_id").text()).isEqualTo("m2");
        assertThat(page.get("last_id").text()).isEqualTo("m0");
    }

    @Test
    void pagesFollowEachOther() {
        String id = items(45);
        JsonObject page = responses.inputItems(id, Map.of());
        assertThat(ids(page)).hasSize(20).startsWith("m44").endsWith("m25");
        assertThat(page.get("has_more").booleanValue()).isTrue();

        page = responses.inputItems(id, Map.of("after", "m25", "limit", "25"));
        assertThat(ids(page)).hasSize(25).startsWith("m24").endsWith("m0");
        assertThat(page.get("has_more").booleanValue()).isFalse();

        page = responses.inputItems(id, Map.of("after", "m43", "order", "asc", "limit", "100"));
        assertThat(ids(page)).containsExactly("m44");

        page = responses.inputItems(id, Map.of("after", "m0"));
        assertThat(ids(page)).isEmpty();
        assertThat(page.get("first_id").isNull()).isTrue();
        assertThat(page.get("last_id").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0, integer_below_min_value",
        "limit, 101, integer_above_max_value",
        "limit, -1, integer_below_min_value",
        "limit, ten, invalid_type",
        "limit, 99999999999999999999, invalid_type",
        "order, newest, invalid_value",
        "after, m9, invalid_value"
    })
    void aWrongQueryIsRefused(String name, String value, String code) {
        String id = items(2);
        ApiException refusal = refused(() -> responses.inputItems(id, Map.of(name, value)));

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.param()).isEqualTo(name);
        assertThat(refusal.code()).isEqualTo(code);
    }

    @Test
    void onlyTheItemsOfThatRequestAreListed() {
        String first = keep("{'input':'One'}");
        String second = keep("{'previous_response_id':'" + first + "','input':'Two'}");

        assertThat(responses.inputItems(second, Map.of()).get("data").elements())
                .singleElement()
                .satisfies(item -> assertThat(item.get("content")
                                .elements()
                                .get(0)
                                .get("text")
                                .text())
                        .isEqualTo("Two"));
    }

    @Test
    void clientsReadTheItems() throws Exception {
        String id = keep("{'input':[{'role':'user','content':'Hi'},{'role':'assistant','content':'Ho'},"
                + "{'type':'message','role':'developer','content':[{'type':'input_text','text':'D'}]},"
                + "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'},"
                + "{'type':'function_call_output','call_id':'c','output':'7'}]}");

        List<JsonValue> items =
                responses.inputItems(id, Map.of("order", "asc")).get("data").elements();
        for (JsonValue item : items) {
            ResponseItem read = ObjectMappers.jsonMapper().readValue(item.toString(), ResponseItem.class);
            assertThat(read.validate().isValid()).as(item.toString()).isTrue();
        }
        assertThat(items.get(0).get("content")).isEqualTo(Json.parse("[{\"type\":\"input_text\",\"text\":\"Hi\"}]"));
        assertThat(items.get(1).get("content"))
                .isEqualTo(Json.parse("[{\"type\":\"output_text\",\"text\":\"Ho\",\"annotations\":[]}]"));
    }

    @Test
    void aResponseInTheBackgroundIsQueuedUntilItBegins() {
        ResponsesRequest request = responses.request("{\"input\":\"Hi\",\"background\":true}");
        ResponseAnswer answer = request.answer(Scripted.TOKENIZER);
        assertThat(answer.toJson().get("status").text()).isEqualTo("queued");
        responses.keep(request, answer);
        assertThat(refused(() -> responses.request("{\"previous_response_id\":\"" + answer.id() + "\"}")))
                .hasMessageContaining("is not finished yet");

        answer.begin();
        assertThat(answer.toJson().get("status").text()).isEqualTo("in_progress");
        assertThat(responses.get(answer.id()).get("status").text()).isEqualTo("queued");

        Scripted.play(answer.turn(), "<|channel|>final<|message|>Hello!<|return|>", FinishReason.STOP);
        assertThat(answer.toJson().get("status").text()).isEqualTo("completed");
    }

    @Test
    void tokensAreCounted() {
        ResponsesRequest request = responses.request("{\"input\":\"Hi\"}");
        int[] prompt = request.prompt(Scripted.RENDERER, 100_000);

        assertThat(request.countPrompt(Scripted.RENDERER)).isEqualTo(prompt.length);
        assertThat(Responses.inputTokens(prompt.length))
                .hasToString("{\"object\":\"response.input_tokens\",\"input_tokens\":" + prompt.length + "}");
    }
}
