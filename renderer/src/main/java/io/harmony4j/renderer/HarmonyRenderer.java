package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.ToolNamespace;
import io.harmony4j.json.Json;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Conversations as the tokens that gpt-oss models read, the same tokens as openai/harmony v0.0.8 gives.
 *
 * <p>A prompt is a conversation and the start of the message that the model is to write:
 *
 * <pre>{@code
 * HarmonyRenderer renderer = new HarmonyRenderer(Tokenizer.o200kHarmony());
 *
 * Conversation conversation = Conversation.of(
 *         Message.system(Content.System.DEFAULT.withConversationStartDate(LocalDate.of(2025, 6, 28))),
 *         Message.developer(Content.developer(
 *                 "Answer briefly.",
 *                 ToolDescription.of(
 *                         "get_weather",
 *                         "The weather in a city.",
 *                         "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}"))),
 *         Message.user("Do I need an umbrella in Tokyo?"));
 *
 * int[] prompt = renderer.renderForCompletion(conversation, Role.ASSISTANT);
 * }</pre>
 *
 * <p>are the tokens of
 *
 * <pre>{@code
 * <|start|>system<|message|>You are ChatGPT, a large language model trained by OpenAI.
 * Knowledge cutoff: 2024-06
 * Current date: 2025-06-28
 *
 * Reasoning: medium
 *
 * # Valid channels: analysis, commentary, final. Channel must be included for every message.
 * Calls to these tools must go to the commentary channel: 'functions'.<|end|><|start|>developer<|message|># Instructions
 *
 * Answer briefly.
 *
 * # Tools
 *
 * ## functions
 *
 * namespace functions {
 *
 * // The weather in a city.
 * type get_weather = (_: {
 * city: string,
 * }) => any;
 *
 * } // namespace functions<|end|><|start|>user<|message|>Do I need an umbrella in Tokyo?<|end|><|start|>assistant
 * }</pre>
 *
 * <p>The model calls the tool. Its messages and the tool's answer join the conversation, and the next prompt goes on from
 * where the last one ended:
 *
 * <pre>{@code
 * conversation
 *         .with(Message.analysis("I should look."))
 *         .with(Message.call(Recipient.function("get_weather"), "{\"city\":\"Tokyo\"}"))
 *         .with(Message.tool(Recipient.function("get_weather"), "{\"rain\":true}"))
 * }</pre>
 *
 * <pre>{@code
 * <|start|>assistant<|channel|>analysis<|message|>I should look.<|end|>
 * <|start|>assistant to=functions.get_weather<|channel|>commentary <|constrain|>json<|message|>{"city":"Tokyo"}<|call|>
 * <|start|>functions.get_weather to=assistant<|channel|>commentary<|message|>{"rain":true}<|end|>
 * <|start|>assistant
 * }</pre>
 *
 * <p>(on one line). Chain of thought is left out of a prompt by the rule of openai/harmony, {@link AnalysisPolicy#REFERENCE}, unless
 * {@link RenderOptions#withAnalysisPolicy} names another; {@link #dropped} tells which messages these are. A policy looks at a
 * conversation alone: single messages are always rendered.
 *
 * <p>Text stays text: {@code <|end|>} in a message, a name or a description is never the token. A renderer is thread-safe and
 * made to be shared: it caches the tokens of a few hundred names and of the last sixteen namespaces of tools; what it returns is the
 * same either way.
 *
 * <p>A renderer is serialized as its tokenizer and its options, so a task for another machine may have one in it.
 *
 * @see <a href="https://cookbook.openai.com/articles/openai-harmony">OpenAI Harmony response format</a>
 */
public final class HarmonyRenderer implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The most tokens whose space is kept for the next rendering: as many as the context of gpt-oss has. */
    private static final int MAX_KEPT = 1 << 17;

    private final Tokenizer tokenizer;
    private final RenderOptions options;
    private final transient WordCache words;
    private final transient ToolCache tools;

    /** A writer for the next rendering, which has grown already; null while there is none. */
    private final transient AtomicReference<@Nullable TokenWriter> idle = new AtomicReference<>();

    /**
     * Creates a renderer with {@link RenderOptions#DEFAULT}.
     *
     * @throws IllegalArgumentException if the tokenizer lacks the special tokens of Harmony, as {@code o200k_base} does
     */
    public HarmonyRenderer(Tokenizer tokenizer) {
        this(tokenizer, RenderOptions.DEFAULT);
    }

    /**
     * Creates a renderer.
     *
     * @throws IllegalArgumentException if the tokenizer lacks the special tokens of Harmony, as {@code o200k_base} does
     */
    public HarmonyRenderer(Tokenizer tokenizer, RenderOptions options) {
        this.tokenizer = requireHarmony(tokenizer);
        this.options = requireNonNull(options, "options");
        this.words = new WordCache(tokenizer);
        this.tools = new ToolCache(
                tokenizer,
                options.faithfulTypeScript()
                        ? NamespaceWriter::faithful
                        : options.dialect().text()::of);
    }

    /**
     * Returns the tokens of the conversation's messages, and nothing after them.
     *
     * @throws IllegalArgumentException if a message cannot be rendered: a tool's message without the tool's name, or the
     *     content of a system or developer message in a message of another role. The text of the exception has the message's
     *     index, from 0. Messages that are left out are not looked at.
     */
    public int[] render(Conversation conversation) {
        return finish(write(conversation, options.analysisPolicy(), newWriter(), null));
    }

    /**
     * Returns the tokens of a prompt: the conversation, and the start of a message by the next role.
     *
     * @param nextRole mostly {@link Role#ASSISTANT}
     * @throws IllegalArgumentException as {@link #render(Conversation)}
     */
    public int[] renderForCompletion(Conversation conversation, Role nextRole) {
        return finish(writeForCompletion(conversation, nextRole, newWriter(), null));
    }

    /**
     * Returns the tokens of {@link #render(Conversation)}, and what each of them is there for.
     *
     * @throws IllegalArgumentException as {@link #render(Conversation)}
     */
    public Rendering rendering(Conversation conversation) {
        SpanRecorder spans = new SpanRecorder();
        int[] tokens = finish(write(conversation, options.analysisPolicy(), newWriter(spans), null));
        return spans.finish(tokens, this, conversation);
    }

    /**
     * Returns the tokens of {@link #renderForCompletion}, and what each of them is there for.
     *
     * @throws IllegalArgumentException as {@link #render(Conversation)}
     */
    public Rendering renderingForCompletion(Conversation conversation, Role nextRole) {
        return renderingForCompletion(conversation, nextRole, null);
    }

    /**
     * Returns what {@link #renderingForCompletion(Conversation, Role)} does, and takes over what an earlier rendering has of it: messages
     * that are the same in both, in their places. So the prompt of the next turn costs what is new.
     *
     * <pre>{@code
     * Rendering first = renderer.renderingForCompletion(conversation, Role.ASSISTANT);
     * Rendering next = renderer.renderingForCompletion(conversation.with(more), Role.ASSISTANT, first);
     * next.rendered();            // as many as there are in more
     * next.prefixOf(first);       // how far a runtime can go on with what it has read
     * }</pre>
     *
     * @param earlier a rendering by this renderer, or null; of another renderer's nothing is taken over
     * @throws IllegalArgumentException as {@link #render(Conversation)}
     */
    public Rendering renderingForCompletion(Conversation conversation, Role nextRole, @Nullable Rendering earlier) {
        SpanRecorder spans = new SpanRecorder();
        List<Message> messages = requireNonNull(conversation, "conversation").messages();
        EarlierRendering taken = earlier == null
                ? null
                : earlier.conversationBy(this)
                        .map(before -> new EarlierRendering(
                                earlier, hasFunctionTools(before.messages()) == hasFunctionTools(messages)))
                        .orElse(null);
        int[] tokens = finish(writeForCompletion(conversation, nextRole, newWriter(spans), taken));
        return spans.finish(tokens, this, conversation);
    }

    /**
     * Returns the tokens of each message as it is in a conversation, also of those that the policy leaves out; none of those that the dialect does.
     *
     * @throws IllegalArgumentException as {@link #render(Conversation)}
     */
    public List<int[]> renderEach(Conversation conversation) {
        List<Message> messages = requireNonNull(conversation, "conversation").messages();
        TokenWriter out = newWriter();
        MessageWriter writer = new MessageWriter(out, options.dialect(), hasFunctionTools(messages));
        Normaliser normaliser = options.dialect().normaliser();
        int[] ends = new int[messages.size()];
        for (int i = 0; i < ends.length; i++) {
            Message message = normaliser.next(messages.get(i));
            if (message != null) {
                writer.write(message, i);
            }
            ends[i] = out.size();
        }
        int[] tokens = finish(out);
        List<int[]> each = new ArrayList<>();
        for (int i = 0; i < ends.length; i++) {
            each.add(Arrays.copyOfRange(tokens, i == 0 ? 0 : ends[i - 1], ends[i]));
        }
        return each;
    }

    /**
     * Returns how many tokens {@link #renderForCompletion} gives.
     *
     * @throws IllegalArgumentException as {@link #render(Conversation)}
     */
    public int countForCompletion(Conversation conversation, Role nextRole) {
        TokenWriter out = writeForCompletion(conversation, nextRole, newWriter(), null);
        int count = out.size();
        reuse(out);
        return count;
    }

    /**
     * Returns the tokens of a training example: the conversation, whose last token is {@code <|return|>} if its last message
     * is the assistant's on the final channel. The whole chain of thought is in it, unless the options name a policy
     * ({@link RenderOptions#trainingPolicy}).
     *
     * @throws IllegalArgumentException as {@link #render(Conversation)}
     * @see LossMask
     */
    public int[] renderForTraining(Conversation conversation) {
        return finish(writeForTraining(conversation, newWriter()));
    }

    /**
     * Returns the tokens of {@link #renderForTraining}, and what each of them is there for.
     *
     * @throws IllegalArgumentException as {@link #render(Conversation)}
     */
    public Rendering renderingForTraining(Conversation conversation) {
        SpanRecorder spans = new SpanRecorder();
        int[] tokens = finish(writeForTraining(conversation, newWriter(spans)));
        return spans.finish(tokens, this, conversation);
    }

    /**
     * Returns the tokens of one message. A system message is rendered for a conversation without function tools unless
     * {@link RenderOptions#functionTools()}.
     *
     * @throws IllegalArgumentException as {@link #render(Conversation)}; the index is 0
     */
    public int[] render(Message message) {
        requireNonNull(message, "message");
        TokenWriter out = newWriter();
        Message alone =
                requireNonNull(options.dialect().normaliser().next(message)); // it follows none that would rule it out
        new MessageWriter(out, options.dialect(), options.functionTools()).write(alone, 0);
        return finish(out);
    }

    /** Returns the indices of the messages that prompts leave out of the conversation, from 0, ascending. */
    public List<Integer> dropped(Conversation conversation) {
        @Nullable Message[] kept = kept(requireNonNull(conversation, "conversation"), options.analysisPolicy());
        return IntStream.range(0, kept.length)
                .filter(index -> kept[index] == null)
                .boxed()
                .toList();
    }

    /** Returns how this renders. */
    public RenderOptions options() {
        return options;
    }

    /**
     * Returns the TypeScript type by which a prompt shows a tool's parameters.
     *
     * @param schemaJson a JSON Schema
     * @throws IllegalArgumentException if the text is not JSON
     */
    public static String typeScript(String schemaJson) {
        return TypeScriptWriter.write(Json.parse(requireNonNull(schemaJson, "schemaJson")));
    }

    /**
     * Returns a TypeScript type that shows all that a JSON Schema says: what TypeScript has no types for stands in comments. Whatever the
     * schema, the text is valid. Where {@link #typeScript} leaves nothing out and is valid, it is nearly the same.
     *
     * @param schemaJson a JSON Schema; {@code $ref} is followed within it
     * @throws IllegalArgumentException if the text is not JSON
     * @see RenderOptions#withFaithfulTypeScript
     */
    public static SchemaType faithfulTypeScript(String schemaJson) {
        return FaithfulTypeScriptWriter.write(
                Json.parse(requireNonNull(schemaJson, "schemaJson")), Set.of(), new HashSet<>());
    }

    private TokenWriter writeForCompletion(
            Conversation conversation, Role nextRole, TokenWriter out, @Nullable EarlierRendering earlier) {
        requireNonNull(nextRole, "nextRole");
        write(conversation, options.analysisPolicy(), out, earlier);
        out.message(conversation.messages().size());
        out.part(PromptPart.NEXT_MESSAGE);
        out.special(SpecialToken.START);
        out.word(nextRole.wireName());
        return out;
    }

    private TokenWriter writeForTraining(Conversation conversation, TokenWriter out) {
        write(conversation, options.trainingPolicy(), out, null);
        if (endsWithAnswer(conversation.messages())) {
            out.replaceLast(SpecialToken.RETURN); // parity: even if that was <|call|>
        }
        return out;
    }

    private TokenWriter write(
            Conversation conversation, AnalysisPolicy policy, TokenWriter out, @Nullable EarlierRendering earlier) {
        List<Message> messages = requireNonNull(conversation, "conversation").messages();
        @Nullable Message[] kept = kept(conversation, policy);
        MessageWriter writer = new MessageWriter(out, options.dialect(), hasFunctionTools(messages));
        for (int i = 0; i < kept.length; i++) {
            Message message = kept[i];
            if (message != null && (earlier == null || !earlier.write(message, i, out))) {
                writer.write(message, i);
            }
        }
        return out;
    }

    /** Returns what is written for each message; null for one that is left out. */
    private @Nullable Message[] kept(Conversation conversation, AnalysisPolicy policy) {
        List<Message> messages = conversation.messages();
        int end = policy.end(messages);
        Set<Integer> pairs = options.dropPairs() ? Set.copyOf(options.dropped(conversation, policy)) : Set.of();
        Normaliser normaliser = options.dialect().normaliser();
        @Nullable Message[] kept = new @Nullable Message[messages.size()];
        for (int i = 0; i < kept.length; i++) {
            Message message = normaliser.next(messages.get(i));
            boolean isKept = message != null
                    && (i >= end || !AnalysisPolicy.isAnalysis(message))
                    && (pairs.isEmpty() || !pairs.contains(i));
            kept[i] = isKept ? message : null;
        }
        return kept;
    }

    /** Returns how many tokens some messages of a conversation have. */
    int count(Conversation conversation, List<Integer> indices) {
        List<Message> messages = conversation.messages();
        TokenWriter out = newWriter();
        MessageWriter writer = new MessageWriter(out, options.dialect(), hasFunctionTools(messages));
        indices.forEach(index -> writer.write(messages.get(index), index));
        int count = out.size();
        reuse(out);
        return count;
    }

    private TokenWriter newWriter() {
        TokenWriter writer = idle.getAndSet(null);
        return writer == null ? new TokenWriter(tokenizer, words, tools) : writer;
    }

    private TokenWriter newWriter(SpanRecorder spans) {
        TokenWriter writer = newWriter();
        writer.record(spans);
        return writer;
    }

    private int[] finish(TokenWriter out) {
        int[] tokens = out.toArray();
        reuse(out);
        return tokens;
    }

    private void reuse(TokenWriter out) {
        if (out.size() <= MAX_KEPT) {
            out.clear();
            idle.set(out);
        }
    }

    /** Whether any message declares function tools, be it one that is left out. */
    static boolean hasFunctionTools(List<Message> messages) {
        for (Message message : messages) {
            for (Content part : message.content()) {
                if (part instanceof Content.Developer developer && hasFunctionTools(developer)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hasFunctionTools(Content.Developer developer) {
        // parity: the key says which namespace it is, not its name
        ToolNamespace functions =
                developer.tools() == null ? null : developer.tools().get(ToolNamespace.FUNCTIONS);
        return functions != null && !functions.tools().isEmpty();
    }

    private static boolean endsWithAnswer(List<Message> messages) {
        return !messages.isEmpty() && AnalysisPolicy.isAnswer(messages.get(messages.size() - 1));
    }

    static Tokenizer requireHarmony(Tokenizer tokenizer) {
        requireNonNull(tokenizer, "tokenizer");
        for (SpecialToken token : SpecialToken.values()) {
            OptionalInt id = tokenizer.specialToken(token.literal());
            if (!id.equals(OptionalInt.of(token.id()))) {
                throw new IllegalArgumentException("expected a tokenizer with " + token + " (" + token.id()
                        + ") but found " + (id.isPresent() ? "the id " + id.getAsInt() : "none")
                        + "; use Tokenizer.o200kHarmony()");
            }
        }
        return tokenizer;
    }

    private Object writeReplace() {
        return new Setup(tokenizer, options);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("expected a renderer's setup but found a renderer");
    }

    /** What a stream of objects has in a renderer's place. */
    private record Setup(Tokenizer tokenizer, RenderOptions options) implements Serializable {
        private Object readResolve() {
            return new HarmonyRenderer(tokenizer, options);
        }
    }
}
