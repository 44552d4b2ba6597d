package io.harmony4j.openai;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.ResponseFormat;
import io.harmony4j.ToolNamespace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a prompt: one system message, one developer message with the instructions that come first, the tools and the
 * response format, then what was said.
 */
final class PromptMessages {
    static final String BETWEEN_INSTRUCTIONS = "\n\n";

    private final List<String> instructions = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private boolean isBegun;

    /** Adds instructions: to the developer message at the beginning, or in their place once anything else was said. */
    void instruct(String text) {
        if (text.isEmpty()) {
            return;
        }
        if (isBegun) {
            messages.add(Message.developer(Content.developer(text)));
        } else {
            instructions.add(text);
        }
    }

    void add(Message message) {
        isBegun = true;
        messages.add(message);
    }

    /** Returns what was said, without the instructions at the beginning. */
    List<Message> said() {
        return List.copyOf(messages);
    }

    /** Says that the beginning is over, so that the instructions that follow stay in their place. */
    void begin() {
        isBegun = true;
    }

    Conversation build(Content.System system, List<ToolNamespace> tools, @Nullable ResponseFormat format) {
        Map<String, ToolNamespace> byName = new LinkedHashMap<>();
        tools.forEach(namespace -> byName.put(namespace.name(), namespace));
        Content.Developer developer = new Content.Developer(
                instructions.isEmpty() ? null : String.join(BETWEEN_INSTRUCTIONS, instructions),
                byName.isEmpty() ? null : byName,
                format == null ? List.of() : List.of(format));
        List<Message> all = new ArrayList<>();
        all.add(Message.system(system));
        if (!developer.equals(Content.Developer.EMPTY)) {
            all.add(Message.developer(developer));
        }
        all.addAll(messages);
        return new Conversation(all);
    }
}
