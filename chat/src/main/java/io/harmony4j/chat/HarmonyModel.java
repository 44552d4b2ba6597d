package io.harmony4j.chat;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.PromptTooLongException;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.parser.ParseEvent;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.ParseResult;
import io.harmony4j.parser.StreamParser;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A model that speaks Harmony, one turn at a time: renders a conversation, generates, and parses what comes.
 *
 * <pre>{@code
 * HarmonyModel model = new HarmonyModel(Tokenizer.o200kHarmony(), new Generator(Model.load(path)));
 * Answer answer = model.answer(conversation, GenerationOptions.DEFAULT, delta -> {
 *     if (delta instanceof ChatDelta.Content content) {
 *         System.out.print(content.text());
 *     }
 * });
 * conversation = conversation.with(answer.messages());
 * }</pre>
 *
 * <p>A {@link TokenHistory} instead of a conversation keeps what the model writes as it writes it, so that the next prompt goes on from there.
 *
 * <p>A prompt leaves out the chain of thought of turns that have their answer ({@link AnalysisPolicy#SINCE_LAST_FINAL});
 * {@link #withRenderOptions} renders otherwise. Parsing is in RECOVER mode: each word that the model generates is in a message or in a diagnostic. Immutable; a model has as many turns at a
 * time as its generator has generations.
 */
public final class HarmonyModel {
    private static final RenderOptions RENDER_OPTIONS =
            RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.SINCE_LAST_FINAL);

    private final Tokenizer tokenizer;
    private final TokenGenerator generator;
    private final HarmonyRenderer renderer;
    private final Supplier<String> callIds;

    /**
     * Makes a model whose calls have ids that are unique in this process.
     *
     * @param tokenizer mostly {@link Tokenizer#o200kHarmony()}
     * @param generator what continues a prompt
     * @throws IllegalArgumentException if the tokenizer lacks the special tokens of Harmony
     */
    public HarmonyModel(Tokenizer tokenizer, TokenGenerator generator) {
        this(tokenizer, generator, new HarmonyRenderer(tokenizer, RENDER_OPTIONS), CallIds::next);
    }

    private HarmonyModel(
            Tokenizer tokenizer, TokenGenerator generator, HarmonyRenderer renderer, Supplier<String> callIds) {
        this.tokenizer = requireNonNull(tokenizer, "tokenizer");
        this.generator = requireNonNull(generator, "generator");
        this.renderer = renderer;
        this.callIds = requireNonNull(callIds, "callIds");
    }

    /** Returns a model that renders with other options, of which {@link RenderOptions#DEFAULT} has another analysis policy. */
    public HarmonyModel withRenderOptions(RenderOptions options) {
        return new HarmonyModel(tokenizer, generator, new HarmonyRenderer(tokenizer, options), callIds);
    }

    /** Returns a model whose calls have ids from the given source. */
    public HarmonyModel withCallIds(Supplier<String> newCallIds) {
        return new HarmonyModel(tokenizer, generator, renderer, newCallIds);
    }

    /**
     * Lets the model say what comes next. It stops at {@link SpecialToken#stopIds()}, whatever else the options name; an interrupt of the
     * calling thread cancels it.
     *
     * @param deltas is told each piece of the answer as it comes, by the calling thread
     * @throws PromptTooLongException if the conversation is longer than the model's context
     * @throws IllegalArgumentException if the conversation cannot be rendered
     */
    public Answer answer(Conversation conversation, GenerationOptions options, Consumer<ChatDelta> deltas) {
        return answer(conversation, TurnOptions.DEFAULT.withGeneration(options), deltas);
    }

    /**
     * Lets the model say what comes next, as a chat client asks for it. Where a stop string comes, generation is cancelled, and the
     * model counts as having stopped.
     *
     * @param deltas is told each piece of the answer as it comes, by the calling thread
     * @throws PromptTooLongException if the conversation is longer than the model's context
     * @throws IllegalArgumentException if the conversation cannot be rendered
     */
    public Answer answer(Conversation conversation, TurnOptions options, Consumer<ChatDelta> deltas) {
        requireNonNull(conversation, "conversation");
        requireNonNull(options, "options");
        return turn(prompt(conversation), conversation.declaredTools(), options, deltas, Silence.INSTANCE);
    }

    /**
     * Lets the model say what comes next in a history, whose prompts go on where the last generation ended.
     *
     * <pre>{@code
     * TokenHistory history = model.history(conversation);
     * Answer answer = model.answer(history, options, deltas);
     * history = history.with(answer);
     * }</pre>
     *
     * @param deltas is told each piece of the answer as it comes, by the calling thread
     * @throws PromptTooLongException if the history is longer than the model's context
     */
    public Answer answer(TokenHistory history, TurnOptions options, Consumer<ChatDelta> deltas) {
        requireNonNull(history, "history");
        requireNonNull(options, "options");
        return turn(history.prompt(), history.conversation().declaredTools(), options, deltas, Silence.INSTANCE);
    }

    /**
     * Returns a conversation as tokens, to which can be added what the model answers. Its prompt is {@link #prompt}.
     *
     * @throws IllegalArgumentException if the conversation cannot be rendered, be it in a message that the prompt leaves out
     */
    public TokenHistory history(Conversation conversation) {
        return TokenHistory.of(renderer)
                .with(requireNonNull(conversation, "conversation").messages());
    }

    /**
     * Returns the prompt of a conversation.
     *
     * @throws IllegalArgumentException if the conversation cannot be rendered
     */
    public int[] prompt(Conversation conversation) {
        return renderer.renderForCompletion(conversation, Role.ASSISTANT);
    }

    /**
     * Returns how many tokens the prompt of a conversation has.
     *
     * @throws IllegalArgumentException if the conversation cannot be rendered
     */
    public int countPrompt(Conversation conversation) {
        return renderer.countForCompletion(conversation, Role.ASSISTANT);
    }

    /** As {@link #answer}, with the tools that there are and a listener to all that happens. */
    Answer turn(
            int[] prompt,
            Collection<Recipient> tools,
            TurnOptions options,
            Consumer<ChatDelta> deltas,
            TurnListener listener) {
        ChatStream chat = new ChatStream(deltas, callIds, options.stopStrings());
        StreamParser parser =
                new StreamParser(tokenizer, ParseOptions.forRole(Role.ASSISTANT).withTools(tools), event -> {
                    chat.accept(event);
                    listener.parsed(event);
                });
        listener.asked(prompt);
        Thread caller = Thread.currentThread(); // whoever generates may ask from another
        GenerationOptions stoppable =
                withStopIds(options.generation()).withCancelled(() -> chat.isStopped() || caller.isInterrupted());
        Generation generation = forced(options).generate(prompt, stoppable, token -> {
            listener.generated(token);
            parser.accept(token.id());
        });
        chat.finish(generation.finishReason());
        parser.finish(generation.finishReason());
        ParseResult result = parser.result();
        Usage usage = Usage.of(parser.usage()).withPrompt(prompt.length, generation.cachedTokens());
        return new Answer(
                chat.taken(result.messages()),
                chat.wholeToolCalls(),
                result.diagnostics(),
                chat.view(result).withUsage(usage),
                generation);
    }

    private TokenGenerator forced(TurnOptions options) {
        return options.requiredTools().isEmpty()
                ? generator
                : new ForcedCalls(generator, tokenizer, options.requiredTools());
    }

    private static GenerationOptions withStopIds(GenerationOptions options) {
        Set<Integer> stops = new LinkedHashSet<>(options.stopTokens());
        stops.addAll(SpecialToken.stopIds());
        return options.withStopTokens(stops);
    }

    /** A listener that does nothing. */
    private enum Silence implements TurnListener {
        INSTANCE;

        @Override
        public void asked(int[] prompt) {}

        @Override
        public void generated(GeneratedToken token) {}

        @Override
        public void parsed(ParseEvent event) {}
    }
}
