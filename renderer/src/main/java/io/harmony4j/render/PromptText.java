package io.harmony4j.render;

import io.harmony4j.Channel;
import io.harmony4j.ChannelConfig;
import io.harmony4j.Content;
import io.harmony4j.ToolNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text of a system or developer message: its sections, with a blank line between them. What is absent (null) has no
 * section; what is empty has one.
 *
 * @see <a href="https://cookbook.openai.com/articles/openai-harmony#system-message-format">Harmony: system message</a>
 */
final class PromptText {
    static final String BLANK_LINE = "\n\n";

    private PromptText() {}

    /**
     * Returns the text of a system message.
     *
     * @param functionTools whether the conversation declares function tools, which changes the section on channels
     */
    static String of(Content.System system, boolean functionTools) {
        List<String> sections = new ArrayList<>();
        addIdentity(system, sections);
        if (system.reasoningEffort() != null) {
            sections.add("Reasoning: " + system.reasoningEffort().promptWord());
        }
        addTools(system.tools(), sections);
        addChannels(system.channelConfig(), functionTools, sections);
        return String.join(BLANK_LINE, sections);
    }

    /** Returns the text of a developer message. */
    static String of(Content.Developer developer) {
        List<String> sections = new ArrayList<>();
        if (developer.instructions() != null) {
            sections.add("# Instructions");
            sections.add(developer.instructions());
        }
        addTools(developer.tools(), sections);
        return String.join(BLANK_LINE, sections);
    }

    private static void addIdentity(Content.System system, List<String> sections) {
        List<String> lines = new ArrayList<>();
        if (system.modelIdentity() != null) {
            lines.add(system.modelIdentity());
        }
        if (system.knowledgeCutoff() != null) {
            lines.add("Knowledge cutoff: " + system.knowledgeCutoff());
        }
        if (system.conversationStartDate() != null) {
            lines.add("Current date: " + system.conversationStartDate());
        }
        if (!lines.isEmpty()) {
            sections.add(String.join("\n", lines));
        }
    }

    private static void addTools(@Nullable Map<String, ToolNamespace> tools, List<String> sections) {
        if (tools != null && !tools.isEmpty()) {
            sections.add(ToolSection.of(tools.values()));
        }
    }

    private static void addChannels(@Nullable ChannelConfig config, boolean functionTools, List<String> sections) {
        if (config == null || config.validChannels().isEmpty()) {
            return;
        }
        String channels = config.validChannels().stream().map(Channel::name).collect(Collectors.joining(", "));
        String required = config.channelRequired() ? " Channel must be included for every message." : "";
        String calls = functionTools
                ? "\nCalls to these tools must go to the %s channel: '%s'."
                        .formatted(Channel.COMMENTARY, ToolNamespace.FUNCTIONS)
                : "";
        sections.add("# Valid channels: " + channels + "." + required + calls);
    }
}
