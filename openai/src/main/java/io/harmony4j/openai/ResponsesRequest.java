package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Message;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.Role;
import io.harmony4j.ToolChoice;
import io.harmony4j.chat.TokenHistory;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue.Kind;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request of Responses that has been read. Immutable. */
public final class ResponsesRequest extends ApiRequest {
    static final String INPUT = "input";
    private static final String PREVIOUS = "previous_response_id";

    /** Texts that have no meaning here, but are repeated in the response. */
    private static final List<String> IGNORED_TEXTS =
            List.of("user", "safety_identifier", "service_tier", "prompt_cache_key", "prompt_cache_retention");

    private final PromptMessages said;
    private final JsonObject echo;
    private final List<JsonObject> history;
    private final List<JsonObject> input;
    private final LocalDate date;
    private final boolean isStored;
    private final boolean isBackground;
    private final boolean isTruncated;
    private final Set<String> included;

    private ResponsesRequest(
            Parts parts,
            PromptMessages said,
            JsonObject echo,
            List<JsonObject> history,
            List<JsonObject> input,
            LocalDate date,
            boolean isStored,
            boolean isBackground,
            boolean isTruncated,
            Set<String> included) {
        super(parts);
        this.said = said;
        this.echo = echo;
        this.history = history;
        this.input = input;
        this.date = date;
        this.isStored = isStored;
        this.isBackground = isBackground;
        this.isTruncated = isTruncated;
        this.included = included;
    }

    /** Reads a request; what is wrong first, in the order of the fields below, is refused. */
    static ResponsesRequest read(String json, ApiOptions options, ResponseStore store) {
        Field request = body(json, options);
        refuse(request.get("prompt"));
        Optional<StoredResponse> previous = previous(request, store);
        DeclaredTools tools = DeclaredTools.ofResponses(request, options.builtInTools());
        List<Field> items = items(request, previous.isPresent(), store);
        PromptMessages messages = new PromptMessages();
        Field instructions = request.get("instructions");
        messages.instruct(instructions.text(""));
        List<Field> all = new ArrayList<>();
        if (previous.isPresent()) {
            messages.begin();
            previous.get().items().forEach(item -> all.add(Field.of(item, PREVIOUS)));
        }
        all.addAll(items);
        new ResponseItems(tools, messages).addAll(all);
        tools.requireValid();
        OutputFormat format =
                OutputFormat.ofResponses(object(request.get("text")).get("format"));
        Field reasoning = object(request.get("reasoning"));
        ReasoningEffort effort = Effort.of(reasoning.get("effort"));
        AnalysisPolicy policy = policy(reasoning.get("context"), options.analysisPolicy());
        ToolChoice choice = ToolChoiceReader.ofResponses(request, tools);
        Decoding decoding = Decoding.ofResponses(request, includesLogProbabilities(request.get("include")));
        boolean isParallel = request.get("parallel_tool_calls").flag(true);
        Set<String> included = included(request.get("include"));
        boolean isTruncated = isTruncated(request.get("truncation"));
        boolean wantsStore = request.get("store").flag(true);
        boolean isBackground = isBackground(request, wantsStore);
        boolean isStored = wantsStore && store != ResponseStore.NONE;
        boolean isStream = request.get("stream").flag(false);
        IGNORED_TEXTS.forEach(name -> request.get(name).optional(Kind.STRING));
        request.get("metadata").optional(Kind.OBJECT);
        request.get("max_tool_calls").integer(0, Long.MAX_VALUE);
        String model = model(request.get("model"), options);
        LocalDate date = previous.map(StoredResponse::date).orElse(options.date());
        return new ResponsesRequest(
                new Parts(
                        options,
                        model,
                        conversation(messages, effort, date, tools, choice, format),
                        policy,
                        tools,
                        choice,
                        ToolChoiceReader.isForbidden(request),
                        isParallel,
                        format,
                        decoding,
                        isStream),
                messages,
                new ResponseEcho(request, model, decoding, effort, isStored).fields(),
                previous.map(StoredResponse::items).orElse(List.of()),
                withIds(items, options),
                date,
                isStored,
                isBackground,
                isTruncated,
                included);
    }

    private static void refuse(Field unsupported) {
        if (!unsupported.isAbsent()) {
            throw unsupported.invalid("unsupported_parameter", "Unsupported parameter: '" + unsupported.path() + "'.");
        }
    }

    private static Optional<StoredResponse> previous(Field request, ResponseStore store) {
        Field field = request.get(PREVIOUS);
        refuse(request.get("conversation"));
        if (field.isAbsent()) {
            return Optional.empty();
        }
        String id = field.text();
        StoredResponse previous = store.get(id)
                .orElseThrow(() -> field.invalid(
                        "previous_response_not_found", "Previous response with id '" + id + "' not found."));
        if (!previous.isFinished()) {
            throw field.invalid(null, "Previous response with id '" + id + "' is not finished yet.");
        }
        return Optional.of(previous);
    }

    /** Returns the items of the input, those that are referred to in the place of references. */
    private static List<Field> items(Field request, boolean hasPrevious, ResponseStore store) {
        Field input = request.get(INPUT);
        if (input.isAbsent()) {
            if (hasPrevious) {
                return List.of();
            }
            throw input.missing();
        }
        if (input.isString()) {
            return List.of(Field.of(ResponsesWriter.message(Role.USER, input.text()), INPUT));
        }
        if (!input.isArray()) {
            throw input.wrongType("a string or an array");
        }
        List<Field> items = new ArrayList<>();
        for (Field item : hasPrevious ? input.elements() : input.someElements()) {
            items.add(isReference(item.object()) ? referred(item, store) : withoutTokens(item));
        }
        return items;
    }

    /** Returns an item that a client sends: only what was sampled here counts as that. */
    private static Field withoutTokens(Field item) {
        JsonObject sent = (JsonObject) item.object().value();
        return sent.has(TokenHistory.SAMPLED_TOKENS)
                ? Field.of(sent.without(TokenHistory.SAMPLED_TOKENS), item.path())
                : item;
    }

    private static boolean isReference(Field item) {
        return item.get("type").isAbsent()
                ? item.get("role").isAbsent() && !item.get("id").isAbsent()
                : "item_reference".equals(item.get("type").value().textOrNull());
    }

    private static Field referred(Field reference, ResponseStore store) {
        String id = reference.get("id").text();
        JsonObject item = store.item(id)
                .orElseThrow(() -> new ApiException(400, INPUT, null, "Item with id '" + id + "' not found."));
        return Field.of(item, reference.path());
    }

    private static Field object(Field optional) {
        return optional.isAbsent() ? optional : optional.object();
    }

    private static AnalysisPolicy policy(Field context, AnalysisPolicy standard) {
        return switch (context.text("auto")) {
            case "auto" -> standard;
            case "current_turn" -> AnalysisPolicy.CURRENT_TURN;
            case "all_turns" -> AnalysisPolicy.KEEP_ALL;
            default -> throw context.wrongValue(List.of("auto", "current_turn", "all_turns"));
        };
    }

    private static boolean includesLogProbabilities(Field include) {
        return include.value().elements().stream()
                .anyMatch(element -> "message.output_text.logprobs".equals(element.textOrNull()));
    }

    private static Set<String> included(Field include) {
        Set<String> included = new HashSet<>();
        include.optionalElements().forEach(element -> included.add(element.text()));
        return included;
    }

    private static boolean isTruncated(Field truncation) {
        return switch (truncation.text("disabled")) {
            case "auto" -> true;
            case "disabled" -> false;
            default -> throw truncation.wrongValue(List.of("auto", "disabled"));
        };
    }

    private static boolean isBackground(Field request, boolean isStored) {
        Field background = request.get("background");
        boolean isBackground = background.flag(false);
        if (isBackground && !isStored) {
            throw background.invalid(null, "Invalid 'background': it needs 'store' to be true.");
        }
        return isBackground;
    }

    private static List<JsonObject> withIds(List<Field> items, ApiOptions options) {
        List<JsonObject> withIds = new ArrayList<>();
        for (Field item : items) {
            JsonObject object = (JsonObject) item.value();
            String id = options.ids().next(Ids.prefix(ResponseItems.type(item)));
            withIds.add(
                    item.get("id").isAbsent() ? object.toBuilder().put("id", id).build() : object);
        }
        return withIds;
    }

    /** Returns the response, which is still to come and is wanted whole. */
    public ResponseAnswer answer(Tokenizer tokenizer) {
        return newAnswer(tokenizer, null);
    }

    /**
     * Returns the response, which is still to come.
     *
     * @param events is told each event as it comes
     */
    public ResponseAnswer answer(Tokenizer tokenizer, Consumer<JsonObject> events) {
        return newAnswer(tokenizer, requireNonNull(events, "events"));
    }

    private ResponseAnswer newAnswer(Tokenizer tokenizer, @Nullable Consumer<JsonObject> events) {
        ApiOptions options = parts().options();
        boolean hasEncrypted = included.contains("reasoning.encrypted_content");
        ResponseEnvelope envelope = new ResponseEnvelope(options.ids(), created(), options.clock(), echo, hasEncrypted);
        return new ResponseAnswer(requireNonNull(tokenizer, "tokenizer"), envelope, rules(), events);
    }

    /**
     * Returns the tokens of the prompt. What a model said in the responses before it has the tokens that were generated, where they are
     * kept.
     */
    @Override
    public int[] prompt(HarmonyRenderer renderer, int contextTokens) {
        return said.hasSampled()
                ? prompt(history(renderer), renderer, contextTokens)
                : super.prompt(renderer, contextTokens);
    }

    @Override
    public int countPrompt(HarmonyRenderer renderer) {
        return said.hasSampled() ? history(renderer).prompt().length : super.countPrompt(renderer);
    }

    /**
     * Returns the tokens of the prompt of the answer's turn: after calls of hosted tools, it has what was generated, token by token, and what
     * the tools answered. The prompt of a later request goes on from there.
     *
     * @param renderer as for {@link #prompt(HarmonyRenderer, int)}, and the same for each turn
     * @param contextTokens how many tokens prompt and answer can have together
     * @throws ApiException if there is no room for an answer, with the code {@code context_length_exceeded}
     */
    public int[] prompt(ResponseAnswer answer, HarmonyRenderer renderer, int contextTokens) {
        return prompt(answer.history(() -> history(renderer), this::withItems), renderer, contextTokens);
    }

    private int[] prompt(TokenHistory history, HarmonyRenderer renderer, int contextTokens) {
        int[] prompt = history.prompt();
        return prompt.length < contextTokens
                ? prompt
                : prompt(analysisPolicy().apply(history.conversation()), renderer, contextTokens);
    }

    private TokenHistory history(HarmonyRenderer renderer) {
        List<Message> whole = wholeConversation().messages();
        List<Message> beginning = whole.subList(0, whole.size() - said.said().size());
        return said.addTo(
                TokenHistory.of(renderer).withAnalysisPolicy(analysisPolicy()).with(beginning));
    }

    private TokenHistory withItems(TokenHistory before, List<JsonObject> output) {
        PromptMessages more = new PromptMessages();
        List<Field> items = output.stream().map(item -> Field.of(item, INPUT)).toList();
        new ResponseItems(parts().tools(), more).addAll(items);
        return more.addTo(before);
    }

    /** Returns the options of the generation of the answer's turn, which has what is left of the limit of tokens. */
    public GenerationOptions generationOptions(ResponseAnswer answer) {
        return generationOptions(0, Math.max(1, answer.tokensLeft()));
    }

    @Override
    String inputField() {
        return INPUT;
    }

    @Override
    String answerField() {
        return "text.format.schema";
    }

    /** A turn begins with a message of the user. */
    @Override
    boolean mayBegin(Message message) {
        return isTruncated && message.author().role() == Role.USER;
    }

    /** Returns the items of this request, each with an id. */
    public List<JsonObject> input() {
        return input;
    }

    /** Returns whether the response is to be kept. */
    public boolean isStored() {
        return isStored;
    }

    /** Returns whether the response is to be made while nobody waits for it. */
    public boolean isBackground() {
        return isBackground;
    }

    /** Returns whether the oldest turns may be left out of a prompt that is too long. */
    public boolean isTruncated() {
        return isTruncated;
    }

    /** Returns the indices of the tools that the server does not have, which are not in the prompt. */
    public List<Integer> ignoredTools() {
        return parts().tools().ignored();
    }

    /**
     * Returns the response with all that a later request needs.
     *
     * @param response the response, with the tokens of its items
     */
    StoredResponse stored(JsonObject response) {
        return new StoredResponse(response, history, input, date);
    }
}
