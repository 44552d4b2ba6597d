package io.harmony4j.grammar;

import io.harmony4j.Recipient;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tools whose parameters use what JSON Schema has. */
final class Tools {
    /** The schemas of arguments by the names of the tools. */
    static final Map<String, JsonValue> SCHEMAS = new LinkedHashMap<>();

    static {
        add("weather", """
                {"type": "object", "properties": {"city": {"type": "string"}, "unit": {"enum": ["celsius", "fahrenheit"]}},
                 "required": ["city"], "additionalProperties": false}""");
        add("book", """
                {"type": "object", "properties": {
                   "from": {"type": "string", "pattern": "^[A-Z]{3}$"}, "day": {"type": "string", "format": "date"},
                   "seats": {"type": "integer", "minimum": 1, "maximum": 9}, "class": {"type": ["string", "null"], "enum": ["economy", null]}},
                 "required": ["from", "day", "seats", "class"], "additionalProperties": false}""");
        add("note", """
                {"type": "object", "properties": {"title": {"type": "string", "minLength": 1, "maxLength": 12},
                   "tags": {"type": "array", "items": {"type": "string", "maxLength": 300}, "minItems": 1, "maxItems": 3, "uniqueItems": true}},
                 "required": ["tags"], "additionalProperties": {"type": "integer"}}""");
        add("tree", """
                {"$ref": "#/$defs/node", "$defs": {"node": {"type": "object", "properties": {
                   "value": {"type": "number", "exclusiveMinimum": -1.5, "maximum": 2.25},
                   "children": {"type": "array", "items": {"$ref": "#/$defs/node"}}},
                 "required": ["value"], "additionalProperties": false}}}""");
        add("shape", """
                {"type": "object", "properties": {"shape": {"oneOf": [
                   {"type": "object", "properties": {"kind": {"const": "circle"}, "radius": {"type": "number", "minimum": 0}},
                    "required": ["kind", "radius"], "additionalProperties": false},
                   {"type": "object", "properties": {"kind": {"const": "text"}, "lines": {"type": "array", "items": {"type": "string"}}},
                    "required": ["kind", "lines"], "additionalProperties": false}]}},
                 "required": ["shape"]}""");
        add("settings", """
                {"type": "object", "patternProperties": {"^x-": {"type": "string"}, "^n": {"type": "integer", "multipleOf": 5}},
                 "properties": {"debug": {"type": "boolean"}}, "additionalProperties": false, "maxProperties": 3}""");
        add("point", """
                {"type": "object", "properties": {"at": {"type": "array", "prefixItems": [{"type": "number"}, {"type": "number"}],
                   "items": false, "minItems": 2}, "note": {}}, "required": ["at"], "additionalProperties": false}""");
        add("merged", """
                {"allOf": [{"type": "object", "properties": {"id": {"type": "string", "format": "uuid"}}, "required": ["id"]},
                   {"properties": {"id": {"maxLength": 36}, "size": {"anyOf": [{"enum": ["s", "m"]}, {"type": "integer", "minimum": 30}]}}}],
                 "not": {"required": ["forbidden"]}}""");
        add("words", """
                {"type": "object", "properties": {
                   "line": {"type": "string", "pattern": "^\\\\S+( \\\\S+)*$", "maxLength": 150},
                   "code": {"type": "string", "pattern": "^[a-z]{2}([0-9]{3})*$", "maxLength": 400, "minLength": 5},
                   "found": {"type": "string", "pattern": "[0-9]{2}:[0-9]{2}"}},
                 "required": ["line", "code"], "additionalProperties": false}""");
        add("any", "{\"type\": \"object\"}");
    }

    private Tools() {}

    private static void add(String name, String schema) {
        SCHEMAS.put(name, Json.parseAny(schema));
    }

    /** Returns all of them, a tool without parameters, and the built-in one that takes code. */
    static List<GrammarTool> all() {
        List<GrammarTool> tools = new ArrayList<>();
        SCHEMAS.forEach((name, schema) -> tools.add(GrammarTool.strict(Recipient.function(name), schema)));
        tools.add(GrammarTool.withoutParameters(Recipient.function("now")));
        tools.add(GrammarTool.text(Recipient.of("python")));
        return tools;
    }
}
