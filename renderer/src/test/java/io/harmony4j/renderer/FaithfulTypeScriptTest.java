package io.harmony4j.renderer;

import static io.harmony4j.renderer.TypeScript.faithfulOf;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link FaithfulTypeScriptWriter} writes for each keyword. */
class FaithfulTypeScriptTest {
    /** Returns the type of the property a, whose schema is given with single quotes. */
    private static String property(String schema) {
        return text("{'type':'object','properties':{'a':" + schema + "}}");
    }

    private static String text(String schema) {
        return faithfulOf(schema).text();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'object','properties':{'a':{'type':'string'},'b':{'type':'number'}},'required':['a']}",
                "{'type':'object','properties':{'a':{'type':'string','title':'T','examples':['e'],'default':'d'}}}",
                "{'type':'object','properties':{'a':{'type':'string','enum':['x','y'],'default':'x'}}}",
                "{'type':'object','properties':{'a':{'type':['string','null']},'b':{'type':'boolean','nullable':true}}}",
                "{'type':'object','properties':{'a':{'type':'array','items':{'type':'object','description':'D',"
                        + "'properties':{'b':{'type':'string'}}}}}}",
                "{'type':'object','properties':{'a':{'description':'','type':'string','default':null}}}",
                "{'type':'object','properties':{'a':{'oneOf':[{'type':'string','nullable':true},"
                        + "{'type':'string','enum':['x','y']},{'type':'number','description':'N'}],'default':1}}}",
                "{'type':'object','properties':{'a':{'description':'D','examples':['e'],"
                        + "'oneOf':[{'type':'string'},{'type':'number','description':'D'},{'type':'boolean','default':true}]}}}",
                "{'type':'object','additionalProperties':true,'properties':{'a':{}},'description':'Args'}",
                "{'type':'object'}",
            })
    void isTheReferencesWhereThatLeavesNothingOut(String schema) {
        assertThat(text(schema)).isEqualTo(TypeScript.ofSchema(schema.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "true # any",
                "{} # any",
                "3 # any",
                "{'type':'file'} # any",
                "false # never",
                "{'type':'null'} # null",
                "{'const':'x'} # \"x\"",
                "{'const':null} # null",
                "{'const':{'k':[1,'b'],'a b':{}}} # { k: [1, \"b\"], \"a b\": {} }",
                "{'enum':['a',1,null,true,'a',1]} # \"a\" | 1 | null | true",
                "{'type':'string','nullable':true,'enum':['a',null]} # \"a\" | null",
                "{'type':'string','nullable':true,'enum':['null']} # \"null\" | null",
                "{'enum':[],'type':'string'} # string",
                "{'nullable':true} # any",
                "{'type':'string','enum':['\\u2028é\\n\\\\']} # \"\\u2028é\\n\\\\\"",
                "{'type':['string','array'],'items':{'type':'number'}} # string | number[]",
                "{'type':['string','string']} # string",
                "{'type':'array'} # any[]",
                "{'type':'array','items':{'type':'string','nullable':true}} # (string | null)[]",
                "{'type':'array','items':{'enum':['a','b']}} # (\"a\" | \"b\")[]",
                "{'items':false} # never[]",
                "{'prefixItems':[{'type':'string'},{'type':['number','null']}],'minItems':1}"
                        + " # [string, (number | null)?, ...any[]]",
                "{'prefixItems':[{'type':'string'},{'type':'number'}],'maxItems':2} # [string?, number?]",
                "{'prefixItems':[{'type':'string'},{'type':'number'}],'maxItems':1,'minItems':1} # [string]",
                "{'items':[{'type':'string'}],'additionalItems':{'type':['number','null']},'minItems':1}"
                        + " # [string, ...(number | null)[]]",
                "{'type':'object'} # { [key: string]: any }",
                "{'additionalProperties':{'type':'string'}} # { [key: string]: string }",
                "{'type':'object','propertyNames':{'enum':['x','y']},'additionalProperties':{'type':'number'}}"
                        + " # { [key in \"x\" | \"y\"]?: number }",
                "{'anyOf':[{'type':'string'},{'anyOf':[{'type':'number'},{'type':'string'}]}]} # string | number",
                "{'anyOf':[]} # any",
                "{'anyOf':[{'type':'string'},{}],'nullable':true} # string | any",
                "{'oneOf':[{'type':'string'},{'type':'number'}],'nullable':true} # string | number | null",
                "{'type':'object','anyOf':[{'const':1},{'const':2}]} # 1 | 2",
                "{'type':'string','anyOf':[{'const':'a'},{'const':'b'}]} # string & (\"a\" | \"b\")",
                "{'type':'string','anyOf':[{'type':'string','enum':['a']},{'type':'string','enum':['b']}]} # \"a\" | \"b\"",
                "{'allOf':[{'type':'string'},{},{'enum':['a','b']}]} # string & (\"a\" | \"b\")",
                "{'allOf':[{},{'type':'string'}],'nullable':true} # string | null",
            })
    void keywordsBecomeTypes(String schema, String type) {
        assertThat(property(schema)).isEqualTo("{\na?: " + type + ",\n}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '`',
            value = {
                "{'type':'integer','minimum':1,'multipleOf':2} @ integer, minimum: 1, multipleOf: 2",
                "{'type':['integer','null']} @ integer",
                "{'type':'string','maxLength':3,'format':'date','pattern':'^\\\"$'} @ format: date, pattern: \"^\\\"$\", maxLength: 3",
                "{'uniqueItems':true,'deprecated':true,'readOnly':false,'writeOnly':true} @ uniqueItems, deprecated, writeOnly",
                "{'type':'array','minItems':1,'items':{'type':'integer','maximum':9}} @ minItems: 1, items: integer, maximum: 9",
                "{'type':'array','items':{'type':'string','description':'D','format':'uri'}} @ items: D; format: uri",
                "{'prefixItems':[{'type':'integer'}],'minItems':1,'maxItems':1} @ items[0]: integer",
                "{'prefixItems':[{'type':'string'}],'minItems':2} @ minItems: 2",
                "{'additionalProperties':{'type':'integer'}} @ additionalProperties: integer",
                "{'not':{'type':'string'}} @ not: {\"type\":\"string\"}",
                "{'propertyNames':{'pattern':'x'}} @ propertyNames: {\"pattern\":\"x\"}",
                "{'$ref':'https://example.com/x'} @ $ref: https://example.com/x",
                "{'$ref':'#/$defs/none'} @ $ref: #/$defs/none",
                "{'type':'string','format':'a\\nb'} @ format: \"a\\nb\"",
                "{'type':'object','properties':{'b':{}},'anyOf':[{'required':['b']},{'minProperties':1}]}"
                        + " @ anyOf: [{\"required\":[\"b\"]},{\"minProperties\":1}]",
                "{'allOf':[{'type':'string','minLength':1},{'pattern':'x','not':{}}]} @ minLength: 1, pattern: \"x\"",
            })
    void whatTypeScriptHasNoTypesForStandsInAComment(String schema, String comment) {
        assertThat(property(schema)).startsWith("{\n// " + comment + "\n");
    }

    @Nested
    class Comments {
        @Test
        void allLinesOfADescriptionAreComments() {
            assertThat(property("{'type':'string','description':'a\\nb\\r\\nc\\rd\\u2028e\\u2029f\\n'}"))
                    .isEqualTo("{\n// a\n// b\n// c\n// d\n// e\n// f\na?: string,\n}");
        }

        @Test
        void haveAnOrder() {
            assertThat(property("{'type':'integer','title':'T\\nU','description':'D','minimum':0,'not':{'const':3},"
                            + "'examples':[1,'\\n'],'default':2}"))
                    .isEqualTo("""
                            {
                            // T
                            // U
                            //
                            // D
                            // integer, minimum: 0
                            // not: {"const":3}
                            // Examples:
                            // - 1
                            // - "\\n"
                            a?: number, // default: 2
                            }""");
        }

        @Test
        void ofANestedObjectStandOnce() {
            assertThat(property("{'type':'object','description':'D','properties':{'b':{'type':'string'}}}"))
                    .isEqualTo("{\n// D\na?: {\n    b?: string,\n    },\n}");
        }

        @Test
        void ofAVariantStandInItsLine() {
            assertThat(property(
                            "{'description':'D','default':null,'anyOf':[{'type':'integer','description':'a\\nb','default':1},"
                                    + "{'type':'null'},{'type':'string','description':'D'}],'nullable':true}"))
                    .isEqualTo("""
                            {
                            // D
                            // default: null
                            a?:
                             | number // a b; integer; default: 1
                             | null
                             | string
                            ,
                            }""");
        }

        @Test
        void ofVariantsInAnotherTypeEndBeforeIt() {
            assertThat(property(
                            "{'type':'array','items':{'anyOf':[{'const':'a','description':'first'},{'const':'b'}]}}"))
                    .isEqualTo("""
                            {
                            a?: (
                                 | "a" // first
                                 | "b"
                                )[],
                            }""");
        }

        @Test
        void ofTheWholeStandBeforeIt() {
            assertThat(
                            text(
                                    "{'type':'string','title':'T','description':'D','format':'date','examples':['x'],'default':'d'}"))
                    .isEqualTo("// D\n// format: date\n// Examples:\n// - \"x\"\n// default: \"d\"\nstring");
            assertThat(text("{'description':'D','oneOf':[{'const':1},{'const':2,'description':'two'}]}"))
                    .isEqualTo("// D\n | 1\n | 2 // two\n");
        }

        @Test
        void ofAnEnumsDefaultAreBareUnlessTheyHaveALineEnd() {
            assertThat(property("{'enum':['x y'],'default':'x y'}")).contains(" // default: x y\n");
            assertThat(property("{'enum':['x\\u2028y'],'default':'x\\u2028y'}"))
                    .contains(" // default: \"x\\u2028y\"\n");
        }
    }

    @Nested
    class Objects {
        @Test
        void namesThatAreNoIdentifiersAreQuoted() {
            assertThat(
                            text(
                                    "{'type':'object','properties':{'$a_1':{},'1a':{},'a-b':{},'':{},'\\u2028':{},'é':{}},'required':['a-b']}"))
                    .isEqualTo(
                            "{\n$a_1?: any,\n\"1a\"?: any,\n\"a-b\": any,\n\"\"?: any,\n\"\\u2028\"?: any,\n\"é\"?: any,\n}");
        }

        @Test
        void otherPropertiesComeLast() {
            assertThat(
                            text(
                                    "{'type':'object','additionalProperties':{'type':'integer'},'properties':{'a':{'type':'string'}}}"))
                    .isEqualTo("{\na?: string,\n// integer\n[key: string]: number,\n}");
        }

        @Test
        void closedOnesAreEmpty() {
            assertThat(property("{'type':'object','additionalProperties':false}"))
                    .isEqualTo("{\na?: {\n    },\n}");
            assertThat(text("{'type':'object','additionalProperties':false}")).isEqualTo("{\n}");
        }

        @Test
        void ofAllOfAreOneUnlessTheyShareAName() {
            assertThat(
                            property(
                                    "{'allOf':[{'properties':{'b':{'type':'string'}},'required':['b']},{'properties':{'c':{}}}]}"))
                    .isEqualTo("{\na?: {\n    b: string,\n    c?: any,\n    },\n}");
            assertThat(property("{'allOf':[{'properties':{'b':{}}},{'properties':{'b':{}}, 'required':['b']}]}"))
                    .isEqualTo("{\na?: {\n    b?: any,\n    } & {\n    b: any,\n    },\n}");
        }

        @Test
        void besidesAUnionHoldToo() {
            assertThat(
                            text(
                                    "{'type':'object','properties':{'a':{}},'oneOf':[{'properties':{'b':{}}},{'properties':{'c':{}}}]}"))
                    .isEqualTo("{\na?: any,\n} & ({\nb?: any,\n} | {\nc?: any,\n})");
        }

        @Test
        void aNameIsRequiredWhereverItIsDeclared() {
            assertThat(text("{'required':['a'],'allOf':[{'properties':{'a':{}, 'b':{}}},{'required':['b']}]}"))
                    .isEqualTo("{\na: any,\nb: any,\n}");
        }
    }
}
