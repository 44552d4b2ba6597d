package io.harmony4j.json;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Null is refused by the name of the argument, where it may not be null. */
@SuppressWarnings({"NullAway", "DataFlowIssue"})
class NullArgumentsTest {
    private static final JsonValue ONE = JsonValue.of(1);
    private static final JsonFields FIELDS = JsonFields.ofObject(JsonObject.of("a", ONE), "a thing", "$", "a");

    @TestFactory
    Stream<DynamicTest> isRefusedByName() {
        Map<String, ThrowingCallable> calls = new TreeMap<>(Map.ofEntries(
                Map.entry("Json.parse json", () -> Json.parse(null)),
                Map.entry("Json.parseAny json", () -> Json.parseAny((String) null)),
                Map.entry("Json.parseAny utf8", () -> Json.parseAny((byte[]) null)),
                Map.entry("Json.write value", () -> Json.write(null)),
                Map.entry("Json.writeIndented value", () -> Json.writeIndented(null)),
                Map.entry("JsonArray.of elements", () -> JsonArray.of((Collection<JsonValue>) null)),
                Map.entry("JsonArray.of elements[1]", () -> JsonArray.of(Arrays.asList(ONE, null))),
                Map.entry("JsonArray.ofTexts texts", () -> JsonArray.ofTexts(null)),
                Map.entry("JsonArray.ofTexts texts[0]", () -> JsonArray.ofTexts(Arrays.asList((String) null))),
                Map.entry("JsonArray.ofIntegers integers", () -> JsonArray.ofIntegers((int[]) null)),
                Map.entry("JsonFields.ofObject value", () -> JsonFields.ofObject(null, "", "")),
                Map.entry("JsonFields.ofObject what", () -> JsonFields.ofObject(ONE, null, "")),
                Map.entry("JsonFields.ofObject path", () -> JsonFields.ofObject(ONE, "", null)),
                Map.entry("JsonFields.ofObject names", () -> JsonFields.ofObject(ONE, "", "", (String[]) null)),
                Map.entry("JsonFields.ofObjectOrList value", () -> JsonFields.ofObjectOrList(null, "", "")),
                Map.entry("JsonFields.path name", () -> FIELDS.path(null)),
                Map.entry("JsonFields.path path", () -> JsonFields.path(null, "a")),
                Map.entry("JsonFields.path(path, name) name", () -> JsonFields.path("$", null)),
                Map.entry("JsonFields.unexpectedName name", () -> FIELDS.unexpectedName(null)),
                Map.entry("JsonFields.nearest name", () -> FIELDS.nearest(null)),
                Map.entry("JsonFields.optional name", () -> FIELDS.optional(null)),
                Map.entry("JsonFields.required name", () -> FIELDS.required(null)),
                Map.entry("JsonFields.optionalText name", () -> FIELDS.optionalText(null)),
                Map.entry("JsonFields.text name", () -> FIELDS.text(null)),
                Map.entry("JsonFields.word name", () -> FIELDS.word(null)),
                Map.entry("JsonFields.bool name", () -> FIELDS.bool(null)),
                Map.entry("JsonFields.unexpected name", () -> FIELDS.unexpected(null, "")),
                Map.entry("JsonFields.unexpected expected", () -> FIELDS.unexpected("a", null)),
                Map.entry("JsonFields.text value", () -> JsonFields.text(null, "$")),
                Map.entry("JsonFields.text path", () -> JsonFields.text(ONE, null)),
                Map.entry("JsonObject.of name", () -> JsonObject.of(null, ONE)),
                Map.entry("JsonObject.of value", () -> JsonObject.of("a", null)),
                Map.entry("JsonObject.get name", () -> JsonObject.EMPTY.get(null)),
                Map.entry("JsonObject.has name", () -> JsonObject.EMPTY.has(null)),
                Map.entry("JsonObject.without name", () -> JsonObject.EMPTY.without(null)),
                Map.entry(
                        "JsonObject.Builder.put name",
                        () -> JsonObject.builder().put(null, true)),
                Map.entry(
                        "JsonObject.Builder.put value",
                        () -> JsonObject.builder().put("a", (JsonValue) null)),
                Map.entry(
                        "JsonObject.Builder.has name",
                        () -> JsonObject.builder().has(null)),
                Map.entry("JsonRepair.repair text", () -> JsonRepair.repair(null)),
                Map.entry("JsonRepair.Result changes", () -> new JsonRepair.Result("", null)),
                Map.entry("JsonSchema value", () -> new JsonSchema(null)),
                Map.entry("JsonValue.of text", () -> JsonValue.of((String) null)),
                Map.entry("JsonValue.get name", () -> ONE.get(null)),
                Map.entry("JsonValue.unexpected expected", () -> ONE.unexpected(null)),
                Map.entry("JsonValue.unexpected path", () -> ONE.unexpected("", null)),
                Map.entry("PartialJson.accept delta", () -> new PartialJson().accept(null))));
        return calls.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(
                        call.getKey(),
                        () -> assertThatNullPointerException()
                                .isThrownBy(call.getValue())
                                .withMessage(call.getKey().replaceAll(".* ", ""))));
    }
}
