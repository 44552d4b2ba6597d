package io.harmony4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ApiOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HarmonyParseTest {
    private static final HarmonyParse PARSE = new HarmonyParse(ApiOptions.DEFAULT.withModels("only"));
    private static final String CALL =
            "{'text':'<|channel|>commentary to=functions.f <|constrain|>json<|message|>{}<|call|>','tools':['f']";

    private static JsonObject answer(String body) {
        return PARSE.answer(PARSE.request(body.replace('\'', '"')));
    }

    private static List<String> events(String body) {
        List<String> events = new ArrayList<>();
        PARSE.stream(PARSE.request(body.replace('\'', '"')), event -> events.add(event.toString()));
        return events;
    }

    @Test
    void textAndTokensAreReadAlike() {
        JsonObject ofText = answer("{'text':'<|channel|>final<|message|>Hello<|return|>','include':[]}");
        JsonObject ofTokens = answer("{'tokens':[200005,17196,200008,13225,200002],'include':[]}");

        assertThat(ofTokens).isEqualTo(ofText);
        assertThat(ofText.get("messages"))
                .hasToString("[{\"role\":\"assistant\",\"content\":\"Hello\",\"channel\":\"final\"}]");
        assertThat(ofText.get("finish_reason").text()).isEqualTo("stop");
        assertThat(ofText.get("usage"))
                .hasToString(
                        "{\"total\":5,\"reasoning\":0,\"other\":0,\"channels\":{\"final\":{\"header\":4,\"content\":1}}}");
        assertThat(ofText.members().keySet())
                .containsExactly("tokens", "vocabulary", "messages", "repairs", "finish_reason", "usage");
    }

    @Test
    void aRepairHasItsPlace() {
        assertThat(answer("{'text':'<|channel|>finale<|message|>Hi<|return|>'}")
                        .get("repairs")
                        .elements())
                .singleElement()
                .satisfies(repair -> {
                    assertThat(repair.get("code").text()).isEqualTo("CHANNEL_SPELLING");
                    assertThat(repair.get("position").intValue()).isBetween(1, 3);
                });
    }

    @Test
    void theAnswerIsThatOfBothApis() {
        JsonObject answer = answer(CALL + "}");

        JsonValue choice = answer.get("chat").get("choices").elements().get(0);
        assertThat(choice.get("finish_reason").text()).isEqualTo("tool_calls");
        assertThat(choice.get("message").get("tool_calls").elements().get(0).get("function"))
                .hasToString("{\"name\":\"f\",\"arguments\":\"{}\"}");
        assertThat(answer.get("responses")
                        .get("response")
                        .get("output")
                        .elements()
                        .get(0)
                        .get("type")
                        .text())
                .isEqualTo("function_call");
        List<JsonValue> events = answer.get("responses").get("events").elements();
        assertThat(events.get(0).get("type").text()).isEqualTo("response.created");
        assertThat(events.get(events.size() - 1).get("type").text()).isEqualTo("response.completed");
    }

    @Test
    void aToolThatNoRequestCanDeclareIsNoError() {
        JsonObject answer =
                answer("{'text':'<|channel|>final<|message|>Hi<|return|>','tools':['a b','<b>','python','x.y','']}");

        assertThat(answer.members().keySet()).contains("chat", "responses");
    }

    @Test
    void whatIsNotIncludedIsNotThere() {
        assertThat(answer(CALL + ",'include':['events']}").members().keySet())
                .contains("events")
                .doesNotContain("chat", "responses");
    }

    @Test
    void theRoleMayBeInTheStreamOrStripped() {
        assertThat(answer("{'text':'<|start|>user<|message|>Hi<|end|>','role':null,'mode':'strict'}")
                        .get("messages"))
                .hasToString("[{\"role\":\"user\",\"content\":\"Hi\"}]");
        assertThat(answer("{'text':'analysisHm.assistantfinalHi','stripped':true}")
                        .get("messages")
                        .elements())
                .hasSize(2);
    }

    @Test
    void theStreamIsTheEvents() {
        assertThat(events(CALL + ",'stream':true}"))
                .hasSize(3)
                .contains("{\"event\":\"content_delta\",\"text\":\"{}\"}");
    }

    @Test
    void aStreamThatIsReadStrictlyEndsWithItsError() {
        List<String> events = events("{'text':'<|channel|>final<|message|>Hi<|call|>!','mode':'strict','stream':true}");

        assertThat(events.get(0)).contains("message_started");
        assertThat(events.get(events.size() - 1))
                .startsWith("{\"error\":{\"message\":\"expected")
                .contains("not_harmony");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "either tokens or text      # {}",
                "either tokens or text      # {'tokens':[],'text':''}",
                "expected a list            # {'tokens':'1'}",
                "expected an integer        # {'tokens':[1.5]}",
                "expected a string          # {'text':5}",
                "expected a role            # {'text':'a','role':'usr'}",
                "'recover', 'strict'        # {'text':'a','mode':'loose'}",
                "without special tokens     # {'text':'a','mode':'strict','stripped':true}",
                "'chat', 'events', 'respons # {'text':'a','include':['all']}",
                "expected <|message|>       # {'text':'a','mode':'strict'}",
            })
    void whatIsWrongIsRefusedWith400(String message, String body) {
        assertThatThrownBy(() -> answer(body))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(400))
                .hasMessageContaining(message);
    }
}
