package io.harmony4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ApiOptions;
import io.harmony4j.openai.ResponseStore;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HarmonyRenderTest {
    private static final HarmonyRender RENDER = new HarmonyRender(
            ApiOptions.DEFAULT.withModels("only").withDate(LocalDate.of(2026, 1, 2)), ResponseStore.NONE);

    private static JsonObject answer(String body) {
        return RENDER.answer(body.replace('\'', '"'));
    }

    private static List<String> lines(JsonValue list) {
        return list.elements().stream().map(JsonValue::toString).toList();
    }

    @Test
    void aConversationIsTokensMessagesPartsAndSections() {
        JsonObject answer = answer("{'conversation':{'messages':[{'role':'user','content':'Hi \\u00e9'}]}}");

        assertThat(answer.get("text")).hasToString("\"<|start|>user<|message|>Hi é<|end|><|start|>assistant\"");
        assertThat(answer.get("count").intValue()).isEqualTo(8);
        assertThat(answer.get("shape").text()).isEqualTo("harmony");
        assertThat(answer.get("tokens").elements()).hasSize(8);
        assertThat(lines(answer.get("messages")))
                .containsExactly("{\"index\":0,\"role\":\"user\",\"start\":0,\"content\":3,\"end\":5}");
        assertThat(lines(answer.get("parts")))
                .contains("{\"part\":\"text\",\"message\":0,\"start\":3,\"end\":5}")
                .endsWith("{\"part\":\"next_message\",\"message\":1,\"start\":6,\"end\":8}");
        assertThat(lines(answer.get("sections")))
                .contains("{\"section\":\"text\",\"tokens\":2,\"description\":\"is text of the conversation\"}");
    }

    @Test
    void aTokenIsInTheVocabularyOnce() {
        JsonValue vocabulary = answer("{'conversation':{'messages':[{'role':'user','content':' a a a'}]}}")
                .get("vocabulary");

        assertThat(vocabulary.get("200006")).hasToString("{\"text\":\"<|start|>\",\"special\":true}");
        assertThat(vocabulary.get("261")).hasToString("{\"text\":\" a\",\"bytes\":\"2061\"}");
        assertThat(vocabulary.members()).hasSize(6);
    }

    @Test
    void aTokenThatIsNoWholeCharacterHasBytesAlone() {
        JsonValue vocabulary = answer("{'conversation':{'messages':[{'role':'user','content':'\\ud83e\\udd9c'}]}}")
                .get("vocabulary");

        assertThat(vocabulary.members().values())
                .anySatisfy(token -> assertThat(token.members().keySet()).containsExactly("bytes"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "harmony           # {'any':{'messages':[{'role':'user','content':'Hi'}]}}",
                "chat_request      # {'any':{'model':'m','messages':[{'role':'user','content':'Hi'}]}}",
                "chat_request      # {'chat':{'messages':[{'role':'user','content':'Hi'}]}}",
                "responses_request # {'any':{'input':'Hi'}}",
                "responses_request # {'responses':{'input':'Hi'}}",
                "chat_answer       # {'any':{'choices':[{'message':{'role':'assistant','content':'Hi'}}]}}",
            })
    void eachShapeIsReadAndItsConversationReturned(String shape, String body) {
        JsonObject answer = answer(body);

        assertThat(answer.get("shape").text()).isEqualTo(shape);
        assertThat(answer.get("text").text()).contains("<|message|>Hi<|end|>");
        assertThat(answer.get("conversation").get("messages").elements())
                .last()
                .satisfies(message -> assertThat(message.get("content").text()).isEqualTo("Hi"));
    }

    @Test
    void jsonInAStringIsReadAndWhatIsWrongInItHasItsPlace() {
        assertThat(answer("{'any':'{\\'messages\\':[]}'}".replace("\\'", "\\\""))
                        .get("count")
                        .intValue())
                .isEqualTo(2);
        assertThatThrownBy(() -> RENDER.answer("{\"any\":\"{\\n\\\"messages\\\": [}\"}"))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void theNextRoleMayBeAnotherOrNone() {
        assertThat(answer("{'any':{'messages':[]},'next_role':'user'}")
                        .get("text")
                        .text())
                .isEqualTo("<|start|>user");
        assertThat(answer("{'any':{'messages':[]},'next_role':null}")
                        .get("count")
                        .intValue())
                .isZero();
    }

    @Test
    void theDateIsTheRequestsTheServersOrTheConversations() {
        assertThat(answer("{'responses':{'input':'Hi'},'date':'2025-12-31'}")
                        .get("text")
                        .text())
                .contains("Current date: 2025-12-31");
        assertThat(answer("{'conversation':{'messages':[]},'date':'2025-12-31'}")
                        .get("text")
                        .text())
                .isEqualTo("<|start|>assistant");
    }

    @Test
    void whatAPolicyLeavesOutIsToldAndItsConversationIsWhole() {
        String conversation = "{'conversation':{'messages':[{'role':'user','content':'a'},"
                + "{'role':'assistant','channel':'analysis','content':'b'},"
                + "{'role':'assistant','channel':'final','content':'c'}]}";

        JsonObject dropped = answer(conversation + "}");
        assertThat(dropped.get("dropped")).hasToString("[1]");
        assertThat(dropped.get("messages").elements()).hasSize(2);
        assertThat(dropped.get("conversation").get("messages").elements()).hasSize(3);
        assertThat(answer(conversation + ",'analysis_policy':'keep-all'}").get("dropped"))
                .hasToString("[]");
    }

    @Test
    void aFieldThatTheFormatDoesNotHaveIsNamed() {
        assertThat(lines(answer("{'conversation':{'messages':[{'role':'user','content':'a','chanel':'final'}]}}")
                        .get("ignored")))
                .singleElement()
                .asString()
                .contains("chanel");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "The body is not JSON       # {",
                "a JSON object as the body  # []",
                "but found none             # {}",
                "but found chat, any        # {'chat':{},'any':{}}",
                "expected a role            # {'conversation':{'messages':[{'role':'usr','content':''}]}}",
                "a tool's name              # {'conversation':{'messages':[{'role':'tool','content':''}]}}",
                "expected a role            # {'any':{'messages':[]},'next_role':'usr'}",
                "expected a string          # {'any':{'messages':[]},'next_role':5}",
                "expected an analysis polic # {'any':{'messages':[]},'analysis_policy':'none'}",
                "expected a date            # {'any':{'input':'a'},'date':'today'}",
                "'messages'                 # {'chat':{}}",
            })
    void whatIsWrongIsRefusedWith400(String message, String body) {
        assertThatThrownBy(() -> answer(body))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(400))
                .hasMessageContaining(message);
    }
}
