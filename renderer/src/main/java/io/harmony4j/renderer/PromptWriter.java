package io.harmony4j.renderer;

import io.harmony4j.Channel;
import io.harmony4j.ChannelConfig;
import io.harmony4j.Content;
import io.harmony4j.ResponseFormat;
import io.harmony4j.ToolNamespace;
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
    private final PromptText style;

    /** What is not written yet. */
    private final StringBuilder text = new StringBuilder();

    /** Whether there is a section whose blank line is missing, should another one follow. */
    private boolean needsBlankLine;

    PromptWriter(TokenWriter out, PromptText style) {
        this.out = out;
        this.style = style;
    }

    /**
     * Writes the content of a system message.
     *
     * @param functionTools whether the conversation declares function tools, which changes the section on channels
     */
    void write(Content.System system, boolean functionTools) {
        ChannelConfig channels = system.channelConfig();
        boolean hasChannels = channels != null && !channels.validChannels().isEmpty();
        addIdentity(system);
        if (system.reasoningEffort() != null) {
            beginSection(PromptPart.REASONING);
            text.append("Reasoning: ").append(system.reasoningEffort().promptWord());
        }
        addTools(PromptPart.BUILT_IN_TOOLS, system.tools(), !hasChannels);
        if (channels != null && hasChannels) {
            addChannels(channels, functionTools);
        }
        finish();
    }

    /** Writes the content of a developer message. */
    void write(Content.Developer developer) {
        List<ResponseFormat> formats = developer.responseFormats();
        if (developer.instructions() != null) {
            beginSection(PromptPart.INSTRUCTIONS);
            text.append("# Instructions").append(BLANK_LINE).append(developer.instructions());
            if (style.endsInstructions()) {
                text.append(BLANK_LINE);
                needsBlankLine = false;
            }
        }
        addTools(PromptPart.TOOLS, developer.tools(), formats.isEmpty());
        if (!formats.isEmpty()) {
            beginSection(PromptPart.RESPONSE_FORMATS);
            text.append("# Response Formats");
            formats.forEach(this::addResponseFormat);
        }
        finish();
    }

    private void beginSection(PromptPart part) {
        if (needsBlankLine) {
            text.append(BLANK_LINE);
        }
        needsBlankLine = true;
        out.partInText(part, text.length());
    }

    /** Writes what has been added, as one text. */
    private void flush() {
        out.text(text.toString());
        text.setLength(0);
    }

    private void finish() {
        flush();
        needsBlankLine = false;
    }

    private void addIdentity(Content.System system) {
        boolean hasDates = system.knowledgeCutoff() != null || system.conversationStartDate() != null;
        if (system.modelIdentity() != null) {
            beginSection(PromptPart.IDENTITY);
            text.append(system.modelIdentity());
            if (hasDates) {
                text.append('\n');
                out.partInText(PromptPart.DATES, text.length());
            }
        } else if (hasDates) {
            beginSection(PromptPart.DATES);
        }
        if (system.knowledgeCutoff() != null) {
            text.append("Knowledge cutoff: ").append(system.knowledgeCutoff());
        }
        if (system.conversationStartDate() != null) {
            text.append(system.knowledgeCutoff() == null ? "" : "\n")
                    .append("Current date: ")
                    .append(system.conversationStartDate());
        }
    }

    /**
     * Adds the section on tools if there are any.
     *
     * @param isLast whether no section follows, as far as there can be one: it begins with a {@code #}
     */
    private void addTools(PromptPart part, @Nullable Map<String, ToolNamespace> tools, boolean isLast) {
        if (tools == null || tools.isEmpty()) {
            return;
        }
        beginSection(part);
        text.append("# Tools").append(BLANK_LINE);
        flush();
        Iterator<ToolNamespace> namespaces = tools.values().iterator();
        while (namespaces.hasNext()) {
            ToolNamespace namespace = namespaces.next();
            out.tools(namespace, isLast && !namespaces.hasNext() ? "" : BLANK_LINE);
        }
        needsBlankLine = false; // it is there if a section follows
    }

    private void addChannels(ChannelConfig config, boolean functionTools) {
        String channels = config.validChannels().stream().map(Channel::name).collect(Collectors.joining(", "));
        beginSection(PromptPart.VALID_CHANNELS);
        text.append("# Valid channels: ").append(channels).append('.');
        if (config.channelRequired()) {
            text.append(" Channel must be included for every message.");
        }
        if (functionTools) {
            text.append("\nCalls to these tools must go to the ")
                    .append(Channel.COMMENTARY)
                    .append(" channel: '")
                    .append(ToolNamespace.FUNCTIONS)
                    .append("'.");
        }
    }

    private void addResponseFormat(ResponseFormat format) {
        text.append(BLANK_LINE).append("## ").append(format.name()).append(BLANK_LINE);
        Comments.of(format.description())
                .forEach(comment -> text.append(comment).append('\n'));
        text.append(format.schema());
    }
}
