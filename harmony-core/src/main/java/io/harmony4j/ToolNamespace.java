package io.harmony4j;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A group of tools under one name.
 *
 * @param name the name before the dot of a recipient, as in {@code functions}
 * @param description what the tools have in common, for the model; may have several lines
 * @param tools the tools; a namespace without any is addressed as a whole, like {@code python}
 */
public record ToolNamespace(String name, @Nullable String description, List<ToolDescription> tools) {
    /** The name of the namespace of function tools. */
    public static final String FUNCTIONS = "functions";

    /** The name of the built-in namespace to search, open and read pages. */
    public static final String BROWSER = "browser";

    /** The name of the built-in Python tool. */
    public static final String PYTHON = "python";

    public ToolNamespace {
        name = WellFormed.text(name, "name");
        description = WellFormed.optional(description);
        tools = WellFormed.copy(tools, "tools");
    }

    /** Returns the namespace of function tools, which a developer message declares. */
    public static ToolNamespace functions(ToolDescription... tools) {
        return new ToolNamespace(FUNCTIONS, null, Arrays.asList(requireNonNull(tools, "tools")));
    }

    /** Returns the built-in tools to search, open and read pages, as the models know them. */
    public static ToolNamespace browser() {
        return builtIn(BROWSER);
    }

    /** Returns the built-in Python tool, as the models know it. */
    public static ToolNamespace python() {
        return builtIn(PYTHON);
    }

    /** Returns whom calls are addressed to: each tool, or the namespace itself if it has none, like {@code python}. */
    public List<Recipient> recipients() {
        if (tools.isEmpty()) {
            return name.equals(FUNCTIONS) ? List.of() : List.of(Recipient.of(name));
        }
        return tools.stream()
                .map(tool -> Recipient.of(name + "." + tool.name()))
                .toList();
    }

    private static ToolNamespace builtIn(String name) {
        return requireNonNull(BuiltIn.NAMESPACES.get(name), name);
    }

    /** The built-in namespaces: read from their resource once, when first asked for. */
    private static final class BuiltIn {
        static final Map<String, ToolNamespace> NAMESPACES = load();

        private static Map<String, ToolNamespace> load() {
            try (InputStream resource =
                    requireNonNull(BuiltIn.class.getResourceAsStream("builtin-tools.json"), "builtin-tools.json")) {
                return JsonDecoder.toolNamespaces(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
