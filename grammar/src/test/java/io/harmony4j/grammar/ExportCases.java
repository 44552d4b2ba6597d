package io.harmony4j.grammar;

import io.harmony4j.Recipient;
import io.harmony4j.ToolChoice;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Turns of many kinds, by name, for tests of exports. */
final class ExportCases {
    private static final Recipient WEATHER_NAME = Recipient.function("get_weather");

    private static final GrammarTool WEATHER = strict("get_weather", """
            {"type": "object",
             "properties": {"city": {"type": "string"}, "unit": {"enum": ["celsius", "fahrenheit"]}},
             "required": ["city"], "additionalProperties": false}
            """);

    private static final GrammarTool FERRY = strict("book_ferry", """
            {"type": "object",
             "properties": {
               "from": {"type": "string", "pattern": "^[A-Z]{3}$"},
               "to": {"type": "string", "pattern": "^[A-Z]{3}$"},
               "date": {"type": "string", "format": "date"},
               "cars": {"type": "integer", "minimum": 0, "maximum": 12},
               "cabin": {"type": ["string", "null"], "enum": ["inside", "outside", null]}},
             "required": ["from", "to", "date", "cars", "cabin"], "additionalProperties": false}
            """);

    private static final GrammarTool TREE = strict("save_tree", """
            {"type": "object", "properties": {"root": {"$ref": "#/$defs/node"}}, "required": ["root"],
             "additionalProperties": false,
             "$defs": {"node": {"type": "object",
               "properties": {"name": {"type": "string", "maxLength": 12},
                              "children": {"type": "array", "items": {"$ref": "#/$defs/node"}, "maxItems": 3}},
               "required": ["name"], "additionalProperties": false}}}
            """);

    private static final GrammarTool LOG = GrammarTool.anyObject(Recipient.function("log_event"));
    private static final GrammarTool NOW = GrammarTool.withoutParameters(Recipient.function("now"));
    private static final GrammarTool PYTHON = GrammarTool.text(Recipient.of("python"));
    private static final GrammarTool SEARCH = GrammarTool.strict(Recipient.of("browser.search"), Json.parse("""
            {"type": "object", "properties": {"query": {"type": "string"}, "topn": {"type": "number"}},
             "required": ["query"], "additionalProperties": false}
            """));

    static final JsonValue RIVER = Json.parse("""
            {"type": "object",
             "properties": {"name": {"type": "string", "minLength": 1}, "length": {"type": "number", "exclusiveMinimum": 0},
                            "mouths": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 3}},
             "required": ["name", "length"], "additionalProperties": false}
            """);

    private static final JsonValue OPEN = Json.parse("""
            {"type": "object", "properties": {"id": {"type": "integer"}}, "additionalProperties": {"type": "boolean"}}
            """);

    private static final JsonValue MOMENTS = Json.parse("""
            {"type": "object",
             "properties": {"at": {"type": "string", "format": "date-time"}, "id": {"type": "string", "format": "uuid"},
                            "tags": {"type": "array", "items": {"enum": ["a", "b", "<|"]}, "uniqueItems": true}},
             "required": ["at", "id"], "additionalProperties": false}
            """);

    private static final JsonValue HARD = Json.parse("""
            {"type": "object",
             "properties": {"text": {"type": "string", "maxLength": 5000}, "price": {"type": "number", "multipleOf": 0.05},
                            "code": {"type": "string", "not": {"const": "x"}}},
             "required": ["text"], "minProperties": 2, "additionalProperties": false}
            """);

    private ExportCases() {}

    private static GrammarTool strict(String name, String schema) {
        return GrammarTool.strict(Recipient.function(name), Json.parse(schema));
    }

    static GrammarOptions named(String name) {
        return Objects.requireNonNull(all().get(name), name);
    }

    static Map<String, GrammarOptions> all() {
        GrammarOptions none = GrammarOptions.DEFAULT;
        GrammarOptions weather = none.withTools(List.of(WEATHER));
        GrammarOptions two = none.withTools(List.of(WEATHER, FERRY));
        GrammarOptions builtIn = none.withTools(List.of(WEATHER, PYTHON, SEARCH));
        SchemaOptions json = SchemaOptions.DEFAULT;
        Map<String, GrammarOptions> cases = new LinkedHashMap<>();
        cases.put("text", none);
        cases.put("text-any-end", none.withAnyEnd(true));
        cases.put("text-short-analysis", none.withMaxAnalysisTokens(200));
        cases.put("text-no-analysis", none.withMaxAnalysisTokens(0));
        cases.put("answer-object", none.withAnyObjectAsAnswer());
        cases.put("answer-river", none.withAnswer(RIVER));
        cases.put(
                "answer-river-compact",
                none.withAnswer(RIVER).withSchemas(json.withWhiteSpace(SchemaOptions.WhiteSpace.COMPACT)));
        cases.put(
                "answer-river-spaced",
                none.withAnswer(RIVER).withSchemas(json.withWhiteSpace(SchemaOptions.WhiteSpace.SPACED)));
        cases.put(
                "answer-river-any-order",
                none.withAnswer(RIVER).withSchemas(json.withPropertyOrder(SchemaOptions.PropertyOrder.ANY)));
        cases.put("answer-river-space-around", none.withAnswer(RIVER).withSchemas(json.withSpaceAround(true)));
        cases.put("answer-open", none.withAnswer(OPEN));
        cases.put("answer-moments", none.withAnswer(MOMENTS));
        cases.put("answer-hard", none.withAnswer(HARD));
        cases.put("answer-any-value", none.withAnswer(JsonValue.of(true)));
        cases.put("weather", weather);
        cases.put("weather-none", weather.withToolChoice(ToolChoice.NONE));
        cases.put("weather-required", weather.withToolChoice(ToolChoice.REQUIRED));
        cases.put("weather-river", weather.withAnswer(RIVER));
        cases.put("weather-parallel", weather.withParallelCalls(true));
        cases.put("weather-on-analysis", weather.withFunctionsOnAnalysis(true));
        cases.put("weather-any-end", weather.withAnyEnd(true));
        cases.put("two", two);
        cases.put("two-named", two.withToolChoice(new ToolChoice(ToolChoice.Mode.NAMED, List.of(WEATHER_NAME))));
        cases.put(
                "two-required-parallel", two.withToolChoice(ToolChoice.REQUIRED).withParallelCalls(true));
        cases.put("tree", none.withTools(List.of(TREE)));
        cases.put("loose", none.withTools(List.of(LOG, NOW)));
        cases.put("built-in", builtIn);
        cases.put("built-in-required", builtIn.withToolChoice(ToolChoice.REQUIRED));
        cases.put("built-in-parallel-river", builtIn.withParallelCalls(true).withAnswer(RIVER));
        return cases;
    }
}
