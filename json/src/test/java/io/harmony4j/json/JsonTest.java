package io.harmony4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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

class JsonTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, -0.0",
        "-0.0, -0.0",
        "0.0, 0.0",
        "0e5, 0.0",
        "7, 7",
        "1.0, 1.0",
        "1e2, 100.0",
        "1E+2, 100.0",
        "0.10, 0.1",
        "-2.50, -2.5",
        "100000.0, 100000.0",
        "3.14159, 3.14159",
        "4.35, 4.35",
    })
    void numbersOfDailyLife(String number, String written) {
        assertThat(rewritten(number)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, 9223372036854775808",
        "-9223372036854775808, -9223372036854775808",
        "18446744073709551615, 18446744073709551615",
        "18446744073709551616, 1.8446744073709552e19",
        "-9223372036854775809, -9.223372036854776e18",
        "99999999999999999999, 1e20",
    })
    void integersOf64BitsStayIntegers(String number, String written) {
        assertThat(rewritten(number)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({
        "1e15, 1000000000000000.0",
        "9999999999999998.0, 9999999999999998.0",
        "1e16, 1e16",
        "123456789012345680.0, 1.2345678901234568e17",
        "1e-5, 0.00001",
        "1.5e-5, 0.000015",
        "9.99e-6, 9.99e-6",
        "1e-6, 1e-6",
        "1.5e-9, 1.5e-9",
        "1e23, 1e23",
        "9.5e20, 9.5e20",
        "2e-3, 0.002",
        "1e300, 1e300",
        "1.7976931348623157e308, 1.7976931348623157e308",
        "2.2250738585072014e-308, 2.2250738585072014e-308",
        "5e-324, 5e-324",
        "1e-323, 1e-323",
        "1.5e-323, 1.5e-323",
        "4.4e-323, 4.4e-323",
        "1e-400, 0.0",
        "-1e-400, -0.0",
        // halfway between two shortest forms: the even digit
        "2.98023223876953125e-8, 2.9802322387695312e-8",
        "1125899906842624.25, 1125899906842624.2",
    })
    void exponentsAreWrittenOutsideOfAMiddleRange(String number, String written) {
        assertThat(rewritten(number)).isEqualTo(written);
    }

    @Property
    void aDoubleReadsBackFromWhatIsWritten(@ForAll double value) {
        double back = Double.parseDouble(JsonWriter.number(value));

        assertThat(back).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numbersThatJsonDoesNotHaveAreNull(double value) {
        assertThat(Json.write(JsonValue.of(value))).isEqualTo("null");
    }

    @Test
    void numbersMadeInJavaAreWritten() {
        JsonArray numbers = JsonArray.of(List.of(
                JsonValue.of(1),
                JsonValue.of(Long.MIN_VALUE),
                JsonValue.of(0.5f),
                JsonValue.of(100.0),
                JsonValue.of(1e16)));

        assertThat(Json.write(numbers)).isEqualTo("[1,-9223372036854775808,0.5,100.0,1e16]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e99999999999"})
    void aNumberBeyondDoublesIsRefused(String number) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parse("[1,\n " + number + "]"))
                .withMessage("expected a number that a double can hold but found " + number + " (line 2, column 2)");
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aNumberOfAMillionDigitsIsReadInLinearTime() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parse("[\n " + "9".repeat(50_000_000) + "]"))
                .withMessage("expected a number that a double can hold but found " + "9".repeat(77)
                        + "... (line 2, column 2)");
        assertThat(rewritten("0." + "1".repeat(3_000_000))).isEqualTo("0.1111111111111111");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"b\":2,\"a\":3} {\"a\":3,\"b\":2}",
                "{\"a\":{\"x\":1,\"x\":2},\"a\":{\"x\":3}} {\"a\":{\"x\":3}}",
                "{\"\":1,\"\":null} {\"\":null}",
            })
    void aRepeatedNameKeepsItsFirstPlaceAndLastValue(String json, String written) {
        assertThat(rewritten(json)).isEqualTo(written);
    }

    @Test
    void membersKeepTheirOrderAndSpaceIsLeftOut() {
        assertThat(rewritten(" {\"b\" : [ 1 ,\t{} , [ ] ] ,\r\n\"a\" : \"x y\" } "))
                .isEqualTo("{\"b\":[1,{},[]],\"a\":\"x y\"}");
    }

    @Test
    void onlyControlsQuotesAndBackslashesAreEscaped() {
        assertThat(rewritten("\"\\u0000\\u0001\\b\\t\\n\\u000b\\f\\r\\u001F\\\"\\\\\\/\""))
                .isEqualTo("\"\\u0000\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\/\"");
        assertThat(rewritten("\"\\u007f\\u0085\\u2028\\ufeff\\u00e9<>&'\""))
                .isEqualTo("\"\u007f\u0085\u2028\ufeffé<>&'\"");
        assertThat(rewritten("{\"\\n\":0}")).isEqualTo("{\"\\n\":0}");
    }

    @Test
    void aSurrogatePairMayBeWrittenAsTwoEscapes() {
        assertThat(rewritten("\"\\ud83d\\udc96\"")).isEqualTo("\"💖\"");
        assertThat(rewritten("\"💖\"")).isEqualTo("\"💖\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud800\"", "\"\\udc00\"", "\"a\\ud800b\"", "\"\\udc96\\ud83d\"", "\"\\ud83d\\ud83d\""})
    void unpairedSurrogatesAreRefused(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parse(json))
                .withMessageContaining("expected text but found an unpaired surrogate (\\ud")
                .withMessageEndingWith("(line 1, column 1)");
    }

    @ParameterizedTest
    @CsvSource({
        "a\ud83d, a\\ud83d",
        "\udc96b, \\udc96b",
        "\ud83d\ud83d\udc96\udc96, \\ud83d\ud83d\udc96\\udc96",
        "\ud83d\udc96, \ud83d\udc96",
    })
    void unpairedSurrogatesAreWrittenAsEscapes(String text, String written) {
        assertThat(Json.write(JsonArray.ofTexts(List.of(text)))).isEqualTo("[\"" + written + "\"]");
        assertThat(Json.parseAny(Json.write(JsonValue.of(text))).text()).isEqualTo(text);
    }

    @Test
    void nestingIsWrittenTo1000Levels() {
        JsonValue deepest = JsonValue.of(1);
        for (int i = 0; i < 500; i++) {
            deepest = JsonObject.of("a", JsonArray.of(List.of(deepest)));
        }
        JsonValue part = deepest;

        assertThat(Json.write(part)).endsWith("}]}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.write(JsonArray.of(List.of(part))))
                .withMessage("expected a value of at most 1000 levels of nesting but found more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"\\ud83d\":1}", "{\"\\udc96\":1}"})
    void unpairedSurrogatesInNamesAreRefused(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parse(json))
                .withMessageContaining("surrogate")
                .withMessageContaining("(line 1, column ");
    }

    @Test
    void nestingIsReadTo127Levels() {
        String deepest = "[".repeat(127) + "]".repeat(127);

        assertThat(rewritten(deepest)).isEqualTo(deepest);
        assertThat(rewritten("{\"a\":".repeat(127) + "1" + "}".repeat(127))).startsWith("{\"a\":{\"a\":");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parse("[" + deepest + "]"))
                .withMessage("expected at most 127 levels of nesting but found 128 (line 1, column 128)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parse("{\"a\":[\n".repeat(64)))
                .withMessage("expected at most 127 levels of nesting but found 128 (line 64, column 6)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parse("[".repeat(1_000_000)))
                .withMessageEndingWith("(line 1, column 128)");
        assertThat(rewritten("[" + "[[]],".repeat(200) + "0]")).hasSize(1 + 200 * 5 + 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "nope 1",
                "tru 1",
                "'a' 1",
                "{a:1} 2",
                "{\"a\"} 5",
                "[1,] 4",
                "{\"a\":1,} 8",
                "01 1",
                "+1 1",
                ".5 1",
                "NaN 1",
                "\"a 1",
                "\"\\x\" 2",
                "\"\\u12\" 2",
                "[1 3",
                "{}x 3",
                "//c 1",
                "\ufeff{} 1",
            })
    void whatIsNotJsonIsRefusedWithItsPlace(String json, int earliestColumn) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parse(json))
                .satisfies(e -> assertThat(e.getMessage())
                        .startsWith("expected JSON but ")
                        .matches("(?s).* \\(line 1, column \\d+\\)")
                        .satisfies(text -> assertThat(Integer.parseInt(text.replaceAll("(?s).*column (\\d+)\\)", "$1")))
                                .isBetween(earliestColumn, json.length() + 1)));
    }

    @Test
    void aRawControlCharacterInAStringIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse("\"a\nb\""));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse("\"\u0000\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t\r\n"})
    void nothingIsNotJson(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parse(json))
                .withMessage("expected JSON but found nothing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{} {}|4", "1 2|3", "null []|6"})
    void oneValueIsAll(String json, int column) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parse(json))
                .withMessage("expected one JSON value but found more text after it (line 1, column " + column + ")");
    }

    @Provide
    Arbitrary<String> values() {
        return JsonTexts.values();
    }

    @Property(tries = 500)
    void whatIsWrittenReadsBackEqual(@ForAll("values") String json) {
        JsonValue value = Json.parse(json);
        String written = Json.write(value);

        assertThat(Json.parse(written)).isEqualTo(value);
        assertThat(rewritten(written)).isEqualTo(written);
    }

    @Property(tries = 500)
    void whatIsWrittenForHumansReadsBackEqual(@ForAll("values") String json) {
        JsonValue value = Json.parse(json);

        assertThat(Json.parse(Json.writeIndented(value))).isEqualTo(value);
    }

    @Test
    void indentedTextHasALineForEachMemberAndElement() {
        assertThat(Json.writeIndented(Json.parse("{\"a\":[1,{}],\"b\":\"x\"}"))).isEqualTo("""
                        {
                          "a" : [
                            1,
                            { }
                          ],
                          "b" : "x"
                        }""");
    }

    /** Jackson's reader of strings looks at the last byte of a character only, and takes U+0131 for the digit 1. */
    @ParameterizedTest
    @ValueSource(strings = {"\"\\u004\u0131\"", "\"\\u\u0130041\"", "\"\\u00\u0634\u0631\""})
    void onlyAsciiDigitsAreHexadecimal(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parse(json))
                .withMessageContaining("(line 1, column ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1\u0000\u0000\u0000", "\u0000{\u0000}", "1\u0000", "\u00001", "{}\u0000"})
    void noOtherEncodingIsGuessed(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parse(json))
                .withMessageContaining("(line 1, column ");
    }

    @Test
    void aByteOrderMarkIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parse("\ufeff{}"))
                .withMessage("expected JSON but found a byte order mark (U+FEFF); leave it out (line 1, column 1)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[`é`, x]|1|7",
                "[`💖`, x]|1|8",
                "[`亜`,LF  `é`, x]|2|8",
                "[1,CRLF x]|2|2",
                "[1,CR x]|2|2",
            })
    void columnsCountCodeUnitsAndLinesEndAsTheyDo(String json, int line, int column) {
        String text = json.replace('`', '"').replace("LF", "\n").replace("CR", "\r");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parse(text))
                .withMessageEndingWith("(line " + line + ", column " + column + ")");
    }

    @Property(tries = 500)
    void eachValueKnowsItsPlace(@ForAll("values") String json) {
        assertPlaces(Json.parse(json), json);
    }

    private static void assertPlaces(JsonValue value, String json) {
        int start = 0;
        for (int line = 1; line < value.line(); line++) {
            start = json.indexOf('\n', start) + 1;
        }
        String rest = json.substring(start + value.column() - 1);
        String first = switch (value.kind()) {
            case OBJECT -> "{";
            case ARRAY -> "[";
            case STRING -> "\"";
            default -> value.isNumber() ? rest.substring(0, 1) : value.toString();
        };
        assertThat(rest).startsWith(first);
        assertThat(value.isNumber()).isEqualTo("-0123456789".contains(rest.substring(0, 1)));
        value.elements().forEach(element -> assertPlaces(element, json));
        value.members().values().forEach(member -> assertPlaces(member, json));
    }

    private static String rewritten(String json) {
        return Json.write(Json.parse(json));
    }
}
