package io.harmony4j;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One part of a message: text, or what a system or developer message says. */
public sealed interface Content {

    /**
     * Returns what a developer message says: instructions (elsewhere called the system prompt) and function tools.
     *
     * @param instructions the instructions
     * @param tools the tools; none are declared if there are none
     */
    static Developer developer(String instructions, ToolDescription... tools) {
        requireNonNull(tools, "tools");
        Developer developer = Developer.EMPTY.withInstructions(requireNonNull(instructions, "instructions"));
        return tools.length == 0 ? developer : developer.withFunctions(tools);
    }

    /**
     * Text, allowed in every message. Text that looks like a special token stays text when rendered.
     *
     * @param text the text
     */
    record Text(String text) implements Content {
        public Text {
            text = WellFormed.text(text, "text");
        }
    }

    /**
     * What a system message says. Absent (null) parts are left out of the rendered message; empty ones are not absent.
     *
     * @param modelIdentity the first line
     * @param reasoningEffort how long to think
     * @param tools built-in tools by their key, in the order of the keys' UTF-8 bytes
     * @param conversationStartDate the current date, as in {@code 2025-06-28}; any text, since the JSON may have any
     * @param knowledgeCutoff the end of the training data, as in {@code 2024-06}
     * @param channelConfig the channels the model may use
     */
    record System(
            @Nullable String modelIdentity,
            @Nullable ReasoningEffort reasoningEffort,
            @Nullable Map<String, ToolNamespace> tools,
            @Nullable String conversationStartDate,
            @Nullable String knowledgeCutoff,
            @Nullable ChannelConfig channelConfig)
            implements Content {

        /** Nothing set; the content of a rendered system message is empty. */
        public static final System EMPTY = new System(null, null, null, null, null, null);

        /** What the models were trained with: their identity, knowledge cutoff, medium effort and the three channels. */
        public static final System DEFAULT = EMPTY.withModelIdentity(
                        "You are ChatGPT, a large language model trained by OpenAI.")
                .withReasoningEffort(ReasoningEffort.MEDIUM)
                .withKnowledgeCutoff("2024-06")
                .withChannelConfig(new ChannelConfig(Channel.KNOWN, true));

        public System {
            modelIdentity = WellFormed.optional(modelIdentity);
            tools = tools == null ? null : sorted(tools);
            conversationStartDate = WellFormed.optional(conversationStartDate);
            knowledgeCutoff = WellFormed.optional(knowledgeCutoff);
        }

        public System withModelIdentity(@Nullable String identity) {
            return new System(identity, reasoningEffort, tools, conversationStartDate, knowledgeCutoff, channelConfig);
        }

        public System withReasoningEffort(@Nullable ReasoningEffort effort) {
            return new System(modelIdentity, effort, tools, conversationStartDate, knowledgeCutoff, channelConfig);
        }

        /** Returns a copy with one more namespace, under its name; one of the same name is replaced. */
        public System withTools(ToolNamespace namespace) {
            return new System(
                    modelIdentity,
                    reasoningEffort,
                    with(tools, namespace),
                    conversationStartDate,
                    knowledgeCutoff,
                    channelConfig);
        }

        /** Returns a copy with another date, written as in {@code 2025-06-28}; the constructor takes any text. */
        public System withConversationStartDate(@Nullable LocalDate date) {
            String text = date == null ? null : date.toString();
            return new System(modelIdentity, reasoningEffort, tools, text, knowledgeCutoff, channelConfig);
        }

        public System withKnowledgeCutoff(@Nullable String cutoff) {
            return new System(modelIdentity, reasoningEffort, tools, conversationStartDate, cutoff, channelConfig);
        }

        public System withChannelConfig(@Nullable ChannelConfig config) {
            return new System(modelIdentity, reasoningEffort, tools, conversationStartDate, knowledgeCutoff, config);
        }
    }

    /**
     * What a developer message says. Absent (null) parts are left out of the rendered message; empty ones are not absent.
     *
     * @param instructions what is elsewhere called the system prompt
     * @param tools tools by their key, in the order of the keys' UTF-8 bytes; function tools are under {@code functions}
     * @param responseFormats what the answer's text is to look like; no section if there are none. openai/harmony does not have them
     */
    record Developer(
            @Nullable String instructions,
            @Nullable Map<String, ToolNamespace> tools,
            List<ResponseFormat> responseFormats)
            implements Content {

        /** Nothing set; the content of a rendered developer message is empty. */
        public static final Developer EMPTY = new Developer(null, null);

        public Developer {
            instructions = WellFormed.optional(instructions);
            tools = tools == null ? null : sorted(tools);
            responseFormats = WellFormed.copy(responseFormats, "responseFormats");
        }

        /** Creates content without response formats. */
        public Developer(@Nullable String instructions, @Nullable Map<String, ToolNamespace> tools) {
            this(instructions, tools, List.of());
        }

        public Developer withInstructions(@Nullable String text) {
            return new Developer(text, tools, responseFormats);
        }

        /** Returns a copy with one more namespace, under its name; one of the same name is replaced. */
        public Developer withTools(ToolNamespace namespace) {
            return new Developer(instructions, with(tools, namespace), responseFormats);
        }

        /** Returns a copy with the given function tools in place of any that were there. */
        public Developer withFunctions(ToolDescription... functions) {
            return withTools(ToolNamespace.functions(requireNonNull(functions, "functions")));
        }

        /** Returns a copy with the given response formats in place of any that were there. */
        public Developer withResponseFormats(ResponseFormat... formats) {
            return new Developer(instructions, tools, Arrays.asList(requireNonNull(formats, "formats")));
        }
    }

    private static Map<String, ToolNamespace> with(
            @Nullable Map<String, ToolNamespace> tools, ToolNamespace namespace) {
        SortedMap<String, ToolNamespace> copy = new TreeMap<>(CodePointOrder.INSTANCE);
        if (tools != null) {
            copy.putAll(tools);
        }
        copy.put(requireNonNull(namespace, "namespace").name(), namespace);
        return copy;
    }

    private static Map<String, ToolNamespace> sorted(Map<String, ToolNamespace> tools) {
        SortedMap<String, ToolNamespace> copy = new TreeMap<>(CodePointOrder.INSTANCE);
        tools.forEach((key, namespace) ->
                copy.put(WellFormed.text(key, "key of tools"), requireNonNull(namespace, "namespace of tools")));
        return Collections.unmodifiableSortedMap(copy);
    }
}
