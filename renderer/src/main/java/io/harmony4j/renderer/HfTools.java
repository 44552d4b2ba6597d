package io.harmony4j.renderer;

import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;

/**
 * The functions of a developer message as the chat template on Hugging Face declares them. Unlike {@link NamespaceWriter}, it puts the
 * marks of a comment before the first line of a description alone, and before an empty one.
 */
final class HfTools {
    private static final String HEAD = "## functions\n\nnamespace functions {\n\n";
    private static final String FOOT = "} // namespace functions";

    private final StringBuilder out = new StringBuilder(HEAD);

    /** Returns the text of a namespace. */
    static String of(ToolNamespace namespace) {
        if (!namespace.name().equals(ToolNamespace.FUNCTIONS)) {
            return NamespaceWriter.of(namespace); // the template has the built-in tools word for word
        }
        HfTools functions = new HfTools();
        for (ToolDescription tool : namespace.tools()) {
            String schema = tool.parameters();
            functions.add(
                    tool.name(),
                    tool.description(),
                    schema == null ? JsonValue.ofNull() : Json.parse(schema),
                    "the parameters of " + tool.name());
        }
        return functions.text();
    }

    /**
     * Adds a function.
     *
     * @param parameters a JSON Schema, or null
     * @param path where it is, for error messages
     * @throws IllegalArgumentException if the template cannot write it
     */
    void add(String name, String description, JsonValue parameters, String path) {
        out.append("// ").append(description).append('\n');
        out.append("type ").append(name).append(" = ").append(HfTypeScript.function(parameters, path));
        out.append(";\n\n");
    }

    /** Returns the text of all functions that were added. */
    String text() {
        return out + FOOT;
    }
}
