package io.harmony4j.openai;

import io.harmony4j.Recipient;
import io.harmony4j.ToolNamespace;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tools that OpenAI's servers run themselves, by the types that requests name. */
final class HostedTool {
    /** The id of the place where code runs; clients expect one. */
    static final String CONTAINER = "cntr_python";

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

    /** Returns what a call of a tool of the browser does, in the words of a {@code web_search_call}. */
    static JsonObject action(Recipient tool, String arguments) {
        JsonValue given = parsed(arguments);
        JsonObject.Builder action = JsonObject.builder();
        switch (tool.name()) {
            case ToolNamespace.BROWSER + ".open" ->
                action.put("type", "open_page").put("url", given.get("id").textOrNull());
            case ToolNamespace.BROWSER + ".find" ->
                action.put("type", "find_in_page")
                        .put("pattern", text(given, "pattern"))
                        .put("url", "");
            default -> action.put("type", "search").put("query", text(given, "query"));
        }
        return action.build();
    }

    private static JsonValue parsed(String arguments) {
        try {
            return Json.parse(arguments);
        } catch (IllegalArgumentException e) {
            return JsonValue.ofNull();
        }
    }

    private static String text(JsonValue object, String name) {
        JsonValue value = object.get(name);
        return value.isString() ? value.text() : "";
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
