package io.harmony4j.renderer;

import io.harmony4j.Channel;
import io.harmony4j.ChannelConfig;
import io.harmony4j.ContentType;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.renderer.Finding.Code;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Findings in the headers of the assistant's messages: channels and content types. */
final class HeaderLint {
    private static final Set<String> CONTENT_TYPES = Set.of("json", "code");

    private final ChannelConfig channels;
    private final Findings findings;

    private HeaderLint(ChannelConfig channels, Findings findings) {
        this.channels = channels;
        this.findings = findings;
    }

    static void check(Conversation conversation, Findings findings) {
        HeaderLint lint = new HeaderLint(SystemLint.channels(conversation), findings);
        for (int i = 0; i < conversation.messages().size(); i++) {
            Message message = conversation.messages().get(i);
            if (message.author().role() == Role.ASSISTANT) {
                lint.channel(i, message);
            }
            lint.contentType(i, message);
        }
    }

    private void channel(int index, Message message) {
        Channel channel = message.channel();
        if (channel == null) {
            if (channels.channelRequired()) {
                findings.add(
                        index,
                        Code.CHANNEL_MISSING,
                        Findings.message(index),
                        "the assistant's message has no channel",
                        "say the channel: " + names());
            }
            return;
        }
        String pointer = Findings.field(index, "channel");
        if (!channels.validChannels().isEmpty() && !channels.validChannels().contains(channel)) {
            findings.add(
                    index,
                    Code.UNKNOWN_CHANNEL,
                    pointer,
                    "the channel \"" + channel.name() + "\" is none of those that the system message has",
                    "use one of " + names());
        }
        Recipient tool = callee(message);
        if (tool == null) {
            return;
        }
        if (tool.isBuiltIn() && !channel.equals(Channel.ANALYSIS)) {
            findings.add(
                    index,
                    Code.BUILTIN_NOT_ON_ANALYSIS,
                    pointer,
                    "the built-in tool " + tool + " is called on the channel " + channel.name(),
                    "the models call it on analysis");
        } else if (!tool.isBuiltIn() && !channel.equals(Channel.COMMENTARY)) {
            findings.add(
                    index,
                    Code.CALL_NOT_ON_COMMENTARY,
                    pointer,
                    "the function " + tool + " is called on the channel " + channel.name(),
                    "functions are called on commentary");
        }
    }

    private String names() {
        return channels.validChannels().stream().map(Channel::name).collect(Collectors.joining(", "));
    }

    private static @Nullable Recipient callee(Message message) {
        return message.isToolCall() ? message.recipient() : null;
    }

    private void contentType(int index, Message message) {
        ContentType type = message.contentType();
        Recipient tool = callee(message);
        if (type == null) {
            if (tool != null && !tool.isBuiltIn()) {
                findings.add(
                        index,
                        Code.CONTENT_TYPE_MISSING,
                        Findings.message(index),
                        "the call has no content type",
                        "the models write <|constrain|>json");
            }
            return;
        }
        String pointer = Findings.field(index, "content_type");
        if (type.name().chars().anyMatch(Character::isWhitespace)) {
            findings.add(
                    index,
                    Code.CONTENT_TYPE_SPACE,
                    pointer,
                    "the content type \"" + type.text() + "\" has white space, and does not parse back",
                    "write " + type.text().replaceAll("\\s", ""));
        } else if (tool == null && AnalysisPolicy.isAnalysis(message)) {
            findings.add(
                    index,
                    Code.CONTENT_TYPE_ON_TEXT,
                    pointer,
                    "a thought has the content type \"" + type.text() + "\"",
                    "leave it out");
        } else if (!CONTENT_TYPES.contains(type.name())) {
            findings.add(
                    index,
                    Code.CONTENT_TYPE_UNKNOWN,
                    pointer,
                    "the models do not know the content type \"" + type.text() + "\"",
                    "write <|constrain|>json for arguments, code for python, and none for text");
        }
    }
}
