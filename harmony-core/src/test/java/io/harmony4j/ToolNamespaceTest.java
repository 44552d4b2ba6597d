package io.harmony4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolNamespaceTest {
    @Test
    void theBrowserIsTheOneThatModelsKnow() {
        ToolNamespace browser = ToolNamespace.browser();

        assertThat(browser.name()).isEqualTo("browser");
        assertThat(browser.description()).isEqualTo("""
                Tool for browsing.
                The `cursor` appears in brackets before each browsing display: `[{cursor}]`.
                Cite information from the tool using the following format:
                `【{cursor}†L{line_start}(-L{line_end})?】`, for example: `【6†L9-L11】` or `【8†L3】`.
                Do not quote more than 10 words directly from the tool output.
                sources=web (default: web)""");
        assertThat(browser.tools())
                .containsExactly(
                        ToolDescription.of(
                                "search",
                                "Searches for information related to `query` and displays `topn` results.",
                                """
                                {"type":"object","properties":{
                                  "query":{"type":"string"},
                                  "topn":{"type":"number","default":10},
                                  "source":{"type":"string"}},
                                 "required":["query"]}"""),
                        ToolDescription.of("open", """
                                Opens the link `id` from the page indicated by `cursor` starting at line number `loc`, \
                                showing `num_lines` lines.
                                Valid link ids are displayed with the formatting: `【{id}†.*】`.
                                If `cursor` is not provided, the most recent page is implied.
                                If `id` is a string, it is treated as a fully qualified URL associated with `source`.
                                If `loc` is not provided, the viewport will be positioned at the beginning of the \
                                document or centered on the most relevant passage, if available.
                                Use this function without `id` to scroll to a new location of an opened page.""", """
                                {"type":"object","properties":{
                                  "id":{"type":["number","string"],"default":-1},
                                  "cursor":{"type":"number","default":-1},
                                  "loc":{"type":"number","default":-1},
                                  "num_lines":{"type":"number","default":-1},
                                  "view_source":{"type":"boolean","default":false},
                                  "source":{"type":"string"}}}"""),
                        ToolDescription.of(
                                "find",
                                "Finds exact matches of `pattern` in the current page, or the page given by `cursor`.",
                                """
                                {"type":"object","properties":{
                                  "pattern":{"type":"string"},
                                  "cursor":{"type":"number","default":-1}},
                                 "required":["pattern"]}"""));
    }

    @Test
    void theBrowsersParametersKeepTheirOrder() {
        assertThat(ToolNamespace.browser().tools())
                .extracting(ToolDescription::parameters)
                .containsExactly(
                        "{\"type\":\"object\",\"properties\":{\"query\":{\"type\":\"string\"},"
                                + "\"topn\":{\"type\":\"number\",\"default\":10},\"source\":{\"type\":\"string\"}},"
                                + "\"required\":[\"query\"]}",
                        "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":[\"number\",\"string\"],\"default\":-1},"
                                + "\"cursor\":{\"type\":\"number\",\"default\":-1},"
                                + "\"loc\":{\"type\":\"number\",\"default\":-1},"
                                + "\"num_lines\":{\"type\":\"number\",\"default\":-1},"
                                + "\"view_source\":{\"type\":\"boolean\",\"default\":false},"
                                + "\"source\":{\"type\":\"string\"}}}",
                        "{\"type\":\"object\",\"properties\":{\"pattern\":{\"type\":\"string\"},"
                                + "\"cursor\":{\"type\":\"number\",\"default\":-1}},\"required\":[\"pattern\"]}");
    }

    @Test
    void pythonIsADescriptionWithoutTools() {
        ToolNamespace python = ToolNamespace.python();

        assertThat(python.name()).isEqualTo("python");
        assertThat(python.tools()).isEmpty();
        assertThat(python.description()).isEqualTo("""
                Use this tool to execute Python code in your chain of thought. The code will not be shown to the user. \
                This tool should be used for internal reasoning, but not for code that is intended to be visible to the \
                user (e.g. when creating plots, tables, or files).

                When you send a message containing Python code to python, it will be executed in a stateful Jupyter \
                notebook environment. python will respond with the output of the execution or time out after 120.0 \
                seconds. The drive at '/mnt/data' can be used to save and persist user files. Internet access for this \
                session is UNKNOWN. Depends on the cluster.""");
    }

    @Test
    void functionsAreANamespaceWithoutDescription() {
        ToolDescription tool = ToolDescription.of("f", "does f");

        assertThat(ToolNamespace.functions(tool)).isEqualTo(new ToolNamespace("functions", null, List.of(tool)));
    }

    @Test
    void laterChangesToTheListOfToolsDoNotReachTheNamespace() {
        List<ToolDescription> tools = new ArrayList<>(List.of(ToolDescription.of("f", "d")));
        ToolNamespace namespace = new ToolNamespace("n", null, tools);

        tools.clear();

        assertThat(namespace.tools()).hasSize(1);
        assertThat(namespace.tools()).isUnmodifiable();
    }
}
