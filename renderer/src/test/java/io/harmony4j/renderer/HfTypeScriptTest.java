package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.harmony4j.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chat template makes of schemas: where it differs from the reference, it is meant to. */
class HfTypeScriptTest {
    /** Returns the function's type of parameters, in JSON with apostrophes. */
    private static String function(String parameters) {
        return HfTypeScript.function(Json.parseAny(parameters.replace('\'', '"')), "$");
    }

    /** Returns the line of the only property. */
    private static String property(String schema) {
        String type = function("{'properties':{'p':" + schema + "}}");
        assertThat(type).startsWith("(_: {\n").endsWith(",\n}) => any");
        return type.substring("(_: {\n".length(), type.length() - ",\n}) => any".length());
    }

    @Test
    void plainParametersAreWrittenAsByTheReference() {
        String parameters = "{'type':'object','properties':{'city':{'type':'string','description':'Which'},"
                + "'days':{'type':'integer'},'units':{'type':'string','enum':['C','F']},'tags':{'type':'array',"
                + "'items':{'type':'string'}}},'required':['city']}";

        assertThat(function(parameters))
                .isEqualTo(
                        "(_: {\n// Which\ncity: string,\ndays?: number,\nunits?: \"C\" | \"F\",\ntags?: string[],\n}) => any")
                .isEqualTo("(_: " + TypeScriptWriter.write(Json.parse(parameters.replace('\'', '"'))) + ") => any");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "{}", "{'type':'object','properties':{}}", "{'type':'object'}", "true", "[]", "'x'"})
    void withoutPropertiesThereAreNoParameters(String parameters) {
        assertThat(function(parameters)).isEqualTo("() => any");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'type':'number'} # p?: number",
                "{'type':'integer','nullable':true} # p?: number",
                "{'type':'boolean','nullable':true} # p?: boolean",
                "{'type':'string','nullable':true} # p?: string | null",
                "{'type':'string','enum':['a','b'],'nullable':true} # p?: \"a\" | \"b\"",
                "{'type':'string','enum':['a',1,1.0,null,true]} # p?: \"a\" | \"1\" | \"1.0\" | \"None\" | \"True\"",
                "{'type':'string','enum':[]} # p?: string",
                "{'type':['integer','null']} # p?: integer | null",
                "{'type':['object']} # p?: object",
                "{'type':[],'oneOf':[]} # p?: any",
                "{'type':'object'} # p?: object",
                "{'type':'object','properties':{}} # p?: object",
                "{'anyOf':[{'type':'string'}]} # p?: any",
                "{'type':'null'} # p?: any",
                "true # p?: any",
                "null # p?: any",
            })
    void typesThatAreWords(String schema, String expected) {
        assertThat(property(schema)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'type':'array'} # p?: any[]",
                "{'type':'array','items':{},'nullable':true} # p?: any[] | null",
                "{'type':'array','items':{'type':'string','enum':['a']}} # p?: string[]",
                "{'type':'array','items':{'type':'integer','nullable':true}} # p?: number[]",
                "{'type':'array','items':{'type':['string','null']}} # p?: string | null[]",
                "{'type':'array','items':{'type':['object','object']}} # p?: any[]",
                "{'type':'array','items':{'type':'object'}} # p?: object[]",
                "{'type':'array','items':{'type':'array','items':{'type':'string'},'nullable':true}} # p?: string[] | null[]",
                "{'type':'array','items':[{'type':'string'}]} # p?: any[]",
                "{'type':'array','items':{'type':['12345678901234567890123456789012345678901234567890']}}"
                        + " # p?: 12345678901234567890123456789012345678901234567890[]",
                "{'type':'array','items':{'type':['123456789012345678901234567890123456789012345678901']}} # p?: any[]",
                "{'type':'array','items':{'type':['1234567890123456789012345678901234567890123456789😀']}}"
                        + " # p?: 1234567890123456789012345678901234567890123456789😀[]",
            })
    void listsAreOfAnyWhereTheElementsTypeIsLong(String schema, String expected) {
        assertThat(property(schema)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'type':'string','default':'é\\n'} # p?: string, // default: \"é\\n\"",
                "{'type':'string','enum':['a'],'default':'a'} # p?: \"a\", // default: a",
                "{'type':'integer','default':1e16} # p?: number, // default: 1e+16",
                "{'type':'integer','default':null} # p?: number, // default: null",
                "{'type':'object','default':{'a':[1]}} # p?: object, // default: {\"a\": [1]}",
                "{'oneOf':[{'type':'string'}],'default':'d'} # p?: string// default: d",
            })
    void aDefaultHasACommaBeforeAndAfterIt(String schema, String expected) {
        assertThat(property(schema)).isEqualTo(expected);
    }

    @Test
    void nestedObjectsKeepTheTemplatesSpaceAndLoseTheirComments() {
        assertThat(property("{'type':'object','properties':{'x':{'type':'string','description':'D','default':'d'},"
                        + "'y':{'type':'object','properties':{'z':{'type':'integer'}}}},'required':['x']}"))
                .isEqualTo(
                        "p?: {\nx: \n                string, y?: \n                {\nz?: \n                number}}");
    }

    @Test
    void variantsHideWhatFollowsThem() {
        assertThat(property("{'oneOf':[{'type':'string','description':'D'},{'type':'object'},"
                        + "{'type':'integer','default':'1'}]}"))
                .isEqualTo("p?: string// D | \nobject | \nnumber                    // default: \"1\"");
    }

    @Test
    void onlyTheFirstLineOfADescriptionIsAComment() {
        assertThat(property("{'type':'string','description':'l1\\nl2'}")).isEqualTo("// l1\nl2\np?: string");
        assertThat(property("{'type':'string','description':'','title':'T','examples':['e']}"))
                .isEqualTo("p?: string");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'properties':[1]} # expected an object, whose members the chat template goes through but found a list at $.properties",
                "{'properties':{'p':{'description':1}}} # expected a string, as the chat template joins it to others but found 1 at"
                        + " $.properties.p.description",
                "{'properties':{'p':{'enum':['a'],'default':1}}} # but found 1 at $.properties.p.default",
                "{'properties':{'p':{'oneOf':{'a':1}}}} # but found an object at $.properties.p.oneOf",
                "{'properties':{'p':{'type':['string',{}]}}} # but found an object at $.properties.p.type",
                "{'properties':{'p':{'type':'object','properties':{'q':{'oneOf':[{'description':true}]}}}}}"
                        + " # but found true at $.properties.p.properties.q.oneOf[0].description",
                "{'properties':{'p':{}},'required':true} # but found true at $.required",
            })
    void whatTheTemplateCannotWriteIsRefusedWithItsPlace(String parameters, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> function(parameters))
                .withMessageContaining(expected.strip());
    }
}
