package io.harmony4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {
    private static JsonFields fields(String json) {
        return JsonFields.ofObjectOrList(Json.parse(json), "a message", "$", "role", "content", "content_type");
    }

    @Test
    void membersThatAreNoFieldsAreNamedInTheirOrder() {
        JsonFields fields = fields("{\"z\":1,\"role\":\"user\",\n \"a\":null,\"z\":{\"b\":2}}");

        assertThat(fields.others()).containsExactly("z", "a");
        assertThat(fields.unexpectedName("a"))
                .isEqualTo("expected only fields of a message but found \"a\" at $.a (line 2, column 6)");
        assertThat(fields("[1,2,3]").others()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "contents, content",
        "Content, content",
        "contentType, content_type",
        "content-type, content_type",
        "contnet, content",
        "rloe, role",
        "role_, role",
        "roles, role",
        "cnotnet_type, content_type",
    })
    void aSlipIsNear(String name, String field) {
        assertThat(fields("{}").nearest(name)).hasValue(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "r", "tool", "text", "con", "name", "weight", "type", "💖"})
    void otherNamesAreNotNear(String name) {
        assertThat(fields("{}").nearest(name)).isEmpty();
        assertThat(fields("{}").nearest(name.repeat(1_000_000))).isEmpty();
    }

    @Test
    void aMissingFieldThatIsThereUnderASimilarNameIsSaidToBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fields("{\"Role\":1,\"context\":\"x\"}").required("content"))
                .withMessage("expected the field \"content\" but found none at $ (line 1, column 1);"
                        + " is \"context\" meant to be this field?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "my-tool_2|$.my-tool_2",
                "2nd|$[\"2nd\"]",
                "a.b|$[\"a.b\"]",
                "a b|$[\"a b\"]",
                "''|$[\"\"]",
                "é|$[\"é\"]",
            })
    void aPathQuotesNamesThatAreNotPlain(String name, String path) {
        assertThat(JsonFields.path("$", name)).isEqualTo(path);
    }

    @Test
    void aPathCutsLongNamesAndEscapesControls() {
        assertThat(JsonFields.path("$", "a\nb")).isEqualTo("$[\"a\\nb\"]");
        assertThat(JsonFields.path("$", "x".repeat(1_000_000))).isEqualTo("$[\"" + "x".repeat(76) + "...]");
        assertThat(JsonFields.path("$", "💖".repeat(1_000_000))).isEqualTo("$[\"" + "💖".repeat(38) + "...]");
    }

    @Test
    void theListOfFieldsIsReadInTheirOrder() {
        assertThat(fields("[\"user\",\"hi\",null]").text("content")).isEqualTo("hi");
        assertThat(List.of(fields("[\"user\",\"hi\",null]").path("content"))).containsExactly("$.content");
    }
}
