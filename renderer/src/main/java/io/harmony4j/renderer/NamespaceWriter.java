package io.harmony4j.renderer;

import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import io.harmony4j.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * A namespace of tools, as system and developer messages declare it: TypeScript, with the descriptions as comments.
 *
 * <pre>{@code
 * ## functions
 *
 * namespace functions {
 *
 * // The weather in a city.
 * type get_weather = (_: {
 * city: string,
 * }) => any;
 *
 * } // namespace functions
 * }</pre>
 */
final class NamespaceWriter {
    private NamespaceWriter() {}

    /** Returns the text of a namespace. */
    static String of(ToolNamespace namespace) {
        List<String> lines = new ArrayList<>();
        lines.add("## " + namespace.name() + "\n");
        if (namespace.tools().isEmpty()) {
            lines.addAll(Comments.lines(namespace.description()));
        } else {
            lines.addAll(Comments.of(namespace.description()));
            lines.add("namespace " + namespace.name() + " {\n");
            namespace.tools().forEach(tool -> addTool(tool, lines));
            lines.add("} // namespace " + namespace.name());
        }
        return String.join("\n", lines);
    }

    private static void addTool(ToolDescription tool, List<String> lines) {
        lines.addAll(Comments.of(tool.description()));
        String schema = tool.parameters();
        String parameters = schema == null ? "" : "_: " + TypeScriptWriter.write(Json.parse(schema));
        lines.add("type " + tool.name() + " = (" + parameters + ") => any;\n");
    }
}
