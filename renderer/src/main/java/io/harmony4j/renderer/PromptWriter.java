package io.harmony4j.renderer;

import io.harmony4j.Channel;
import io.harmony4j.ChannelConfig;
import io.harmony4j.Content;
import io.harmony4j.ResponseFormat;
import io.harmony4j.ToolNamespace;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The content of system and developer messages: sections of text, with a blank line between them. What is absent (null) has no
 * section; what is empty has one.
 *
 * <p>The tokens are those of the whole text, but namespaces of tools are tokenised apart, so that they can be cached. Every
 * cut is between a line feed and a {@code #}, where pieces of text meet whatever else is there: see docs/algorithms/rendering.md.
 *
 * @see <a href="https://cookbook.openai.com/articles/openai-harmony#system-message-format">Harmony: system message</a>
 */
final class PromptWriter {
    private static final String BLANK_LINE = "\n\n";

    private final TokenWriter out;

    PromptWriter(TokenWriter out) {
        this.out = out;
    }

    /**
     * Writes the content of a system message.
     *
     * @param functionTools whether the conversation declares function tools, which changes the section on channels
     */
    void write(Content.System system, boolean functionTools) {
        List<String> sections = new ArrayList<>();
        addIdentity(system, sections);
        if (system.reasoningEffort() != null) {
            sections.add("Reasoning: " + system.reasoningEffort().promptWord());
        }
        write(sections, system.tools(), channels(system.channelConfig(), functionTools));
    }

    /** Writes the content of a developer message. */
    void write(Content.Developer developer) {
        List<String> sections = new ArrayList<>();
        if (developer.instructions() != null) {
            sections.add("# Instructions");
            sections.add(developer.instructions());
        }
        write(sections, developer.tools(), responseFormats(developer.responseFormats()));
    }

    /** Writes sections, one for the tools if there are any, and more sections, the first of which begins with a {@code #}. */
    private void write(List<String> before, @Nullable Map<String, ToolNamespace> tools, List<String> after) {
        if (tools == null || tools.isEmpty()) {
            before.addAll(after);
            out.text(String.join(BLANK_LINE, before));
            return;
        }
        before.add("# Tools");
        out.text(String.join(BLANK_LINE, before) + BLANK_LINE);
        Iterator<ToolNamespace> namespaces = tools.values().iterator();
        while (namespaces.hasNext()) {
            ToolNamespace namespace = namespaces.next();
            boolean isLast = !namespaces.hasNext() && after.isEmpty();
            out.tools(namespace, isLast ? "" : BLANK_LINE);
        }
        out.text(String.join(BLANK_LINE, after));
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

    private static List<String> channels(@Nullable ChannelConfig config, boolean functionTools) {
        if (config == null || config.validChannels().isEmpty()) {
            return List.of();
        }
        String channels = config.validChannels().stream().map(Channel::name).collect(Collectors.joining(", "));
        String required = config.channelRequired() ? " Channel must be included for every message." : "";
        String calls = functionTools
                ? "\nCalls to these tools must go to the " + Channel.COMMENTARY + " channel: '"
                        + ToolNamespace.FUNCTIONS + "'."
                : "";
        return List.of("# Valid channels: " + channels + "." + required + calls);
    }

    private static List<String> responseFormats(List<ResponseFormat> formats) {
        if (formats.isEmpty()) {
            return List.of();
        }
        List<String> sections = new ArrayList<>();
        sections.add("# Response Formats");
        for (ResponseFormat format : formats) {
            sections.add("## " + format.name());
            List<String> lines = new ArrayList<>(Comments.of(format.description()));
            lines.add(format.schema());
            sections.add(String.join("\n", lines));
        }
        return sections;
    }
}
