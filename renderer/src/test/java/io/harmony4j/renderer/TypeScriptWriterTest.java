package io.harmony4j.renderer;

import static io.harmony4j.renderer.TypeScript.ofProperty;
import static io.harmony4j.renderer.TypeScript.ofSchema;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeScriptWriterTest {

    @Nested
    class Types {
        @ParameterizedTest
        @CsvSource(delimiter = '=', textBlock = """
                        {"type":"string"}              = string
                        {"type":"number"}              = number
                        {"type":"integer"}             = number
                        {"type":"boolean"}             = boolean
                        {"type":"array"}               = Array<any>
                        {"type":"null"}                = any
                        {"type":"date"}                = any
                        {"type":"String"}              = any
                        {"type":5}                     = any
                        {}                             = any
                        true                           = any
                        "string"                       = any
                        ["string"]                     = any
                        null                           = any
                        """)
        void aWordIsTheTypeOrAny(String schema, String type) {
            assertThat(ofSchema(schema)).isEqualTo(type);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '=', textBlock = """
                        {"$ref":"#/$defs/x"}                             = any
                        {"anyOf":[{"type":"string"}]}                    = any
                        {"allOf":[{"type":"string"}]}                    = any
                        {"not":{"type":"string"}}                        = any
                        {"const":"x"}                                    = any
                        {"enum":["x"]}                                   = any
                        {"properties":{"a":{"type":"string"}}}           = any
                        {"type":"string","anyOf":[{"type":"number"}]}    = string
                        """)
        void otherKeywordsAreNotRead(String schema, String type) {
            assertThat(ofSchema(schema)).isEqualTo(type);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '=', textBlock = """
                        {"type":["string","null"]}                                 = string | null
                        {"type":["integer","number"]}                              = number | number
                        {"type":["object","array"]}                                = object | array
                        {"type":["string",1,null]}                                 = string
                        {"type":["string"],"enum":["a"]}                           = string
                        {"type":["array"],"items":{"type":"string"}}               = array
                        {"type":[]}                                                = any
                        {"type":[1]}                                               = any
                        {"type":["string"],"oneOf":[]}                             = ''
                        {"type":["string"],"oneOf":"not a list"}                   = string
                        """)
        void aListOfTypesIsJoinedAsItIs(String schema, String type) {
            assertThat(ofSchema(schema)).isEqualTo(type);
        }

        @Test
        void enumOfAStringIsItsStrings() {
            assertThat(ofSchema("""
                    {"type":"string","enum":["a",1,null,"b"]}""")).isEqualTo("\"a\" | \"b\"");
        }

        @Test
        void enumWithoutStringsIsAString() {
            assertThat(ofSchema("""
                    {"type":"string","enum":[1,2]}""")).isEqualTo("string");
            assertThat(ofSchema("""
                    {"type":"string","enum":[]}""")).isEqualTo("string");
        }

        @Test
        void enumOfAnotherTypeIsNotRead() {
            assertThat(ofSchema("""
                    {"type":"integer","enum":[1,2]}""")).isEqualTo("number");
        }

        @Test
        void nothingInAnEnumIsEscaped() {
            assertThat(ofSchema("""
                    {"type":"string","enum":["x\\"y","new\\nline"]}""")).isEqualTo("\"x\"y\" | \"new\nline\"");
        }
    }

    @Nested
    class Arrays {
        @ParameterizedTest
        @CsvSource(delimiter = '=', textBlock = """
                        {"type":"array","items":{"type":"string"}}                                = string[]
                        {"type":"array","items":{"type":"array","items":{"type":"integer"}}}      = number[][]
                        {"type":"array","items":{"type":["string","null"]}}                       = string | null[]
                        {"type":"array","items":[{"type":"string"}]}                              = any[]
                        {"type":"array","items":null}                                             = any[]
                        {"type":"array","items":{"type":"string","nullable":true}}                = string[]
                        """)
        void itemsComeBeforeTheBrackets(String schema, String type) {
            assertThat(ofSchema(schema)).isEqualTo(type);
        }

        @Test
        void unionOfItemsHasNoParentheses() {
            assertThat(ofSchema("""
                    {"type":"array","items":{"type":"string","enum":["x","y"]}}""")).isEqualTo("\"x\" | \"y\"[]");
        }

        @Test
        void itemsOfSeveralTypesBeginOnANewLine() {
            assertThat(ofSchema("""
                    {"type":"array","items":{"oneOf":[{"type":"string"},{"type":"number"}]}}""")).isEqualTo("""

                     | string
                     | number[]\
                    """);
        }
    }

    @Nested
    class Objects {
        @Test
        void propertiesAreInTheirOrderWithAMarkUnlessRequired() {
            assertThat(ofSchema("""
                    {"type":"object","properties":{"b":{"type":"string"},"a":{"type":"number"}},"required":["a",1,"z"]}""")).isEqualTo("""
                    {
                    b?: string,
                    a: number,
                    }""");
        }

        @Test
        void withoutPropertiesThereAreBraces() {
            String braces = "{\n}";
            assertThat(ofSchema("{\"type\":\"object\"}")).isEqualTo(braces);
            assertThat(ofSchema("{\"type\":\"object\",\"properties\":{}}")).isEqualTo(braces);
            assertThat(ofSchema("{\"type\":\"object\",\"properties\":[\"a\"]}")).isEqualTo(braces);
            assertThat(ofSchema("{\"type\":\"object\",\"properties\":null}")).isEqualTo(braces);
        }

        @Test
        void aNameGivenTwiceHasItsFirstPlaceAndLastValue() {
            assertThat(ofSchema("""
                    {"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"},"a":{"type":"number"}}}""")).isEqualTo("""
                    {
                    a?: number,
                    b?: string,
                    }""");
        }

        @Test
        void anythingIsAProperty() {
            assertThat(ofProperty("true")).isEqualTo("""
                    {
                    p?: any,
                    }""");
        }

        @Test
        void nestedObjectsAreIndentedAndTheOutermostIsNot() {
            assertThat(ofProperty("""
                    {"type":"object","properties":{"q":{"type":"object","properties":{"r":{"type":"string"}}}}}""")).isEqualTo("""
                    {
                    p?: {
                        q?: {
                            r?: string,
                            },
                        },
                    }""");
        }

        @Test
        void theDescriptionOfANestedObjectIsWrittenTwice() {
            assertThat(ofProperty("""
                    {"type":"object","description":"Where.","properties":{"q":{"type":"string"}}}""")).isEqualTo("""
                    {
                    // Where.
                    p?:     // Where.
                    {
                        q?: string,
                        },
                    }""");
        }

        @Test
        void theDescriptionOfTheOutermostIsWrittenOnce() {
            assertThat(ofSchema("""
                    {"type":"object","description":"Where."}""")).isEqualTo("""
                    // Where.
                    {
                    }""");
        }

        @Test
        void aDefaultOfTheOutermostIsNotWritten() {
            assertThat(ofSchema("""
                    {"type":"object","default":{"a":1}}""")).isEqualTo("{\n}");
        }
    }

    @Nested
    class Nullable {
        @Test
        void addsNullToAProperty() {
            assertThat(ofProperty("{\"type\":\"string\",\"nullable\":true}")).isEqualTo("""
                    {
                    p?: string | null,
                    }""");
        }

        @Test
        void comesAfterANestedObject() {
            assertThat(ofProperty("{\"type\":\"object\",\"nullable\":true}")).isEqualTo("""
                    {
                    p?: {
                        } | null,
                    }""");
        }

        @Test
        void addsNothingWhereTheTypeHasTheLettersOfNull() {
            assertThat(ofProperty("""
                    {"type":"object","nullable":true,"properties":{"nullx":{"type":"string"}}}""")).isEqualTo("""
                    {
                    p?: {
                        nullx?: string,
                        },
                    }""");
            assertThat(ofProperty("""
                    {"type":["string","null"],"nullable":true}""")).isEqualTo("""
                    {
                    p?: string | null,
                    }""");
        }

        @Test
        void lettersOfNullBeforeTheTypeDoNotCount() {
            assertThat(ofProperty("""
                    {"type":"string","nullable":true,"description":"null"}""")).isEqualTo("""
                    {
                    // null
                    p?: string | null,
                    }""");
        }

        @Test
        void mustBeTrue() {
            assertThat(ofProperty("{\"type\":\"string\",\"nullable\":\"true\"}"))
                    .isEqualTo("""
                    {
                    p?: string,
                    }""");
        }

        @Test
        void doesNotCountForTheOutermost() {
            assertThat(ofSchema("{\"type\":\"string\",\"nullable\":true}")).isEqualTo("string");
        }
    }
}
