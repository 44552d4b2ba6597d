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
        List<String> description = namespace.description() == null ? List.of() : lines(namespace.description());
        if (namespace.tools().isEmpty()) {
            lines.addAll(description);
        } else {
            addComments(description, lines);
            lines.add("namespace " + namespace.name() + " {\n");
            namespace.tools().forEach(tool -> addTool(tool, lines));
            lines.add("} // namespace " + namespace.name());
        }
        return String.join("\n", lines);
    }

    private static void addTool(ToolDescription tool, List<String> lines) {
        addComments(lines(tool.description()), lines);
        String schema = tool.parameters();
        String parameters = schema == null ? "" : "_: " + TypeScriptWriter.write(Json.parse(schema));
        lines.add("type " + tool.name() + " = (" + parameters + ") => any;\n");
    }

    private static void addComments(List<String> comments, List<String> lines) {
        comments.forEach(comment -> lines.add("// " + comment));
    }

    /**
     * Returns the lines of a text: each ends at a line feed, with or without a carriage return before it, or at the end of
     * the text. Unlike in {@code String.lines()} a carriage return alone ends nothing.
     */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int feed = text.indexOf('\n', start);
            if (feed < 0) {
                lines.add(text.substring(start));
                break;
            }
            boolean afterReturn = feed > start && text.charAt(feed - 1) == '\r';
            lines.add(text.substring(start, afterReturn ? feed - 1 : feed));
            start = feed + 1;
        }
        return lines;
    }
}
