package io.harmony4j.renderer;

import static io.harmony4j.renderer.TypeScript.ofProperty;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comments of {@link TypeScriptWriter}: titles, descriptions, examples and defaults. */
class TypeScriptCommentTest {

    @Nested
    class Comments {
        @Test
        void titleDescriptionAndExamplesComeInThisOrder() {
            assertThat(ofProperty("""
                    {"examples":["x",1,"y"],"description":"D","type":"string","title":"T","default":"z"}""")).isEqualTo("""
                    {
                    // T
                    //
                    // D
                    // Examples:
                    // - "x"
                    // - "y"
                    p?: string, // default: "z"
                    }""");
        }

        @Test
        void examplesWithoutStringsHaveAHeading() {
            assertThat(ofProperty("{\"type\":\"number\",\"examples\":[1]}")).isEqualTo("""
                    {
                    // Examples:
                    p?: number,
                    }""");
            assertThat(ofProperty("{\"type\":\"number\",\"examples\":[]}")).isEqualTo("""
                    {
                    p?: number,
                    }""");
        }

        @Test
        void emptyTextIsAComment() {
            assertThat(ofProperty("{\"type\":\"string\",\"title\":\"\",\"description\":\"\"}"))
                    .isEqualTo("""
                    {
                    //\s
                    //
                    //\s
                    p?: string,
                    }""");
        }

        @Test
        void otherLinesOfATextAreNoComments() {
            assertThat(ofProperty("""
                    {"type":"string","description":"one\\ntwo"}""")).isEqualTo("""
                    {
                    // one
                    two
                    p?: string,
                    }""");
        }

        @Test
        void whatIsNotTextIsLeftOut() {
            assertThat(ofProperty("""
                    {"type":"string","title":1,"description":["D"],"examples":"x"}""")).isEqualTo("""
                    {
                    p?: string,
                    }""");
        }
    }

    @Nested
    class Defaults {
        @ParameterizedTest
        @CsvSource(delimiter = '=', quoteCharacter = '`', textBlock = """
                        {"type":"string","default":"a"}                    = string, // default: "a"
                        {"type":"string","default":"say \\"hi\\""}         = string, // default: "say "hi""
                        {"type":"string","enum":["a"],"default":"a"}       = "a", // default: a
                        {"enum":[1],"default":"a"}                         = any, // default: a
                        {"type":"string","enum":[],"default":"a"}          = string, // default: "a"
                        {"type":"string","default":null}                   = string, // default: null
                        {"type":"number","default":-1}                     = number, // default: -1
                        {"type":"number","default":1e2}                    = number, // default: 100.0
                        {"type":"number","default":1e16}                   = number, // default: 1e16
                        {"type":"number","default":-0}                     = number, // default: -0.0
                        {"type":"number","default":18446744073709551615}   = number, // default: 18446744073709551615
                        {"type":"array","default":["x", 1, {"b": "\\""}]}  = Array<any>, // default: ["x",1,{"b":"\\""}]
                        """)
        void standBehindTheProperty(String schema, String line) {
            assertThat(ofProperty(schema)).isEqualTo("{\np?: " + line + "\n}");
        }
    }
}
