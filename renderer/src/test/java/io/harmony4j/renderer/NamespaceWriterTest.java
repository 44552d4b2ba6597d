package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NamespaceWriterTest {

    private static ToolNamespace namespace(@Nullable String description, ToolDescription... tools) {
        return new ToolNamespace("n", description, List.of(tools));
    }

    @Test
    void declaresEachToolWithItsDescription() {
        ToolNamespace functions = ToolNamespace.functions(
                ToolDescription.of("now", "The time."),
                ToolDescription.of("get_weather", "The weather\nin a city.", """
                        {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"""));

        assertThat(NamespaceWriter.of(functions)).isEqualTo("""
                ## functions

                namespace functions {

                // The time.
                type now = () => any;

                // The weather
                // in a city.
                type get_weather = (_: {
                city: string,
                }) => any;

                } // namespace functions""");
    }

    @Test
    void describesANamespaceWithToolsInComments() {
        assertThat(NamespaceWriter.of(namespace("One.\n\nTwo.\n", ToolDescription.of("f", "F."))))
                .isEqualTo("""
                ## n

                // One.
                //\s
                // Two.
                namespace n {

                // F.
                type f = () => any;

                } // namespace n""");
    }

    @Test
    void describesANamespaceWithoutToolsInPlainText() {
        assertThat(NamespaceWriter.of(namespace("One.\n\nTwo.\n"))).isEqualTo("""
                ## n

                One.

                Two.""");
    }

    @Test
    void aNamespaceWithoutDescriptionAndToolsEndsAfterItsHeading() {
        assertThat(NamespaceWriter.of(namespace(null))).isEqualTo("## n\n");
        assertThat(NamespaceWriter.of(namespace(""))).isEqualTo("## n\n");
    }

    @Test
    void aLineEndsAtALineFeedButNotAtALoneCarriageReturn() {
        assertThat(NamespaceWriter.of(namespace("a\r\nb\rc\r\r\n\r\nd\r"))).isEqualTo("## n\n\na\nb\rc\r\n\nd\r");
    }

    @Test
    void anEmptyDescriptionOfAToolHasNoLine() {
        assertThat(NamespaceWriter.of(namespace(null, ToolDescription.of("f", ""))))
                .endsWith("namespace n {\n\ntype f = () => any;\n\n} // namespace n");
    }

    @Test
    void anySchemaButNullMeansParameters() {
        assertThat(NamespaceWriter.of(namespace(null, ToolDescription.of("f", "", "{}"))))
                .contains("type f = (_: any) => any;");
        assertThat(NamespaceWriter.of(namespace(null, ToolDescription.of("f", "", "true"))))
                .contains("type f = (_: any) => any;");
        assertThat(NamespaceWriter.of(namespace(null, ToolDescription.of("f", "", "null"))))
                .contains("type f = () => any;");
        assertThat(NamespaceWriter.of(namespace(null, ToolDescription.of("f", "", "{\"type\":\"object\"}"))))
                .contains("type f = (_: {\n}) => any;");
    }

    @Test
    void theBuiltInBrowserIsAsTheModelsKnowIt() {
        assertThat(NamespaceWriter.of(ToolNamespace.browser()))
                .startsWith("""
                ## browser

                // Tool for browsing.
                // The `cursor` appears in brackets before each browsing display: `[{cursor}]`.
                """)
                .contains("""
                // Searches for information related to `query` and displays `topn` results.
                type search = (_: {
                query: string,
                topn?: number, // default: 10
                source?: string,
                }) => any;
                """)
                .contains("id?: number | string, // default: -1\n")
                .endsWith("} // namespace browser");
    }
}
