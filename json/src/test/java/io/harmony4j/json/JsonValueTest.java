package io.harmony4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonValueTest {
    @Test
    void membersAndElementsAreFoundByName() {
        JsonValue weather = Json.parse("{\"city\":\"Tokyo\",\"days\":[1,2.5,true]}");

        assertThat(weather.get("city").text()).isEqualTo("Tokyo");
        assertThat(weather.get("days").elements().get(0).intValue()).isEqualTo(1);
        assertThat(weather.get("days").elements().get(1).doubleValue()).isEqualTo(2.5);
        assertThat(weather.get("days").elements().get(2).booleanValue()).isTrue();
        assertThat(weather.members().keySet()).containsExactly("city", "days");
    }

    @Test
    void whatIsNotThereIsNull() {
        JsonObject object = (JsonObject) Json.parse("{\"a\":null}");

        assertThat(object.get("a").isNull()).isTrue();
        assertThat(object.get("b").isNull()).isTrue();
        assertThat(object.has("a")).isTrue();
        assertThat(object.has("b")).isFalse();
        assertThat(JsonValue.of("text").get("a").isNull()).isTrue();
        assertThat(JsonValue.of("text").elements()).isEmpty();
        assertThat(JsonValue.of("text").members()).isEmpty();
    }

    @Test
    void anotherKindIsRefusedWithItsPlace() {
        JsonValue weather = Json.parse("{\"city\":\"Tokyo\",\n\"days\":[1,2]}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> weather.get("days").text())
                .withMessage("expected a string but found a list (line 2, column 8)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> weather.get("city").doubleValue())
                .withMessage("expected a number but found \"Tokyo\" (line 1, column 9)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonValue.ofNull().booleanValue())
                .withMessage("expected true or false but found null");
    }

    @ParameterizedTest
    @CsvSource({
        "2147483647, true, true",
        "2147483648, false, true",
        "-2147483648, true, true",
        "-2147483649, false, true",
        "9223372036854775807, false, true",
        "9223372036854775808, false, false",
        "1.0, false, false",
        "1e3, false, false",
    })
    void integersAreThoseThatFit(String json, boolean isInt, boolean isLong) {
        JsonValue value = Json.parse(json);

        if (isInt) {
            assertThat(value.intValue()).isEqualTo(Integer.parseInt(json));
        } else {
            assertThatIllegalArgumentException().isThrownBy(value::intValue).withMessageContaining("32 bits");
        }
        if (isLong) {
            assertThat(value.longValue()).isEqualTo(Long.parseLong(json));
        } else {
            assertThatIllegalArgumentException().isThrownBy(value::longValue).withMessageContaining("64 bits");
        }
        assertThat(value.doubleValue()).isEqualTo(Double.parseDouble(json));
    }

    @Test
    void valuesAreEqualIfTheirTextsAre() {
        assertThat(Json.parse(" {\"a\" : 1, \"b\":[]}")).isEqualTo(Json.parse("{\"a\":1,\"b\":[]}"));
        assertThat(Json.parse("{\"a\":1,\"b\":2}")).isNotEqualTo(Json.parse("{\"b\":2,\"a\":1}"));
        assertThat(Json.parse("1")).isNotEqualTo(Json.parse("1.0")).isEqualTo(JsonValue.of(1));
        assertThat(Json.parse("\"1\"")).isNotEqualTo(JsonValue.of(1)).hasSameHashCodeAs(JsonValue.of("1"));
        assertThat(Json.parse("null")).isEqualTo(JsonValue.ofNullable(null)).isNotEqualTo(JsonValue.of(""));
    }

    @Test
    void objectsAreBuiltInTheOrderOfTheirMembers() {
        JsonObject object = JsonObject.builder()
                .put("b", "text")
                .put("a", 1)
                .put("c", 1.5)
                .put("d", true)
                .put("e", (String) null)
                .put("f", JsonArray.ofTexts(List.of("x")))
                .put("b", JsonArray.ofIntegers(1, 2))
                .build();

        assertThat(object).hasToString("{\"b\":[1,2],\"a\":1,\"c\":1.5,\"d\":true,\"e\":null,\"f\":[\"x\"]}");
        assertThat(object.toBuilder().put("g", false).build().members()).hasSize(7);
        assertThat(object.members()).hasSize(6).isUnmodifiable();
    }

    @Test
    void laterChangesToABuilderDoNotReachTheObject() {
        JsonObject.Builder builder = JsonObject.builder().put("a", 1);
        JsonObject object = builder.build();

        builder.put("b", 2);

        assertThat(object).hasToString("{\"a\":1}");
    }
}
