package io.harmony4j.openai;

import io.harmony4j.Recipient;
import io.harmony4j.ToolChoice;
import io.harmony4j.ToolNamespace;
import java.util.ArrayList;
import java.util.List;

/** Which of its tools a request lets the model call, and whether it must: {@code tool_choice}, and {@code function_call} of old clients. */
final class ToolChoiceReader {
    private final DeclaredTools tools;
    private final boolean isChat;

    private ToolChoiceReader(DeclaredTools tools, boolean isChat) {
        this.tools = tools;
        this.isChat = isChat;
    }

    /** Reads the choice of a chat request, where what names a tool stands under its type. */
    static ToolChoice ofChat(Field request, DeclaredTools tools) {
        return new ToolChoiceReader(tools, true).read(request);
    }

    /** Reads the choice of a Responses request. */
    static ToolChoice ofResponses(Field request, DeclaredTools tools) {
        return new ToolChoiceReader(tools, false).read(request);
    }

    /** Returns whether a request says that no tool may be called, so that a call that comes all the same is content. */
    static boolean isForbidden(Field request) {
        Field choice = field(request);
        return "none".equals(choice.value().textOrNull());
    }

    private static Field field(Field request) {
        Field choice = request.get("tool_choice");
        return choice.isAbsent() ? request.get("function_call") : choice;
    }

    private ToolChoice read(Field request) {
        Field choice = field(request);
        if (request.get("tool_choice").isAbsent() && choice.isObject()) { // function_call
            return named(choice, choice);
        }
        if (choice.isAbsent()) {
            return tools.recipients().isEmpty() ? ToolChoice.NONE : ToolChoice.AUTO;
        }
        if (choice.isString()) {
            return switch (choice.text()) {
                case "auto" -> tools.recipients().isEmpty() ? ToolChoice.NONE : ToolChoice.AUTO;
                case "none" -> ToolChoice.NONE;
                case "required" -> {
                    requireTools(choice);
                    yield ToolChoice.REQUIRED;
                }
                default -> throw choice.wrongValue(List.of("none", "auto", "required"));
            };
        }
        if (!choice.isObject()) {
            throw choice.wrongType("a string or an object");
        }
        String type = choice.get("type").text();
        return switch (type) {
            case "function", "custom" -> named(inner(choice, type), choice);
            case "allowed_tools" -> allowed(inner(choice, type), choice);
            default -> hosted(choice, type);
        };
    }

    /** Returns the object with the name: that under the type, as in Chat Completions, or the choice itself, as in Responses. */
    private Field inner(Field choice, String type) {
        Field nested = choice.get(type);
        boolean hasNone = choice.get("name").isAbsent() && choice.get("tools").isAbsent();
        boolean isFlat = nested.isAbsent() && !(isChat && hasNone);
        return isFlat ? choice : nested.object();
    }

    private ToolChoice named(Field named, Field choice) {
        return new ToolChoice(ToolChoice.Mode.NAMED, List.of(declaredTool(named, choice)));
    }

    private ToolChoice allowed(Field allowed, Field choice) {
        Field mode = allowed.get("mode");
        ToolChoice.Mode chosenMode = switch (mode.text("auto")) {
            case "auto" -> ToolChoice.Mode.AUTO;
            case "required" -> ToolChoice.Mode.REQUIRED;
            default -> throw mode.wrongValue(List.of("auto", "required"));
        };
        List<Recipient> chosen = new ArrayList<>();
        for (Field tool : allowed.get("tools").someElements()) {
            String type = tool.object().get("type").text("function");
            if (type.equals("function") || type.equals("custom")) {
                chosen.add(declaredTool(inner(tool, type), choice));
            } else if (!isChat && HostedTool.isType(type)) {
                ToolNamespace namespace = HostedTool.namespace(type, tools.builtIn());
                chosen.addAll(namespace == null ? List.of() : namespace.recipients());
            } else {
                throw tool.get("type").wrongValue(List.of("function", "custom"));
            }
        }
        if (chosen.isEmpty()) { // none that is here
            throw unknown(
                    choice, allowed.get("tools").elements().get(0).get("type").text());
        }
        return new ToolChoice(chosenMode, chosen);
    }

    private Recipient declaredTool(Field named, Field choice) {
        String name = named.get("name").text();
        requireTools(choice);
        String namespace = named.get("namespace").optionalText();
        Recipient tool = tools.find((namespace == null ? ToolNamespace.FUNCTIONS : namespace) + '.' + name);
        if (tool == null && namespace == null) {
            tool = tools.find(name);
        }
        if (tool == null) {
            throw unknown(choice, name);
        }
        return tool;
    }

    private ToolChoice hosted(Field choice, String type) {
        if (!HostedTool.isType(type)) {
            throw choice.get("type").wrongValue(List.of("function", "custom", "allowed_tools"));
        }
        ToolNamespace namespace = HostedTool.namespace(type, tools.builtIn());
        if (namespace == null) {
            throw unknown(choice, type);
        }
        return new ToolChoice(ToolChoice.Mode.REQUIRED, namespace.recipients());
    }

    private static ApiException unknown(Field choice, String name) {
        return choice.invalid(
                "invalid_value",
                "Invalid '" + choice.path() + "': expected one of the tools of the request, but got '" + name
                        + "', which is none of them.");
    }

    private void requireTools(Field choice) {
        if (tools.recipients().isEmpty()) {
            throw choice.invalid(
                    null, "Invalid '" + choice.path() + "': a tool can only be chosen where 'tools' has some.");
        }
    }
}
