package io.harmony4j.openai;

import io.harmony4j.Recipient;
import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tools of a request: functions, custom tools, which take a text, namespaces, and those that the server runs itself. */
final class DeclaredTools {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");
    private static final Pattern NAMESPACE = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    /** The schema under which the model knows a custom tool. */
    private static final String CUSTOM_PARAMETERS =
            "{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}},\"required\":[\"input\"]}";

    private final List<ToolDescription> functions = new ArrayList<>();
    private final Set<Recipient> customTools = new LinkedHashSet<>();

    /** The tools whose calls must obey their schemas, and where these stand in the request. */
    private final Map<Recipient, Field> strictTools = new LinkedHashMap<>();

    private final Map<String, ToolNamespace> namespaces = new LinkedHashMap<>();
    private final List<ToolNamespace> builtIn = new ArrayList<>();
    private final List<Integer> ignored = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final List<ToolNamespace> declared = new ArrayList<>();

    /** All tools that the model may call, by their full names. */
    private final Map<String, Recipient> recipients = new LinkedHashMap<>();

    /** Whether the request declares tools in the old way, as {@code functions}. */
    private boolean isLegacy;

    /** What is wrong with the tools; null if nothing is. */
    private @Nullable ApiException fault;

    private DeclaredTools() {}

    /** Returns no tools. */
    static DeclaredTools none() {
        return new DeclaredTools();
    }

    /** Reads {@code tools} and {@code functions} of a chat request; what is wrong is said by {@link #requireValid}. */
    static DeclaredTools ofChat(Field request) {
        DeclaredTools tools = new DeclaredTools();
        tools.read(() -> tools.readChat(request));
        return tools;
    }

    private void readChat(Field request) {
        Field list = request.get("tools");
        for (Field tool : list.optionalElements()) {
            String type = tool.object().get("type").text();
            switch (type) {
                case "function" -> addFunction(tool.get("function").object(), list);
                case "custom" -> addCustom(tool.get("custom").object(), list);
                default -> throw tool.get("type").wrongValue(List.of("function", "custom"));
            }
        }
        Field legacy = request.get("functions");
        isLegacy = !legacy.isAbsent();
        for (Field function : legacy.optionalElements()) {
            addFunction(function.object(), legacy);
        }
    }

    /** Reads {@code tools} of a Responses request, as {@link #ofChat}. */
    static DeclaredTools ofResponses(Field request, List<ToolNamespace> own) {
        DeclaredTools tools = new DeclaredTools();
        tools.read(() -> tools.readResponses(request, own));
        return tools;
    }

    private void readResponses(Field request, List<ToolNamespace> own) {
        Field list = request.get("tools");
        int index = 0;
        for (Field tool : list.optionalElements()) {
            String type = tool.object().get("type").text();
            switch (type) {
                case "function" -> addFunction(tool, list);
                case "custom" -> addCustom(tool, list);
                case "namespace" -> addNamespace(tool, list);
                default -> addHosted(tool, index, own);
            }
            index++;
        }
    }

    /** Reads tools before the messages, which refer to them, though a fault of the messages is told first. */
    private void read(Runnable reading) {
        try {
            reading.run();
        } catch (ApiException e) {
            fault = e;
        }
        if (!functions.isEmpty()) {
            declared.add(ToolNamespace.functions(functions.toArray(ToolDescription[]::new)));
        }
        declared.addAll(namespaces.values());
        Stream.concat(declared.stream(), builtIn.stream())
                .flatMap(namespace -> namespace.recipients().stream())
                .forEach(tool -> recipients.put(tool.name(), tool));
    }

    /** Throws what is wrong with the tools, if anything is. */
    void requireValid() {
        if (fault != null) {
            throw fault;
        }
    }

    private void addFunction(Field function, Field list) {
        ToolDescription tool = description(function);
        requireNew(tool.name(), list);
        functions.add(tool);
        noteStrict(Recipient.function(tool.name()), function);
    }

    private void addCustom(Field custom, Field list) {
        String name = name(custom);
        requireNew(name, list);
        functions.add(ToolDescription.of(name, custom.get("description").text(""), CUSTOM_PARAMETERS));
        customTools.add(Recipient.function(name));
    }

    private void addNamespace(Field namespace, Field list) {
        Field nameField = namespace.get("name");
        String name = nameField.text();
        if (!NAMESPACE.matcher(name).matches() || name.equals(ToolNamespace.FUNCTIONS)) {
            throw nameField.invalid(
                    "invalid_value",
                    "Invalid '" + nameField.path() + "': expected the name of a namespace other than "
                            + ToolNamespace.FUNCTIONS + ", of at most 64 letters, digits, _ and -.");
        }
        List<ToolDescription> tools = new ArrayList<>();
        Set<String> toolNames = new HashSet<>();
        for (Field tool : namespace.get("tools").elements()) {
            if (!tool.object().get("type").text("function").equals("function")) {
                throw tool.get("type").wrongValue(List.of("function"));
            }
            ToolDescription description = description(tool);
            if (!toolNames.add(description.name())) {
                throw repeated(description.name(), namespace.get("tools"));
            }
            tools.add(description);
            noteStrict(Recipient.of(name + '.' + description.name()), tool);
        }
        if (namespaces.containsKey(name)) {
            throw repeated(name, list);
        }
        if (!tools.isEmpty()) { // without any, the model would take it for a tool
            namespaces.put(
                    name, new ToolNamespace(name, namespace.get("description").optionalText(), tools));
        }
    }

    private void addHosted(Field tool, int index, List<ToolNamespace> own) {
        String type = tool.get("type").text();
        if (!HostedTool.isType(type)) {
            throw tool.get("type")
                    .wrongValue(List.of("function", "custom", "namespace", "web_search", "code_interpreter"));
        }
        ToolNamespace namespace = HostedTool.namespace(type, own);
        if (namespace == null) {
            ignored.add(index);
        } else if (!builtIn.contains(namespace)) {
            builtIn.add(namespace);
        }
    }

    private static ToolDescription description(Field function) {
        String name = name(function);
        String description = function.get("description").text("");
        Field parameters = function.get("parameters");
        if (parameters.isAbsent()) {
            return ToolDescription.of(name, description);
        }
        try {
            return ToolDescription.of(name, description, parameters.object().value());
        } catch (IllegalArgumentException e) {
            throw parameters.invalid("invalid_value", "Invalid '" + parameters.path() + "': " + e.getMessage());
        }
    }

    private void noteStrict(Recipient tool, Field function) {
        if (function.get("strict").flag(false)) {
            strictTools.put(tool, function.get("parameters"));
        }
    }

    private static String name(Field function) {
        Field field = function.get("name");
        String name = field.text();
        if (!NAME.matcher(name).matches()) {
            throw field.invalid(
                    "invalid_value",
                    "Invalid '" + field.path()
                            + "': expected the name of a tool, of at most 128 letters, digits, _, - and .");
        }
        return name;
    }

    private void requireNew(String name, Field list) {
        if (!names.add(name)) {
            throw repeated(name, list);
        }
    }

    private static ApiException repeated(String name, Field list) {
        return list.invalid(
                "invalid_value",
                "Invalid '" + list.path() + "': expected tools with different names, but got '" + name + "' twice.");
    }

    /** Returns the tool that a call of the history names. */
    Recipient recipient(String name) {
        // a built-in tool that was not offered is given out with its full name, and comes back with it
        boolean isWhole = !names.contains(name) && Recipient.of(name).isBuiltIn();
        return isWhole ? Recipient.of(name) : Recipient.function(name);
    }

    /** Returns the arguments by which the model calls a custom tool. */
    static String customArguments(String input) {
        return JsonObject.of(TurnItems.CUSTOM_INPUT, JsonValue.of(input)).toString();
    }

    Set<Recipient> customTools() {
        return customTools;
    }

    /** Returns the tools whose calls must obey their schemas, and where these stand in the request. */
    Map<Recipient, Field> strictTools() {
        return strictTools;
    }

    /** Returns the names of the declared namespaces besides that of functions. */
    Set<String> namespaceNames() {
        return namespaces.keySet();
    }

    /** Returns what the developer message declares. */
    List<ToolNamespace> declared() {
        return declared;
    }

    /** Returns what the system message declares. */
    List<ToolNamespace> builtIn() {
        return builtIn;
    }

    /** Returns all tools that the model may call. */
    Collection<Recipient> recipients() {
        return recipients.values();
    }

    /** Returns the indices of the tools that the server does not have. */
    List<Integer> ignored() {
        return List.copyOf(ignored);
    }

    boolean isLegacy() {
        return isLegacy;
    }

    /** Returns the tool with a name; null if there is none. */
    @Nullable
    Recipient find(String name) {
        return recipients.get(name);
    }
}
