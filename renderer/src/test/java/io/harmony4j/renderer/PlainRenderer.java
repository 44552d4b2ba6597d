package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Channel;
import io.harmony4j.ChannelConfig;
import io.harmony4j.Content;
import io.harmony4j.ContentType;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.ResponseFormat;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.ToolNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a rendering: special tokens and texts, one after the other, each text tokenised in one go and on its own.
 * Twin of {@link HarmonyRenderer}, which caches tokens.
 */
final class PlainRenderer {
    private PlainRenderer() {}

    /** Returns the tokens of a conversation, all of whose messages are kept. */
    static int[] render(Conversation conversation) {
        boolean functionTools = hasFunctionTools(conversation);
        return conversation.messages().stream()
                .flatMapToInt(message -> IntStream.of(render(message, functionTools)))
                .toArray();
    }

    /** Returns the tokens of one message. */
    static int[] render(Message message, boolean functionTools) {
        List<Object> fragments = new ArrayList<>();
        addHeader(message, fragments);
        for (Content part : message.content()) {
            fragments.add(text(part, functionTools));
        }
        boolean call = message.author().role() == Role.ASSISTANT && message.recipient() != null;
        fragments.add(call ? SpecialToken.CALL : SpecialToken.END);
        return Fragments.tokens(fragments.toArray());
    }

    /** Returns whether a developer message declares tools under the key of function tools. */
    static boolean hasFunctionTools(Conversation conversation) {
        return conversation.messages().stream()
                .flatMap(message -> message.content().stream())
                .anyMatch(part -> part instanceof Content.Developer developer
                        && developer.tools() != null
                        && developer.tools().containsKey(ToolNamespace.FUNCTIONS)
                        && !developer
                                .tools()
                                .get(ToolNamespace.FUNCTIONS)
                                .tools()
                                .isEmpty());
    }

    private static void addHeader(Message message, List<Object> fragments) {
        fragments.add(SpecialToken.START);
        Role role = message.author().role();
        String name = message.author().name();
        if (role == Role.TOOL) {
            fragments.add(requireNonNull(name));
        } else {
            fragments.add(role.wireName());
            if (name != null) {
                fragments.add(":" + name);
            }
        }
        Recipient recipient = message.recipient();
        if (recipient != null && !recipient.equals(Recipient.ALL)) {
            fragments.add(" to=" + recipient.name());
        }
        Channel channel = message.channel();
        if (channel != null) {
            fragments.add(SpecialToken.CHANNEL);
            fragments.add(channel.name());
        }
        ContentType type = message.contentType();
        if (type != null && type.constrained()) {
            fragments.add(" ");
            fragments.add(SpecialToken.CONSTRAIN);
            fragments.add(type.name());
        } else if (type != null) {
            fragments.add(" " + type.name());
        }
        fragments.add(SpecialToken.MESSAGE);
    }

    private static String text(Content part, boolean functionTools) {
        if (part instanceof Content.System system) {
            return sections(
                    joined(
                            "\n",
                            system.modelIdentity(),
                            after("Knowledge cutoff: ", system.knowledgeCutoff()),
                            after("Current date: ", system.conversationStartDate())),
                    system.reasoningEffort() == null
                            ? null
                            : "Reasoning: " + system.reasoningEffort().promptWord(),
                    tools(system.tools()),
                    channels(system.channelConfig(), functionTools));
        } else if (part instanceof Content.Developer developer) {
            return sections(
                    after("# Instructions\n\n", developer.instructions()),
                    tools(developer.tools()),
                    responseFormats(developer.responseFormats()));
        }
        return ((Content.Text) part).text();
    }

    private static @Nullable String tools(@Nullable Map<String, ToolNamespace> tools) {
        return tools == null || tools.isEmpty()
                ? null
                : "# Tools\n\n"
                        + tools.values().stream().map(NamespaceWriter::of).collect(Collectors.joining("\n\n"));
    }

    private static @Nullable String responseFormats(List<ResponseFormat> formats) {
        return formats.isEmpty()
                ? null
                : "# Response Formats"
                        + formats.stream().map(PlainRenderer::responseFormat).collect(Collectors.joining());
    }

    private static String responseFormat(ResponseFormat format) {
        String comments = format.description() == null || format.description().isEmpty()
                ? ""
                : ("// " + format.description().replaceFirst("\r?\n\\z", "").replaceAll("\r?\n", "\n// ") + "\n");
        return "\n\n## " + format.name() + "\n\n" + comments + format.schema();
    }

    private static @Nullable String channels(@Nullable ChannelConfig config, boolean functionTools) {
        if (config == null || config.validChannels().isEmpty()) {
            return null;
        }
        return "# Valid channels: "
                + config.validChannels().stream().map(Channel::name).collect(Collectors.joining(", "))
                + "."
                + (config.channelRequired() ? " Channel must be included for every message." : "")
                + (functionTools ? "\nCalls to these tools must go to the commentary channel: 'functions'." : "");
    }

    private static @Nullable String after(String label, @Nullable String text) {
        return text == null ? null : label + text;
    }

    private static String sections(@Nullable String... sections) {
        String text = joined("\n\n", sections);
        return text == null ? "" : text;
    }

    /** The parts that are there, joined; null if there are none. */
    private static @Nullable String joined(String separator, @Nullable String... parts) {
        List<String> present = Stream.of(parts).filter(Objects::nonNull).toList();
        return present.isEmpty() ? null : String.join(separator, present);
    }
}
