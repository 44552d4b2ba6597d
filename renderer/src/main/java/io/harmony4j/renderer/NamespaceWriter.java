package io.harmony4j.renderer;

import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    private final ToolNamespace namespace;
    private final boolean isFaithful;

    private final Set<String> toolNames;

    /** Names of all types in the namespace: those of the tools, and of the helpers so far. */
    private final Set<String> names;

    /** Declarations of types that the tools' types name. */
    private final Set<String> helpers = new LinkedHashSet<>();

    private NamespaceWriter(ToolNamespace namespace, boolean isFaithful) {
        this.namespace = namespace;
        this.isFaithful = isFaithful;
        this.toolNames = namespace.tools().stream().map(ToolDescription::name).collect(Collectors.toSet());
        this.names = new HashSet<>(toolNames);
    }

    /** Returns the text of a namespace. */
    static String of(ToolNamespace namespace) {
        return new NamespaceWriter(namespace, false).text();
    }

    /** Returns the text of a namespace which shows all of the tools' schemas. */
    static String faithful(ToolNamespace namespace) {
        return new NamespaceWriter(namespace, true).text();
    }

    private String text() {
        List<String> lines = new ArrayList<>();
        lines.add("## " + namespace.name() + "\n");
        if (namespace.tools().isEmpty()) {
            lines.addAll(Comments.lines(namespace.description()));
        } else {
            List<String> tools = new ArrayList<>();
            namespace.tools().forEach(tool -> addTool(tool, tools));
            lines.addAll(comments(namespace.description()));
            lines.add("namespace " + namespace.name() + " {\n");
            helpers.forEach(helper -> lines.add(helper + "\n"));
            lines.addAll(tools);
            lines.add("} // namespace " + namespace.name());
        }
        return String.join("\n", lines);
    }

    private void addTool(ToolDescription tool, List<String> lines) {
        lines.addAll(comments(tool.description()));
        String schema = tool.parameters();
        String parameters = schema == null ? "" : "_: " + type(Json.parse(schema));
        lines.add("type " + tool.name() + " = (" + parameters + ") => any;\n");
    }

    private String type(JsonValue schema) {
        if (!isFaithful) {
            return TypeScriptWriter.write(schema);
        }
        SchemaType type = FaithfulTypeScriptWriter.write(schema, toolNames, new HashSet<>());
        if (!helpers.containsAll(type.helpers())) { // those of equal schemas are declared once
            type = FaithfulTypeScriptWriter.write(schema, names, names);
            helpers.addAll(type.helpers());
        }
        return type.text();
    }

    private List<String> comments(@Nullable String description) {
        if (!isFaithful) {
            return Comments.of(description);
        }
        return description == null || description.isEmpty()
                ? List.of()
                : TypeScriptTokens.lines(description).stream()
                        .map(line -> "// " + line)
                        .toList();
    }
}
