package io.harmony4j.springai;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.Recipient;
import io.harmony4j.ResponseFormat;
import io.harmony4j.ToolDescription;
import io.harmony4j.chat.ChatTranscript;
import io.harmony4j.chat.ToolCall;
import io.harmony4j.chat.TurnOptions;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.MediaContent;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/** What Spring AI's messages and options are in Harmony. */
final class PromptReader {
    private static final String ANSWER_FORMAT = "answer";

    private PromptReader() {}

    /**
     * Returns the conversation of a prompt.
     *
     * @param date the date that the system message says
     * @throws IllegalArgumentException if there is something in it that the model cannot read
     */
    static Conversation conversation(List<Message> messages, HarmonyChatOptions options, LocalDate date) {
        ReasoningEffort effort = options.getReasoningEffort();
        Content.System system = Content.System.DEFAULT.withConversationStartDate(date);
        ChatTranscript transcript = new ChatTranscript()
                .system(effort == null ? system : system.withReasoningEffort(effort))
                .tools(tools(options));
        if (options.getOutputSchema() != null) {
            transcript.responseFormat(ResponseFormat.of(ANSWER_FORMAT, null, options.getOutputSchema()));
        }
        messages.forEach(message -> add(message, transcript));
        return transcript.conversation();
    }

    /** Adds what a message says. */
    static void add(Message message, ChatTranscript transcript) {
        if (message instanceof MediaContent content) {
            requireTextAlone(content);
        }
        String text = Objects.requireNonNullElse(message.getText(), "");
        if (message instanceof SystemMessage) {
            transcript.instructions(text);
        } else if (message instanceof UserMessage) {
            transcript.user(text);
        } else if (message instanceof AssistantMessage assistant) {
            transcript.assistant(reasoning(assistant), text, calls(assistant));
        } else if (message instanceof ToolResponseMessage results) {
            results.getResponses()
                    .forEach(result -> transcript.toolResult(
                            orEmpty(result.id()),
                            Recipient.function(orEmpty(result.name())),
                            orEmpty(result.responseData())));
        } else {
            throw new IllegalArgumentException(
                    "expected a message of the system, a user, the assistant or a tool but found "
                            + message.getClass().getName());
        }
    }

    private static void requireTextAlone(MediaContent content) {
        if (!content.getMedia().isEmpty()) {
            throw new IllegalArgumentException(
                    "expected text alone, which is all that gpt-oss reads, but found media of the type "
                            + content.getMedia().get(0).getMimeType() + " beside the text \"" + content.getText()
                            + "\"");
        }
    }

    /** Returns the chain of thought of an answer of this model's, or what another model called so. */
    private static String reasoning(AssistantMessage message) {
        for (String key : List.of(HarmonySpringChatModel.ANALYSIS, HarmonySpringChatModel.REASONING_CONTENT)) {
            if (message.getMetadata().get(key) instanceof String text) {
                return text;
            }
        }
        return "";
    }

    private static List<ToolCall> calls(AssistantMessage message) {
        return message.getToolCalls().stream().map(PromptReader::call).toList();
    }

    private static ToolCall call(AssistantMessage.ToolCall call) {
        ToolCall read =
                new ToolCall(orEmpty(call.id()), Recipient.function(orEmpty(call.name())), orEmpty(call.arguments()));
        return new ToolCall(read.id(), read.recipient(), read.argumentsOrNone());
    }

    /** Returns a part of a message that Spring AI takes for always there and does not check. */
    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static List<ToolDescription> tools(HarmonyChatOptions options) {
        return callbacks(options).stream()
                .map(ToolCallback::getToolDefinition)
                .map(tool -> ToolDescription.of(tool.name(), tool.description(), tool.inputSchema()))
                .toList();
    }

    /** Returns the tools that the model is told of. */
    private static List<ToolCallback> callbacks(HarmonyChatOptions options) {
        List<ToolCallback> callbacks = options.getToolCallbacks();
        return callbacks == null || choice(options).kind() == ToolChoice.Kind.NONE ? List.of() : callbacks;
    }

    private static ToolChoice choice(HarmonyChatOptions options) {
        return Objects.requireNonNullElse(options.getToolChoice(), ToolChoice.AUTO);
    }

    /**
     * Returns how the model is to answer.
     *
     * @throws IllegalArgumentException if an option cannot be, or there is no such thing
     */
    static TurnOptions turn(HarmonyChatOptions options) {
        requireNone(options.getFrequencyPenalty(), "frequency penalty");
        requireNone(options.getPresencePenalty(), "presence penalty");
        GenerationOptions generation = GenerationOptions.DEFAULT.withSampling(sampling(options));
        if (options.getMaxTokens() != null) {
            generation = generation.withMaxTokens(options.getMaxTokens());
        }
        return TurnOptions.DEFAULT
                .withGeneration(generation)
                .withStopStrings(Objects.requireNonNullElse(options.getStopSequences(), List.of()))
                .withRequiredTools(required(options));
    }

    private static void requireNone(@Nullable Double penalty, String name) {
        if (penalty != null && penalty != 0) {
            throw new IllegalArgumentException("expected no " + name + ", which there is not with gpt-oss, but found "
                    + penalty + "; leave it out");
        }
    }

    private static Sampling sampling(HarmonyChatOptions options) {
        Sampling sampling = Sampling.DEFAULT.withSeed(Objects.requireNonNullElseGet(
                options.getSeed(), () -> ThreadLocalRandom.current().nextLong()));
        if (options.getTemperature() != null) {
            sampling = sampling.withTemperature(options.getTemperature());
        }
        if (options.getTopP() != null) {
            sampling = sampling.withTopP(options.getTopP());
        }
        return options.getTopK() == null ? sampling : sampling.withTopK(options.getTopK());
    }

    private static List<Recipient> required(HarmonyChatOptions options) {
        ToolChoice choice = choice(options);
        if (choice.kind() == ToolChoice.Kind.AUTO || choice.kind() == ToolChoice.Kind.NONE) {
            return List.of();
        }
        List<String> names = callbacks(options).stream()
                .map(ToolCallback::getToolDefinition)
                .map(ToolDefinition::name)
                .toList();
        List<String> chosen = choice.tool() == null ? names : List.of(choice.tool());
        if (chosen.isEmpty() || !names.containsAll(chosen)) {
            throw new IllegalArgumentException(
                    "expected " + (choice.tool() == null ? "tools" : "the tool \"" + choice.tool() + "\"")
                            + ", of which the tool choice demands a call, but found " + names);
        }
        return chosen.stream().map(Recipient::function).toList();
    }
}
