package io.harmony4j.renderer;

import io.harmony4j.Channel;
import io.harmony4j.ChannelConfig;
import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.ToolNamespace;
import io.harmony4j.renderer.Finding.Code;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Findings in system and developer messages: where they stand, and what they say besides tools. */
final class SystemLint {
    private SystemLint() {}

    static void check(Conversation conversation, Findings findings) {
        List<Message> messages = conversation.messages();
        int systems = 0;
        int developers = 0;
        for (int i = 0; i < messages.size(); i++) {
            Role role = messages.get(i).author().role();
            if (role == Role.SYSTEM) {
                place(i, systems++, findings);
                system(i, messages.get(i), findings);
            } else if (role == Role.DEVELOPER && developers++ > 0) {
                findings.add(
                        i,
                        Code.SEVERAL_DEVELOPER,
                        Findings.message(i),
                        "there is a developer message before this one",
                        "join them, unless instructions changed in the middle of the conversation");
            }
        }
        if (systems == 0) {
            findings.add(
                    Code.NO_SYSTEM,
                    "there is no system message",
                    "begin with one: identity, date, reasoning, channels");
        }
        commentary(messages, findings);
    }

    private static void place(int index, int before, Findings findings) {
        if (before > 0) {
            findings.add(
                    index,
                    Code.SEVERAL_SYSTEM,
                    Findings.message(index),
                    "there is a system message before this one",
                    "keep one, and say in a developer message what to do");
        } else if (index > 0) {
            findings.add(
                    index,
                    Code.SYSTEM_NOT_FIRST,
                    Findings.message(index),
                    "the system message is not the first",
                    "let the conversation begin with it");
        }
    }

    private static void system(int index, Message message, Findings findings) {
        boolean isText = message.content().stream().allMatch(Content.Text.class::isInstance);
        if (isText && !message.content().isEmpty()) {
            findings.add(
                    index,
                    Code.SYSTEM_AS_TEXT,
                    Findings.field(index, "content"),
                    "the system message is plain text",
                    "instructions go into a developer message; a system message has identity, date, reasoning and channels");
        }
        for (int k = 0; k < message.content().size(); k++) {
            if (message.content().get(k) instanceof Content.System system) {
                system(index, Findings.part(index, k), system, findings);
            }
        }
    }

    private static void system(int index, String pointer, Content.System system, Findings findings) {
        String date = system.conversationStartDate();
        if (date == null) {
            findings.add(
                    index,
                    Code.DATE_MISSING,
                    pointer,
                    "there is no date",
                    "say the conversation_start_date, as in 2026-01-31");
        } else if (!isDate(date)) {
            findings.add(
                    index,
                    Code.DATE_FORMAT,
                    pointer + "/conversation_start_date",
                    "the date is \"" + date + "\"",
                    "write it as in 2026-01-31");
        }
        String identity = system.modelIdentity();
        if (identity != null && !identity.equals(Content.System.DEFAULT.modelIdentity())) {
            findings.add(
                    index,
                    Code.IDENTITY_CHANGED,
                    pointer + "/model_identity",
                    "the identity is not the one that the models were trained with",
                    "keep \"" + Content.System.DEFAULT.modelIdentity()
                            + "\", and say in a developer message who the model is to be");
        }
    }

    private static boolean isDate(String text) {
        try {
            return LocalDate.parse(text).toString().equals(text);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static void commentary(List<Message> messages, Findings findings) {
        ChannelConfig said = saidChannels(messages);
        boolean hasCommentary = said != null && said.validChannels().contains(Channel.COMMENTARY);
        if (!hasCommentary && messages.stream().anyMatch(SystemLint::declaresFunctions)) {
            findings.add(
                    Code.FUNCTIONS_WITHOUT_COMMENTARY,
                    "functions are declared, and the system message does not have the channel commentary for their calls",
                    "let the system message have the channels analysis, commentary and final");
        }
    }

    private static boolean declaresFunctions(Message message) {
        return message.content().stream()
                .anyMatch(part -> part instanceof Content.Developer developer
                        && developer.tools() != null
                        && developer.tools().containsKey(ToolNamespace.FUNCTIONS)
                        && !developer
                                .tools()
                                .get(ToolNamespace.FUNCTIONS)
                                .tools()
                                .isEmpty());
    }

    /** Returns the channels that the conversation's system message says; the usual ones if it says none. */
    static ChannelConfig channels(Conversation conversation) {
        return Objects.requireNonNullElseGet(
                saidChannels(conversation.messages()), () -> new ChannelConfig(Channel.KNOWN, true));
    }

    private static @Nullable ChannelConfig saidChannels(List<Message> messages) {
        for (Message message : messages) {
            for (Content part : message.content()) {
                if (part instanceof Content.System system && system.channelConfig() != null) {
                    return system.channelConfig();
                }
            }
        }
        return null;
    }
}
