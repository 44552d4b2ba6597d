package io.harmony4j.renderer;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import io.harmony4j.json.Json;
import io.harmony4j.renderer.Finding.Code;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Findings in the declarations of tools; {@link SchemaLint} looks at their parameters. */
final class ToolLint {
    static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

    /** What the models know; its oddities are theirs. */
    private static final Set<ToolNamespace> BUILT_IN = Set.of(ToolNamespace.browser(), ToolNamespace.python());

    private final boolean isFaithful;
    private final Findings findings;
    private final Set<String> names = new HashSet<>();

    private ToolLint(boolean isFaithful, Findings findings) {
        this.isFaithful = isFaithful;
        this.findings = findings;
    }

    /** @param isFaithful whether the prompt shows all of the schemas */
    static void check(Conversation conversation, boolean isFaithful, Findings findings) {
        new ToolLint(isFaithful, findings).check(conversation);
    }

    private void check(Conversation conversation) {
        for (int i = 0; i < conversation.messages().size(); i++) {
            List<Content> parts = conversation.messages().get(i).content();
            for (int k = 0; k < parts.size(); k++) {
                Map<String, ToolNamespace> tools = tools(parts.get(k));
                if (tools != null) {
                    String pointer = Findings.part(i, k) + "/tools";
                    for (Map.Entry<String, ToolNamespace> entry : tools.entrySet()) {
                        String place = Findings.member(pointer, entry.getKey());
                        namespace(i, place, entry.getKey(), entry.getValue());
                    }
                }
            }
        }
    }

    /** Returns the tools that a part declares; null if it declares none. */
    static @Nullable Map<String, ToolNamespace> tools(Content part) {
        return part instanceof Content.System system
                ? system.tools()
                : part instanceof Content.Developer developer ? developer.tools() : null;
    }

    private void namespace(int index, String pointer, String key, ToolNamespace namespace) {
        if (!key.equals(namespace.name())) {
            findings.add(
                    index,
                    Code.NAMESPACE_KEY_DIFFERS,
                    pointer + "/name",
                    "the namespace under the key \"" + key + "\" has the name \"" + namespace.name() + "\"",
                    "give both the same name");
        }
        if (BUILT_IN.contains(namespace)) {
            return;
        }
        for (int t = 0; t < namespace.tools().size(); t++) {
            ToolDescription tool = namespace.tools().get(t);
            String place = pointer + "/tools/" + t;
            if (!names.add(namespace.name() + "." + tool.name())) {
                findings.add(
                        index,
                        Code.DUPLICATE_TOOL,
                        place + "/name",
                        "there is a tool \"" + tool.name() + "\" before this one",
                        "give it another name, or leave one out");
            }
            if (!IDENTIFIER.matcher(tool.name()).matches()) {
                findings.add(
                        index,
                        Code.TOOL_NAME_NOT_IDENTIFIER,
                        place + "/name",
                        "the name \"" + tool.name() + "\" is no identifier, so the prompt's TypeScript is none",
                        "declare it with letters, digits and _, and map the name where it is called");
            }
            if (tool.parameters() != null) {
                new SchemaLint(index, isFaithful, findings).check(Json.parse(tool.parameters()), place + "/parameters");
            }
        }
    }
}
