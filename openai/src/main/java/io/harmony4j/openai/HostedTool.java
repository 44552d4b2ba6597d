package io.harmony4j.openai;

import io.harmony4j.ToolNamespace;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tools that OpenAI's servers run themselves, by the types that requests name. */
final class HostedTool {
    private static final Pattern BROWSER = Pattern.compile("web_search.*|browser_search");
    private static final String PYTHON = "code_interpreter";
    private static final Pattern OTHERS =
            Pattern.compile("file_search|mcp|image_generation|computer.*|.*shell|apply_patch|tool_search");

    private HostedTool() {}

    static boolean isType(String type) {
        return type.equals(PYTHON)
                || BROWSER.matcher(type).matches()
                || OTHERS.matcher(type).matches();
    }

    /** Returns the built-in tools that do what a hosted tool does, if they are among those given. */
    static @Nullable ToolNamespace namespace(String type, List<ToolNamespace> own) {
        String name = type.equals(PYTHON)
                ? ToolNamespace.PYTHON
                : BROWSER.matcher(type).matches() ? ToolNamespace.BROWSER : "";
        return own.stream()
                .filter(namespace -> namespace.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
