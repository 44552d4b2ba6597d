package io.harmony4j.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ToolSectionTest {

    private static String section(ToolNamespace... namespaces) {
        return ToolSection.of(List.of(namespaces));
    }

    private static ToolNamespace namespace(@Nullable String description, ToolDescription... tools) {
        return new ToolNamespace("n", description, List.of(tools));
    }

    @Test
    void declaresEachToolWithItsDescription() {
        ToolNamespace functions = ToolNamespace.functions(
                ToolDescription.of("now", "The time."),
                ToolDescription.of("get_weather", "The weather\nin a city.", """
                        {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"""));

        assertThat(section(functions)).isEqualTo("""
                # Tools

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
    void separatesNamespacesByABlankLine() {
        assertThat(section(namespace("One."), namespace("Two."))).isEqualTo("""
                # Tools

                ## n

                One.

                ## n

                Two.""");
    }

    @Test
    void describesANamespaceWithToolsInComments() {
        assertThat(section(namespace("One.\n\nTwo.\n", ToolDescription.of("f", "F."))))
                .isEqualTo("""
                # Tools

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
        assertThat(section(namespace("One.\n\nTwo.\n"))).isEqualTo("""
                # Tools

                ## n

                One.

                Two.""");
    }

    @Test
    void aNamespaceWithoutDescriptionAndToolsEndsAfterItsHeading() {
        assertThat(section(namespace(null))).isEqualTo("# Tools\n\n## n\n");
        assertThat(section(namespace(""))).isEqualTo("# Tools\n\n## n\n");
    }

    @Test
    void aLineEndsAtALineFeedButNotAtALoneCarriageReturn() {
        assertThat(section(namespace("a\r\nb\rc\r\r\n\r\nd\r"))).isEqualTo("# Tools\n\n## n\n\na\nb\rc\r\n\nd\r");
    }

    @Test
    void anEmptyDescriptionOfAToolHasNoLine() {
        assertThat(section(namespace(null, ToolDescription.of("f", ""))))
                .endsWith("namespace n {\n\ntype f = () => any;\n\n} // namespace n");
    }

    @Test
    void anySchemaButNullMeansParameters() {
        assertThat(section(namespace(null, ToolDescription.of("f", "", "{}")))).contains("type f = (_: any) => any;");
        assertThat(section(namespace(null, ToolDescription.of("f", "", "true"))))
                .contains("type f = (_: any) => any;");
        assertThat(section(namespace(null, ToolDescription.of("f", "", "null"))))
                .contains("type f = () => any;");
        assertThat(section(namespace(null, ToolDescription.of("f", "", "{\"type\":\"object\"}"))))
                .contains("type f = (_: {\n}) => any;");
    }

    @Test
    void theBuiltInBrowserIsAsTheModelsKnowIt() {
        assertThat(section(ToolNamespace.browser()))
                .startsWith("""
                # Tools

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
