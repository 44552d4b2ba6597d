package io.harmony4j.openai;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.ResponseFormat;
import io.harmony4j.ToolNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What system and developer messages of a conversation say that has fields of its own in a request. */
final class ConversationParts {
    private final List<ToolNamespace> declared = new ArrayList<>();
    private final List<ToolNamespace> builtIn = new ArrayList<>();
    private Optional<ReasoningEffort> effort = Optional.empty();
    private Optional<ResponseFormat> format = Optional.empty();

    ConversationParts(Conversation conversation) {
        for (Message message : conversation.messages()) {
            message.content().forEach(this::add);
        }
    }

    private void add(Content part) {
        if (part instanceof Content.System system) {
            effort = Optional.ofNullable(system.reasoningEffort()).or(() -> effort);
            if (system.tools() != null) {
                builtIn.addAll(system.tools().values());
            }
        } else if (part instanceof Content.Developer developer) {
            if (developer.tools() != null) {
                declared.addAll(developer.tools().values());
            }
            format = developer.responseFormats().stream().findFirst().or(() -> format);
        }
    }

    /** Returns the text of a system or developer message: its instructions and its text parts. */
    static String instructions(Message message) {
        List<String> texts = new ArrayList<>();
        for (Content part : message.content()) {
            if (part instanceof Content.Developer developer && developer.instructions() != null) {
                texts.add(developer.instructions());
            } else if (part instanceof Content.Text text) {
                texts.add(text.text());
            }
        }
        return String.join(PromptMessages.BETWEEN_INSTRUCTIONS, texts);
    }

    /** Returns the namespaces of developer messages. */
    List<ToolNamespace> declared() {
        return declared;
    }

    /** Returns the namespaces of system messages. */
    List<ToolNamespace> builtIn() {
        return builtIn;
    }

    Optional<ReasoningEffort> effort() {
        return effort;
    }

    Optional<ResponseFormat> format() {
        return format;
    }
}
