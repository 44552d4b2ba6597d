package io.harmony4j.mcp;

import io.harmony4j.Conversation;
import io.harmony4j.Role;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.ApiOptions;
import io.harmony4j.openai.ResponseStore;
import io.harmony4j.openai.Shape;
import io.harmony4j.openai.Source;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as the argument of a tool: Harmony's own JSON, or messages as chat clients have them.
 *
 * @param source what it says
 * @param ignored what the JSON has and Harmony has not, a sentence for each
 * @param policy which analysis is to be left out; null if that was not said
 */
record ConversationArgument(
        Source source, List<String> ignored, @Nullable AnalysisPolicy policy) {
    static final String CONVERSATION = "conversation";
    static final String MESSAGES = "messages";

    /** The arguments, as members of the properties of a schema. */
    static final String PROPERTIES = """
            "conversation": {"type": "object", "description": "A Harmony conversation, as in {\\"messages\\":[{\\"role\\":\\"user\\",\\"content\\":\\"Hi\\"}]}; messages may have name, channel, recipient and content_type."},
            "messages": {"type": "array", "items": {"type": "object"}, "description": "Instead of conversation: messages as in OpenAI's Chat Completions."},
            "tools": {"type": "array", "items": {"type": "object"}, "description": "With messages: functions as in Chat Completions."},
            "date": {"type": "string", "description": "With messages: the date in the prompt, YYYY-MM-DD. Default today."},
            "analysis_policy": {"type": "string", "enum": %s, "description": "Which messages on the channel analysis are left out. Default reference, and since-last-final with messages; in training none."}""".formatted(policies());

    /** Returns the words of the analysis policies, as a JSON list. */
    static JsonArray policies() {
        return JsonArray.ofTexts(Arrays.stream(AnalysisPolicy.values())
                .map(AnalysisPolicy::wireName)
                .toList());
    }

    /**
     * Reads the argument.
     *
     * @throws IllegalArgumentException if it is no conversation
     * @throws io.harmony4j.openai.ApiException if the messages are refused
     */
    static ConversationArgument of(ToolArguments arguments) {
        List<String> ignored = new ArrayList<>();
        Source source = arguments.oneOf(CONVERSATION, MESSAGES).equals(CONVERSATION)
                ? Source.of(conversation(arguments, ignored))
                : messages(arguments);
        AnalysisPolicy given = arguments
                .read("analysis_policy", value -> AnalysisPolicy.of(value.text()))
                .orElse(null);
        return new ConversationArgument(source, ignored, given);
    }

    private static Conversation conversation(ToolArguments arguments, List<String> ignored) {
        for (String other : List.of("tools", "date")) {
            if (arguments.has(other)) {
                throw new IllegalArgumentException(
                        other + ": expected messages with it but found conversation, whose own messages say that");
            }
        }
        return arguments
                .read(CONVERSATION, value -> Conversation.fromJson(arguments.json(CONVERSATION), ignored::add))
                .orElseThrow();
    }

    private static Source messages(ToolArguments arguments) {
        LocalDate date = arguments.read("date", value -> date(value.text())).orElse(null);
        JsonObject.Builder request = JsonObject.builder().put("model", "gpt-oss");
        arguments.read(MESSAGES, ConversationArgument::list).ifPresent(list -> request.put(MESSAGES, list));
        arguments.read("tools", ConversationArgument::list).ifPresent(list -> request.put("tools", list));
        String json = request.build().toString();
        if (Shape.of(json) == Shape.HARMONY) {
            throw new IllegalArgumentException(
                    "messages: expected messages of Chat Completions but found fields of Harmony's;"
                            + " give them as conversation, as in {\"messages\":[...]}");
        }
        ApiOptions options = ApiOptions.DEFAULT.withDate(date).withMaxLength(Integer.MAX_VALUE);
        return Source.read(json, Shape.CHAT_REQUEST, options, ResponseStore.NONE);
    }

    private static JsonValue list(JsonValue value) {
        if (value.isArray()) {
            return value;
        }
        throw value.unexpected("a list");
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("expected a date as in 2026-01-31 but found \"" + text + "\"", e);
        }
    }

    Conversation conversation() {
        return source.conversation();
    }

    /** Returns a renderer of prompts. */
    HarmonyRenderer renderer() {
        return renderer(source.policy(policy, AnalysisPolicy.REFERENCE));
    }

    /** Returns a renderer of training examples, which have the thoughts that a model is to learn. */
    HarmonyRenderer rendererForTraining() {
        return renderer(Objects.requireNonNullElse(policy, AnalysisPolicy.KEEP_ALL));
    }

    private static HarmonyRenderer renderer(AnalysisPolicy policy) {
        return new HarmonyRenderer(Tokenizer.o200kHarmony(), RenderOptions.DEFAULT.withAnalysisPolicy(policy));
    }

    int countForCompletion() {
        return renderer().countForCompletion(conversation(), Role.ASSISTANT);
    }
}
