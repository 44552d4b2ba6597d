package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.ToolChoice;
import io.harmony4j.ToolNamespace;
import io.harmony4j.chat.ForcedCalls;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.grammar.GrammarOptions;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A request that has been read: the conversation that the model is to continue, how, and what the answer needs to know of it. Immutable.
 */
public abstract sealed class ApiRequest permits ChatRequest, ResponsesRequest {
    /** The name of the model where requests may name any. */
    static final String ANY_MODEL = "gpt-oss";

    private final Parts parts;
    private final long created;

    /** Where random numbers begin if the request has no seed. */
    private final long fallbackSeed;

    ApiRequest(Parts parts) {
        this.parts = parts;
        this.created = parts.options().now().getEpochSecond();
        this.fallbackSeed = parts.options().ids().next("").hashCode();
    }

    /**
     * What requests of both APIs say.
     *
     * @param conversation all that was said
     * @param policy what of it is left out of the prompt
     * @param tools the tools that the request declares
     * @param callsAreContent whether a call is read as content, because the request says that none may be made
     * @param format what the text of the answer must be; null for any
     */
    record Parts(
            ApiOptions options,
            String model,
            Conversation conversation,
            AnalysisPolicy policy,
            DeclaredTools tools,
            ToolChoice toolChoice,
            boolean callsAreContent,
            boolean parallelToolCalls,
            @Nullable OutputFormat format,
            Decoding decoding,
            boolean isStream) {}

    /** Reads the body of a request: one JSON object. */
    static Field body(String json, ApiOptions options) {
        if (json.length() > options.maxLength()) {
            throw new ApiException(
                    413,
                    null,
                    "request_too_large",
                    "Expected a request of at most " + options.maxLength() + " characters, but got " + json.length()
                            + ".");
        }
        JsonValue body;
        try {
            body = Json.parseAny(json);
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, null, null, "The body is not JSON: " + e.getMessage());
        }
        if (body instanceof JsonObject object) {
            return Field.root(object);
        }
        String message = body.unexpected("a JSON object as the body").getMessage();
        throw new ApiException(400, null, null, String.valueOf(message));
    }

    /** Reads the model's name. */
    static String model(Field field, ApiOptions options) {
        List<String> models = options.models();
        String name = field.text(models.isEmpty() ? ANY_MODEL : models.get(0));
        if (!models.isEmpty() && !models.contains(name)) {
            throw unknownModel(null, name, models);
        }
        return name;
    }

    static ApiException unknownModel(@Nullable String param, String name, List<String> models) {
        return new ApiException(
                404,
                param,
                "model_not_found",
                "The model '" + name + "' does not exist here. There are: " + String.join(", ", models) + ".");
    }

    /** Returns the conversation of a request: tools are left out where none may be called. */
    static Conversation conversation(
            PromptMessages messages,
            ReasoningEffort effort,
            LocalDate date,
            DeclaredTools tools,
            ToolChoice choice,
            @Nullable OutputFormat format) {
        boolean hasTools = choice.mode() != ToolChoice.Mode.NONE;
        Content.System system =
                Content.System.DEFAULT.withReasoningEffort(effort).withConversationStartDate(date);
        if (hasTools) {
            for (ToolNamespace namespace : tools.builtIn()) {
                system = system.withTools(namespace);
            }
        }
        List<ToolNamespace> declared = hasTools ? tools.declared() : List.of();
        return messages.build(system, declared, format == null ? null : format.format());
    }

    Parts parts() {
        return parts;
    }

    /** Returns when the request was read, in seconds since 1970. */
    long created() {
        return created;
    }

    /** Returns what the request says about the model's turn. */
    AnswerRules rules() {
        return new AnswerRules(
                parts.callsAreContent(),
                !parts.parallelToolCalls(),
                parts.decoding().logProbabilities().isPresent(),
                parts.decoding().stop(),
                Set.copyOf(tools()),
                parts.tools().customTools(),
                parts.tools().namespaceNames(),
                Set.copyOf(hostedTools()));
    }

    /** Returns the model's name, as the answer has it. */
    public String model() {
        return parts.model();
    }

    /**
     * Returns the conversation that the model is to continue, without the chains of thought that the policy leaves out. It is to be
     * rendered with {@link AnalysisPolicy#KEEP_ALL}, as {@link #prompt} does.
     */
    public Conversation conversation() {
        return parts.policy().apply(parts.conversation());
    }

    /** Returns all that the request says, also what the policy leaves out. */
    public Conversation wholeConversation() {
        return parts.conversation();
    }

    /** Returns which chains of thought the prompt leaves out. */
    public AnalysisPolicy analysisPolicy() {
        return parts.policy();
    }

    /** Returns the tools that the model may call. */
    public Collection<Recipient> tools() {
        boolean hasNone = parts.toolChoice().mode() == ToolChoice.Mode.NONE;
        return hasNone ? List.of() : parts.tools().recipients();
    }

    /** Returns those of the tools that the server runs itself. */
    private List<Recipient> hostedTools() {
        boolean hasNone = parts.toolChoice().mode() == ToolChoice.Mode.NONE;
        return hasNone
                ? List.of()
                : parts.tools().builtIn().stream()
                        .flatMap(namespace -> namespace.recipients().stream())
                        .toList();
    }

    /** Returns which tools the model may call in this turn, and whether it must. */
    public ToolChoice toolChoice() {
        return parts.toolChoice();
    }

    /** Returns whether the model may call several tools in one turn. */
    public boolean parallelToolCalls() {
        return parts.parallelToolCalls();
    }

    /** Returns what the text of the answer must be; empty for any text. */
    public Optional<OutputConstraint> constraint() {
        return Optional.ofNullable(parts.format()).map(OutputFormat::constraint);
    }

    /**
     * Returns what the model may write in its turn, whether or not that leaves out anything that it would be free to write otherwise; see
     * {@link RequestGrammars}. Schemas that cannot be enforced are refused only when a grammar is made of it.
     */
    public GrammarOptions grammarOptions() {
        GrammarOptions options = BoundTurn.of(this).options();
        OptionalInt maxTokens = decoding().maxTokens();
        return maxTokens.isPresent()
                ? options.withMaxAnalysisTokens(BoundTurn.maxThoughtTokens(maxTokens.getAsInt()))
                : options;
    }

    /** Returns how tokens are to be drawn, and how many. */
    public Decoding decoding() {
        return parts.decoding();
    }

    /** Returns whether the answer is to come in pieces. */
    public boolean isStream() {
        return parts.isStream();
    }

    /**
     * Returns the options of the generation of a choice, which ends at the format's stop tokens.
     *
     * @param choice its number, from 0
     */
    public GenerationOptions generationOptions(int choice) {
        return parts.decoding().generationOptions(fallbackSeed, choice);
    }

    /**
     * Returns the options of the generation of a choice, which ends at the end of the context at the latest, for runtimes that refuse a
     * limit beyond it.
     *
     * @param choice its number, from 0
     * @param room how many tokens the context has room for after the prompt, at least 1
     */
    public GenerationOptions generationOptions(int choice, int room) {
        GenerationOptions wanted = generationOptions(choice);
        return wanted.withMaxTokens(Math.min(wanted.maxTokens(), room));
    }

    /**
     * Returns a generator whose turns call a tool if the request says that one must be called, and one of the tools that it names;
     * the generator itself if it does not say so. Where the request limits the tokens, thoughts leave room for the call. It is for runtimes that
     * take no grammar; with one, see {@link RequestGrammars}.
     *
     * @param tokenizer the tokenizer of the prompt
     * @see ForcedCalls
     */
    public TokenGenerator forced(TokenGenerator generator, Tokenizer tokenizer) {
        requireNonNull(generator, "generator");
        ToolChoice choice = parts.toolChoice();
        if (!choice.mustCall()) {
            return generator;
        }
        ForcedCalls calls = new ForcedCalls(generator, tokenizer, choice.tools().isEmpty() ? tools() : choice.tools());
        OptionalInt maxTokens = decoding().maxTokens();
        return maxTokens.isPresent()
                ? calls.withMaxThoughtTokens(BoundTurn.maxThoughtTokens(maxTokens.getAsInt()))
                : calls;
    }

    /**
     * Returns the tokens of the prompt.
     *
     * @param renderer a renderer with {@link AnalysisPolicy#KEEP_ALL}, since what is to be left out is left out already
     * @param contextTokens how many tokens prompt and answer can have together
     * @throws ApiException if there is no room for an answer, with the code {@code context_length_exceeded}
     */
    public int[] prompt(HarmonyRenderer renderer, int contextTokens) {
        return prompt(conversation(), renderer, contextTokens);
    }

    /** Returns the tokens of the prompt of a conversation that goes on from that of the request. */
    int[] prompt(Conversation whole, HarmonyRenderer renderer, int contextTokens) {
        int[] prompt = renderer.renderForCompletion(whole, Role.ASSISTANT);
        if (prompt.length < contextTokens) {
            return prompt;
        }
        return longestThatFits(whole.messages(), renderer, contextTokens)
                .orElseThrow(() -> tooLong(inputField(), "messages have", prompt.length, contextTokens));
    }

    static ApiException tooLong(String param, String what, int tokens, int contextTokens) {
        return new ApiException(
                400,
                param,
                "context_length_exceeded",
                "This model's maximum context length is " + contextTokens + " tokens. However, your " + what + " "
                        + tokens + " tokens. Please make them shorter.");
    }

    /**
     * Returns how many tokens the prompt has, however long it is.
     *
     * @param renderer as for {@link #prompt}
     */
    public int countPrompt(HarmonyRenderer renderer) {
        return renderer.countForCompletion(conversation(), Role.ASSISTANT);
    }

    /** Returns the prompt with as few of the oldest messages left out as need be, found by halving; empty if none fits. */
    private Optional<int[]> longestThatFits(List<Message> messages, HarmonyRenderer renderer, int contextTokens) {
        int head = messages.size() > 1 && messages.get(1).author().role() == Role.DEVELOPER ? 2 : 1;
        int[] begins = IntStream.range(head + 1, messages.size())
                .filter(index -> mayBegin(messages.get(index)))
                .toArray();
        int from = 0;
        int to = begins.length;
        Optional<int[]> longest = Optional.empty();
        while (from < to) {
            int middle = (from + to) >>> 1;
            List<Message> kept = new ArrayList<>(messages.subList(0, head));
            kept.addAll(messages.subList(begins[middle], messages.size()));
            int[] prompt = renderer.renderForCompletion(new Conversation(kept), Role.ASSISTANT);
            if (prompt.length < contextTokens) {
                longest = Optional.of(prompt);
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return longest;
    }

    /** Returns whether the messages before this one may be left out of a prompt that is too long, but for those that begin it. */
    boolean mayBegin(Message message) {
        return false;
    }

    /** Returns the name of the field that has the messages. */
    abstract String inputField();

    /** Returns the path of the field that has the schema of the answer. */
    abstract String answerField();
}
