package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.ReasoningEffort;
import io.harmony4j.ToolChoice;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue.Kind;
import io.harmony4j.openai.ApiOptions.ReasoningFields;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request of Chat Completions that has been read. Immutable. */
public final class ChatRequest extends ApiRequest {
    static final String MESSAGES = "messages";

    /** Texts that have no meaning here. */
    private static final List<String> IGNORED_TEXTS = List.of(
            "user", "safety_identifier", "service_tier", "prompt_cache_key", "prompt_cache_retention", "verbosity");

    /** Objects that have no meaning here. */
    private static final List<String> IGNORED_OBJECTS = List.of("metadata", "prediction", "web_search_options");

    private final boolean includesUsage;
    private final ReasoningFields reasoningFields;

    private ChatRequest(Parts parts, boolean includesUsage, ReasoningFields reasoningFields) {
        super(parts);
        this.includesUsage = includesUsage;
        this.reasoningFields = reasoningFields;
    }

    /** Reads a request; what is wrong first, in the order of the fields below, is refused. */
    static ChatRequest read(String json, ApiOptions options) {
        Field request = body(json, options);
        DeclaredTools tools = DeclaredTools.ofChat(request);
        PromptMessages messages = new PromptMessages();
        ChatMessages reader = new ChatMessages(tools, messages);
        request.get(MESSAGES).someElements().forEach(reader::add);
        tools.requireValid();
        ToolChoice choice = ToolChoiceReader.ofChat(request, tools);
        boolean isParallel = request.get("parallel_tool_calls").flag(true);
        OutputFormat format = OutputFormat.ofChat(request.get("response_format"));
        ReasoningEffort effort = effort(request);
        Decoding decoding = Decoding.ofChat(request);
        boolean isStream = request.get("stream").flag(false);
        boolean includesUsage = includesUsage(request.get("stream_options"), isStream);
        IGNORED_TEXTS.forEach(name -> request.get(name).optional(Kind.STRING));
        IGNORED_OBJECTS.forEach(name -> request.get(name).optional(Kind.OBJECT));
        request.get("store").optional(Kind.BOOLEAN);
        refuseAudio(request);
        return new ChatRequest(
                new Parts(
                        options,
                        model(request.get("model"), options),
                        conversation(messages, effort, options.date(), tools, choice, format),
                        options.analysisPolicy(),
                        tools,
                        choice,
                        ToolChoiceReader.isForbidden(request),
                        isParallel,
                        format,
                        decoding,
                        isStream),
                includesUsage,
                isReasoningExcluded(request) ? ReasoningFields.NONE : options.reasoningFields());
    }

    private static ReasoningEffort effort(Field request) {
        Field effort = request.get("reasoning_effort");
        Field reasoning = request.get("reasoning");
        return Effort.of(
                effort.isAbsent() && !reasoning.isAbsent() ? reasoning.object().get("effort") : effort);
    }

    private static boolean isReasoningExcluded(Field request) {
        return request.get("reasoning").get("exclude").flag(false)
                || !request.get("include_reasoning").flag(true);
    }

    /** Reads whether a stream is to end with its usage. */
    static boolean includesUsage(Field streamOptions, boolean isStream) {
        if (streamOptions.isAbsent()) {
            return false;
        }
        if (!isStream) {
            throw streamOptions.invalid(
                    null, "Invalid '" + streamOptions.path() + "': it is only allowed where 'stream' is true.");
        }
        return streamOptions.object().get("include_usage").flag(false);
    }

    private static void refuseAudio(Field request) {
        Field modalities = request.get("modalities");
        for (Field modality : modalities.optionalElements()) {
            if (!modality.text().equals("text")) {
                throw modalities.invalid(
                        "unsupported_value",
                        "Unsupported value: '" + modality.text() + "'. The model writes text only; expected ['text'].");
            }
        }
        Field audio = request.get("audio");
        if (!audio.isAbsent()) {
            throw audio.invalid("unsupported_parameter", "Unsupported parameter: 'audio'. The model writes text only.");
        }
    }

    /** Returns the answer, which is still to come and is wanted whole. */
    public ChatAnswer answer(Tokenizer tokenizer) {
        return newAnswer(tokenizer, null);
    }

    /**
     * Returns the answer, which is still to come.
     *
     * @param chunks is told each chunk as it comes
     */
    public ChatAnswer answer(Tokenizer tokenizer, Consumer<JsonObject> chunks) {
        return newAnswer(tokenizer, requireNonNull(chunks, "chunks"));
    }

    private ChatAnswer newAnswer(Tokenizer tokenizer, @Nullable Consumer<JsonObject> chunks) {
        ChatEnvelope envelope = new ChatEnvelope(
                parts().options().ids(),
                created(),
                model(),
                null,
                choices(),
                includesUsage,
                reasoningFields.names(),
                hasLegacyFunctions());
        return new ChatAnswer(requireNonNull(tokenizer, "tokenizer"), envelope, rules(), chunks);
    }

    @Override
    String inputField() {
        return MESSAGES;
    }

    @Override
    String answerField() {
        return "response_format";
    }

    /** Returns how many answers are wanted, 1 to 128. */
    public int choices() {
        return decoding().choices();
    }

    /** Returns whether a stream is to end with a chunk that has the usage. */
    public boolean includesUsage() {
        return includesUsage;
    }

    /** Returns under which names the answer has the reasoning. */
    public ReasoningFields reasoningFields() {
        return reasoningFields;
    }

    /** Returns whether the request declares {@code functions}, as clients did before there were {@code tools}. */
    public boolean hasLegacyFunctions() {
        return parts().tools().isLegacy();
    }
}
