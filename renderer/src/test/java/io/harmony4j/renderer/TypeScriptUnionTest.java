package io.harmony4j.renderer;

import static io.harmony4j.renderer.TypeScript.ofProperty;
import static io.harmony4j.renderer.TypeScript.ofSchema;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What {@link TypeScriptWriter} makes of {@code oneOf}. */
class TypeScriptUnionTest {

    @Nested
    class PropertiesOfSeveralTypes {
        @Test
        void haveALineForEach() {
            assertThat(ofSchema("""
                    {"type":"object","required":["p"],"properties":{"p":{"oneOf":[{"type":"string"},{"type":"null"}]}}}""")).isEqualTo("""
                    {
                    p:
                     | string
                     | any
                    ,
                    }""");
        }

        @Test
        void mayHaveNoTypes() {
            assertThat(ofProperty("{\"oneOf\":[]}")).isEqualTo("""
                    {
                    p?:
                    ,
                    }""");
        }

        @Test
        void theirCommentsStandAbove() {
            assertThat(ofProperty("""
                    {"oneOf":[{"type":"string"}],"title":"T","description":"D","examples":["x"],"default":"d"}""")).isEqualTo("""
                    {
                    // T
                    //
                    // Examples:
                    // - "x"
                    // D
                    // default: "d"
                    p?:
                     | string
                    ,
                    }""");
        }

        @Test
        void theDescriptionAboveTakesAwayTheFirstTypes() {
            assertThat(ofProperty("""
                    {"description":"D","oneOf":[
                      {"type":"string","description":"first"},
                      {"type":"number","description":"second"},
                      {"type":"boolean","description":"D"}]}""")).isEqualTo("""
                    {
                    // D
                    p?:
                     | string
                     | number // second
                     | boolean
                    ,
                    }""");
        }

        @Test
        void aDescriptionThatTheFirstTypeHasTooIsLost() {
            assertThat(ofProperty("""
                    {"description":"D","oneOf":[{"type":"string","description":"D"},{"type":"number"}]}""")).isEqualTo("""
                    {
                    p?:
                     | string
                     | number
                    ,
                    }""");
        }

        @Test
        void aTypeHasItsDescriptionAndDefaultBehindIt() {
            assertThat(ofProperty("""
                    {"oneOf":[
                      {"type":"string","description":"S","default":"d"},
                      {"type":"string","enum":["e"],"default":"e"},
                      {"type":"number","default":1.5}]}""")).isEqualTo("""
                    {
                    p?:
                     | string // S default: "d"
                     | "e" // default: e
                     | number // default: 1.5
                    ,
                    }""");
        }

        @Test
        void onlyTheTypesCanBeNullable() {
            assertThat(ofProperty("""
                    {"nullable":true,"oneOf":[{"type":"string","nullable":true},{"type":"number"}]}""")).isEqualTo("""
                    {
                    p?:
                     | string | null
                     | number
                    ,
                    }""");
        }

        @Test
        void objectsAmongThemAreIndentedByThree() {
            assertThat(ofProperty("""
                    {"oneOf":[{"type":"object","description":"O","properties":{"q":{"type":"string"}}}]}""")).isEqualTo("""
                    {
                    p?:
                     |    // O
                    {
                       q?: string,
                       } // O
                    ,
                    }""");
        }

        @Test
        void aOneOfThatIsNoListTakesAwayDescriptionAndDefault() {
            assertThat(ofProperty("""
                    {"oneOf":null,"type":"string","description":"D","default":"d"}""")).isEqualTo("""
                    {
                    p?: string,
                    }""");
        }
    }

    @Nested
    class UnionsInOtherPlaces {
        @Test
        void beginOnANewLine() {
            assertThat(ofSchema("""
                    {"type":"object","oneOf":[
                      {"type":"string","description":"S","default":"d"},
                      {"type":"object","nullable":true,"properties":{"a":{"type":"string"}}}]}""")).isEqualTo("""

                     | string // S default: "d"
                     | {
                       a?: string,
                       } | null\
                    """);
        }

        @Test
        void theDefaultOfAnEnumIsJson() {
            assertThat(ofSchema("""
                    {"oneOf":[{"type":"string","enum":["x\\"y"],"default":"x\\"y"}]}""")).isEqualTo("""

                     | "x"y" // default: "x\\"y"\
                    """);
        }

        @Test
        void mayBeEmpty() {
            assertThat(ofSchema("{\"oneOf\":[]}")).isEmpty();
        }

        @Test
        void canBeNested() {
            assertThat(ofProperty("""
                    {"oneOf":[{"type":"number"},{"oneOf":[{"type":"string"}],"description":"D"}]}""")).isEqualTo("""
                    {
                    p?:
                     | number
                     |\s
                        | string // D
                    ,
                    }""");
        }
    }
}
