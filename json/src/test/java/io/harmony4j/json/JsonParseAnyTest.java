package io.harmony4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON that need not be of the format. */
class JsonParseAnyTest {
    @Test
    void unpairedSurrogatesAreReadAsTheyAre() {
        assertThat(Json.parseAny("\"a\\ud800b\"").text()).isEqualTo("a\ud800b");
        assertThat(Json.parseAny("\"\\udc96\\ud83d\"").text()).isEqualTo("\udc96\ud83d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"\\ud83d\":1}", "{\"\\udfff\":1}"})
    void unpairedSurrogatesInNamesAreRefused(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parseAny(json))
                .withMessageContaining("surrogate");
    }

    @Provide
    Arbitrary<String> values() {
        return JsonTexts.values();
    }

    @Property(tries = 500)
    void whatTheFormatHasIsOfTheFormat(@ForAll("values") String json) {
        JsonValue any = Json.parseAny(json);
        assertThat(Json.toFormat(any)).isEqualTo(Json.parse(Json.write(any)));
    }

    @Property(tries = 500)
    void bytesAreReadAsTheirText(@ForAll("values") String json) {
        assertThat(Json.parseAny(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(Json.parseAny(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,\n 2,,]",
                "\"a\" b",
                "\uFEFF[]",
                "[\u0000]",
                "\u0000\u0000",
                "\u00e9",
                "[\"\u00e9\", ]"
            })
    void bytesAreRefusedAsTheirText(String json) {
        String reason = catchThrowable(() -> Json.parseAny(json)).getMessage();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parseAny(json.getBytes(StandardCharsets.UTF_8)))
                .withMessage(reason);
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        for (int[] bytes :
                new int[][] {{'"', 0xC3, '"'}, {'"', 0xED, 0xA0, 0x80, '"'}, {0xFF}, {'"', 0xC0, 0x80, '"'}}) {
            byte[] json = new byte[bytes.length];
            for (int i = 0; i < json.length; i++) {
                json[i] = (byte) bytes[i];
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Json.parseAny(json))
                    .withMessageStartingWith("expected UTF-8");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1,1.5,1e2,1E+16,-0.0,\"a\",true,null,{\"b\":[]}]",
                "18446744073709551615",
                "18446744073709551616",
                "{\"a\":0.1000000000000000055511151231257827021181583404541015625}",
                "123456789012345678901234567890.5"
            })
    void numbersBecomeThoseOfTheFormat(String json) {
        assertThat(Json.toFormat(Json.parseAny(json))).isEqualTo(Json.parse(json));
    }

    @Test
    void whatTheFormatCannotHaveIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.toFormat(Json.parseAny("[\"\\ud800\"]")));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.toFormat(Json.parseAny("[1e999]")));
        JsonValue name = JsonObject.of("\ud800", JsonValue.ofNull());
        assertThatIllegalArgumentException().isThrownBy(() -> Json.toFormat(name));
        JsonValue deepest = Json.parseAny("[".repeat(127) + "]".repeat(127));
        assertThat(Json.toFormat(deepest)).isSameAs(deepest);
        JsonValue tooDeep = Json.parseAny("[".repeat(128) + "]".repeat(128));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.toFormat(tooDeep));
    }

    @Test
    void surrogatesOutsideOfAnEscapeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parseAny("[\"a\ud800\"]"))
                .withMessage("expected text but found an unpaired surrogate (\\ud800) in it (line 1, column 4)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-5",
                "18446744073709551615",
                "18446744073709551616",
                "-9223372036854775809",
                "123456789012345678901234567890",
            })
    void integersStayIntegers(String number) {
        JsonValue value = Json.parseAny(number);

        assertThat(value.isInteger()).isTrue();
        assertThat(value).hasToString(number);
        assertThat(value.decimalValue()).isEqualTo(new BigDecimal(new BigInteger(number)));
    }

    @ParameterizedTest
    @CsvSource({
        "-0, -0.0",
        "1e2, 100.0",
        "0.10, 0.1",
        "1e16, 1e16",
        "1.7976931348623157e308, 1.7976931348623157e308",
        "1e400, 1E+400",
        "0.10000000000000000001, 0.10000000000000000001",
        "1e-400, 1E-400",
        "1e2147483647, 1E+2147483647",
    })
    void numbersKeepTheDigitsThatADoubleCannotHold(String number, String written) {
        JsonValue value = Json.parseAny(number);

        assertThat(value.isInteger()).isFalse();
        assertThat(value).hasToString(written);
        assertThat(value.decimalValue()).isEqualByComparingTo(new BigDecimal(number));
        assertThat(value.doubleValue()).isEqualTo(Double.parseDouble(number));
    }

    @Property
    void numbersOfTheFormatAreTheSameInBothReadings(@ForAll double number) {
        String text = JsonWriter.number(number);

        assertThat(Json.parseAny(text)).isEqualTo(Json.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "-1e-99999999999"})
    void exponentsBeyond32BitsAreRefused(String number) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parseAny("[" + number + "]"))
                .withMessage("expected a number whose exponent has at most 32 bits but found " + number
                        + " (line 1, column 2)");
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void numbersOfMoreThanAThousandCharactersAreRefused() {
        assertThat(Json.parseAny("9".repeat(1000)).isInteger()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parseAny("[\n " + "9".repeat(1001) + "]"))
                .withMessage("expected a number of at most 1000 characters but found " + "9".repeat(77)
                        + "... of 1001 (line 2, column 2)");
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parseAny("0." + "9".repeat(10_000_000)));
    }

    @Test
    void nestingIsReadTo900LevelsAndCanBeWrittenAsAPart() {
        String deepest = "[".repeat(900) + "]".repeat(900);

        assertThat(JsonObject.of("a", Json.parseAny(deepest))).hasToString("{\"a\":" + deepest + "}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parseAny("[" + deepest + "]"))
                .withMessage("expected at most 900 levels of nesting but found 901 (line 1, column 901)");
    }

    @Test
    void nestingTakesNoRoomOnTheStack() throws InterruptedException {
        List<String> found = Collections.synchronizedList(new ArrayList<>());
        Runnable reading = () -> {
            for (int i = 0; i < 100; i++) { // the compiler's frames are larger than the interpreter's
                found.add(
                        Json.parseAny("[".repeat(900) + "]".repeat(900)).kind().name());
                try {
                    Json.parseAny("[".repeat(100_000));
                } catch (IllegalArgumentException e) {
                    found.add(String.valueOf(e.getMessage()));
                }
            }
        };
        Thread small = new Thread(null, reading, "small", 256 * 1024);
        small.start();
        small.join();
        assertThat(found)
                .hasSize(200)
                .containsOnly("ARRAY", "expected at most 900 levels of nesting but found 901 (line 1, column 901)");
    }

    @Test
    void stringsMayBeLong() {
        String text = "a".repeat(30_000_000);

        assertThat(Json.parseAny("\"" + text + "\"").text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "nope", "{} {}", "[1,]", "{'a':1}", "NaN", "01", "\"\\x\"", "\ufeff{}"})
    void whatIsNotJsonIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parseAny(text))
                .withMessageStartingWith("expected ");
    }

    @Test
    void membersCanBeTakenOut() {
        JsonObject object = (JsonObject) Json.parse("{\"a\":1,\"b\":2,\"c\":3}");

        assertThat(object.without("b")).hasToString("{\"a\":1,\"c\":3}");
        assertThat(object.without("d")).isEqualTo(object);
        assertThat(object).hasToString("{\"a\":1,\"b\":2,\"c\":3}");
    }

    @Test
    void integersAreNumbersWithoutFractionAndExponent() {
        assertThat(Json.parse("1").isInteger()).isTrue();
        assertThat(Json.parse("18446744073709551615").isInteger()).isTrue();
        assertThat(Json.parse("1.0").isInteger()).isFalse();
        assertThat(Json.parse("18446744073709551616").isInteger()).isFalse();
        assertThat(Json.parse("\"1\"").isInteger()).isFalse();
    }

    @Test
    void decimalsAreThoseThatAreWritten() {
        assertThat(Json.parse("0.1").decimalValue()).isEqualByComparingTo("0.1");
        assertThat(JsonValue.of(7).decimalValue()).isEqualByComparingTo("7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parse("[true]").elements().get(0).decimalValue())
                .withMessage("expected a number but found true (line 1, column 2)");
    }
}
