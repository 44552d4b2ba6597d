package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.SchemaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is TypeScript, and that all of faithful TypeScript is; CI asks TypeScript's own parser the same. */
class TypeScriptSyntaxTest {
    private static final List<String> TEXTS = List.of(
            "a",
            "b\nc",
            "d\r",
            "e\u2028f",
            "g\u2029",
            "say \"hi\"",
            "back\\slash",
            "*/",
            "//",
            "",
            "😀",
            "x y",
            "1a",
            "[key",
            "\0");
    private static final List<String> TYPES =
            List.of("string", "number", "integer", "boolean", "null", "object", "array", "unheard-of");
    private static final List<String> REFERENCES =
            List.of("#", "#/$defs/A", "#/$defs/never", "#/properties/a", "x#/\ny");
    private static final List<String> LISTS = List.of("anyOf", "oneOf", "allOf", "prefixItems", "items");
    private static final List<String> SCHEMAS = List.of("items", "additionalProperties", "not");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "any",
                "string | \"a\\\"b\" | -1.5e3",
                "\n | string // a\n | number",
                "{\na?: string, // b\n\"a-b\": number[][],\n[key: string]: any,\n}",
                "{ [key in \"x\" | \"y\"]?: number }",
                "({\n} | null)[] & [string, (number | null)?, ...any[]]",
                "Array<any>",
                "// comment\nstring",
                "{\na\nb?: string\n1: string; c, d }",
                "{\n}",
            })
    void isAType(String text) {
        assertThat(TypeScriptSyntax.isType(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "string // comment",
                "a b",
                "\"a",
                "\"a\nb\"",
                "\"say \"hi\"\"",
                "{ a-b: string }",
                "{ 9x: string }",
                "{ a?:\n,\n}",
                "{ // a\nb c\nd: string }",
                "{ a: string",
                "[string",
                "string |",
                "string) => any; (_: string",
                "(string",
            })
    void isNone(String text) {
        assertThat(TypeScriptSyntax.isType(text)).isFalse();
    }

    @Property(tries = 2000)
    void faithfulTypeScriptIsTypeScript(@ForAll long seed) {
        JsonValue schema = new RandomSchema(seed).document();

        SchemaType type = HarmonyRenderer.faithfulTypeScript(Json.write(schema));

        assertThat(TypeScriptSyntax.isType(type.text() + "\n")).as(type.text()).isTrue();
        assertThat(type.helpers()).allSatisfy(helper -> {
            String declared = helper.replaceFirst("^(//.*\n)*type [\\w$]+ = ", "");
            assertThat(declared).isNotEqualTo(helper).endsWith(";");
            assertThat(TypeScriptSyntax.isType(declared.substring(0, declared.length() - 1)))
                    .as(helper)
                    .isTrue();
        });
    }

    /** Makes schemas of which little makes sense. */
    private static final class RandomSchema {
        private final Random random;

        RandomSchema(long seed) {
            this.random = new Random(seed);
        }

        JsonValue document() {
            JsonObject.Builder document = JsonObject.builder();
            schema(4).members().forEach(document::put);
            document.put(
                    "$defs",
                    JsonObject.builder()
                            .put("A", schema(2))
                            .put("never", schema(2))
                            .build());
            return document.build();
        }

        private <T> T oneOf(List<T> choices) {
            return choices.get(random.nextInt(choices.size()));
        }

        private JsonValue several(Supplier<JsonValue> element) {
            List<JsonValue> elements = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                elements.add(element.get());
            }
            return JsonArray.of(elements);
        }

        private JsonValue text() {
            return JsonValue.of(oneOf(TEXTS));
        }

        private JsonValue value() {
            return switch (random.nextInt(6)) {
                case 0 -> JsonValue.ofNull();
                case 1 -> JsonValue.of(random.nextInt(9) - 4);
                case 2 -> JsonObject.of(oneOf(TEXTS), text());
                case 3 -> several(this::text);
                case 4 -> JsonValue.of(random.nextBoolean());
                default -> text();
            };
        }

        private JsonValue schema(int depth) {
            if (random.nextInt(12) == 0) {
                return JsonValue.of(random.nextBoolean());
            }
            JsonObject.Builder schema = JsonObject.builder();
            for (int i = random.nextInt(5); i > 0; i--) {
                if (depth > 0 && random.nextInt(5) < 3) {
                    addDeep(schema, depth - 1);
                } else {
                    addFlat(schema);
                }
            }
            return schema.build();
        }

        private void addDeep(JsonObject.Builder schema, int depth) {
            switch (random.nextInt(4)) {
                case 0 -> schema.put(oneOf(LISTS), several(() -> schema(depth)));
                case 1 -> schema.put(oneOf(SCHEMAS), schema(depth));
                default -> {
                    JsonObject.Builder properties = JsonObject.builder();
                    for (int i = random.nextInt(4); i > 0; i--) {
                        properties.put(oneOf(TEXTS), schema(depth));
                    }
                    schema.put("properties", properties.build());
                }
            }
        }

        private void addFlat(JsonObject.Builder schema) {
            switch (random.nextInt(12)) {
                case 0 -> schema.put("$ref", oneOf(REFERENCES));
                case 1 -> schema.put("description", text());
                case 2 -> schema.put("title", text());
                case 3 -> schema.put("default", value());
                case 4 -> schema.put("examples", several(this::value));
                case 5 -> schema.put("enum", several(this::value));
                case 6 -> schema.put("const", value());
                case 7 -> schema.put("nullable", true);
                case 8 -> schema.put("format", text());
                case 9 -> schema.put("minItems", random.nextInt(4));
                case 10 -> schema.put("type", several(() -> JsonValue.of(oneOf(TYPES))));
                default -> schema.put("type", oneOf(TYPES));
            }
        }
    }
}
