package io.harmony4j.chat;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.TokenBuffer;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as tokens: what a model has generated keeps its tokens, everything else is rendered, once. So the next prompt goes on
 * exactly where the last generation ended, whatever the model wrote there: its own order of a header, other tokens for the same text, a
 * slip that a parser repairs. A runtime that caches what it has read reads only what is new, and a trainer sees what was sampled.
 *
 * <pre>{@code
 * TokenHistory history = TokenHistory.of(tokenizer, options).with(conversation.messages());
 * Generation generation = generator.generate(history.prompt(), generationOptions, token -> {});
 * history = history.withGenerated(generation.tokens()).with(List.of(Message.tool(tool, "sunny")));
 * history.prompt();        // the last prompt, what was generated, the result, and the start of the next message
 * }</pre>
 *
 * <p>{@link HarmonyModel} and {@link ToolLoop} go on from a history, too. The policy of the options holds: a message that it leaves out is
 * left out with its tokens. Immutable; adding costs what is new.
 */
public final class TokenHistory {
    /** The field of a message's JSON that has the tokens as which it was sampled. Readers of conversations ignore it. */
    public static final String SAMPLED_TOKENS = "sampled_tokens";

    private static final String MESSAGES = "messages";
    private static final int[] NONE = {};

    private final HarmonyRenderer renderer;

    /** What prompts leave out. */
    private final RenderOptions options;

    private final boolean keepsReturn;
    private final List<Segment> segments;

    private TokenHistory(HarmonyRenderer renderer, RenderOptions options, boolean keepsReturn, List<Segment> segments) {
        this.renderer = renderer;
        this.options = options;
        this.keepsReturn = keepsReturn;
        this.segments = List.copyOf(segments);
    }

    /**
     * Returns a history in which nothing has been said.
     *
     * @param renderer renders the messages that were not generated; its options say which chains of thought prompts leave out
     */
    public static TokenHistory of(HarmonyRenderer renderer) {
        return new TokenHistory(requireNonNull(renderer, "renderer"), renderer.options(), false, List.of());
    }

    /**
     * Returns a history in which nothing has been said, with a renderer of its own.
     *
     * @param options how messages are rendered, and which chains of thought prompts leave out
     * @throws IllegalArgumentException if the tokenizer lacks the special tokens of Harmony
     */
    public static TokenHistory of(Tokenizer tokenizer, RenderOptions options) {
        return of(new HarmonyRenderer(tokenizer, options));
    }

    /**
     * Reads what {@link #toJson()} has written, or the JSON of a conversation. Tokens that do not parse to the messages that they stand
     * beside, because one of both was changed, are discarded: the messages are rendered.
     *
     * @param discarded is given a sentence for each message whose tokens are discarded
     * @throws IllegalArgumentException as {@link Conversation#fromJson(String)}, or if a message cannot be rendered
     */
    public static TokenHistory fromJson(String json, HarmonyRenderer renderer, Consumer<String> discarded) {
        requireNonNull(json, "json");
        requireNonNull(discarded, "discarded");
        TokenHistory history = of(renderer);
        List<Message> messages = Conversation.fromJson(json).messages();
        List<JsonValue> tokens = Json.parse(json).get(MESSAGES).elements().stream()
                .map(message -> message.get(SAMPLED_TOKENS))
                .toList();
        int begin = 0;
        while (begin < messages.size()) {
            boolean isSampled = begin < tokens.size() && !tokens.get(begin).isNull();
            int end = begin + 1;
            while (end < messages.size()
                    && (isSampled
                            ? isEmpty(tokens.get(end))
                            : end >= tokens.size() || tokens.get(end).isNull())) {
                end++;
            }
            List<Message> more = messages.subList(begin, end);
            Optional<TokenHistory> sampled =
                    isSampled ? history.withSampled(ids(tokens.get(begin)), more, Message::equals) : Optional.empty();
            if (isSampled && sampled.isEmpty()) {
                discarded.accept("expected the tokens of the message but found others at $.messages[" + begin + "]."
                        + SAMPLED_TOKENS + "; they are discarded, and the message is rendered");
            }
            TokenHistory before = history;
            history = sampled.orElseGet(() -> before.with(more));
            begin = end;
        }
        return history;
    }

    private static boolean isEmpty(JsonValue tokens) {
        return tokens.isArray() && tokens.elements().isEmpty();
    }

    /** Returns ids of tokens; none if one of them is none. */
    private static int[] ids(JsonValue tokens) {
        try {
            return tokens.elements().stream().mapToInt(JsonValue::intValue).toArray();
        } catch (IllegalArgumentException e) {
            return NONE;
        }
    }

    /**
     * Returns a copy whose prompts keep {@code <|return|>} where a model wrote it, or not. Otherwise {@code <|end|>} stands in its place, as the
     * models know it from the middle of a conversation; no runtime has read the token that it stopped at.
     */
    public TokenHistory withReturn(boolean keeps) {
        return new TokenHistory(renderer, options, keeps, segments);
    }

    /** Returns a copy whose prompts leave out chains of thought by another policy. */
    public TokenHistory withAnalysisPolicy(AnalysisPolicy policy) {
        return new TokenHistory(renderer, options.withAnalysisPolicy(policy), keepsReturn, segments);
    }

    /**
     * Returns a copy with more messages, which are rendered.
     *
     * @throws IllegalArgumentException if one cannot be rendered
     */
    public TokenHistory with(List<Message> messages) {
        List<Message> more = List.copyOf(requireNonNull(messages, "messages"));
        List<Segment> all = new ArrayList<>(segments);
        // system messages say whether developer messages declare function tools
        boolean isAnew = more.stream().anyMatch(TokenHistory::isSetting);
        List<Integer> settings = isAnew ? settings() : List.of();
        List<Message> rendered = Stream.concat(
                        settings.stream()
                                .map(index -> segments.get(index).messages().get(0)),
                        more.stream())
                .toList();
        List<int[]> tokens = renderer.renderEach(new Conversation(rendered));
        for (int i = 0; i < rendered.size(); i++) {
            Segment segment = Segment.rendered(rendered.get(i), tokens.get(i));
            if (i < settings.size()) {
                all.set(settings.get(i), segment);
            } else {
                all.add(segment);
            }
        }
        return new TokenHistory(renderer, options, keepsReturn, all);
    }

    private List<Integer> settings() {
        List<Integer> settings = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            if (isSetting(segments.get(i).messages().get(0))) {
                settings.add(i);
            }
        }
        return settings;
    }

    private static boolean isSetting(Message message) {
        return switch (message.author().role()) {
            case SYSTEM, DEVELOPER -> true;
            case USER, ASSISTANT, TOOL -> false;
        };
    }

    /**
     * Returns a copy with what a model has generated after {@link #prompt()}, parsed in RECOVER mode. What it wrote in the name of others is
     * left out.
     *
     * @param tokens the tokens, with the one at which the model stopped, or without it
     */
    public TokenHistory withGenerated(int[] tokens) {
        List<Segment> read =
                generated(requireNonNull(tokens, "tokens"), conversation().declaredTools());
        return with(read, genuine(read));
    }

    /**
     * Returns a copy with what a model has generated after {@link #prompt()}, and a parser has read of it. A call may have the name of the
     * tool that it means, instead of the one that the model wrote ({@link Recipient#among}). If the tokens do not say what the messages
     * do, because a stop string has cut one off for instance, the messages are rendered.
     *
     * @param tokens the tokens, with the one at which the model stopped, or without it
     * @param messages the assistant's messages
     */
    public TokenHistory withGenerated(int[] tokens, List<Message> messages) {
        List<Message> expected = List.copyOf(requireNonNull(messages, "messages"));
        List<Segment> read = generated(requireNonNull(tokens, "tokens"), toolsWith(expected));
        return say(read, expected, TokenHistory::saysTheSame) ? with(read, expected) : with(expected);
    }

    /** Returns a copy with an answer of a model to {@link #prompt()}, as {@link #withGenerated(int[], List)}. */
    public TokenHistory with(Answer answer) {
        return withGenerated(requireNonNull(answer, "answer").generation().tokens(), answer.messages());
    }

    /**
     * Returns a copy with messages that were generated some time ago as these tokens; empty if the tokens do not say the same words to the
     * same recipients. Channels and content types may be others, which the conversation has as they are given.
     *
     * @param tokens the tokens as {@link #toJson()} has them, with the {@code <|start|>assistant} of the first message
     * @param messages the assistant's messages
     */
    public Optional<TokenHistory> withSampled(int[] tokens, List<Message> messages) {
        return withSampled(tokens, messages, TokenHistory::saysTheSame);
    }

    private Optional<TokenHistory> withSampled(
            int[] tokens, List<Message> messages, BiPredicate<Message, Message> isSame) {
        List<Message> expected = List.copyOf(requireNonNull(messages, "messages"));
        Set<Recipient> tools = toolsWith(expected);
        int[] opening = opening();
        List<Segment> read = startsWith(requireNonNull(tokens, "tokens"), opening)
                ? generated(Arrays.copyOfRange(tokens, opening.length, tokens.length), tools)
                : Segment.read(tokens, ParseOptions.DEFAULT.withTools(tools));
        return say(read, expected, isSame) ? Optional.of(with(read, expected)) : Optional.empty();
    }

    /** Returns the tools that are declared, and those that are called. */
    private Set<Recipient> toolsWith(List<Message> messages) {
        Set<Recipient> tools = new HashSet<>(conversation().declaredTools());
        messages.stream().filter(Message::isToolCall).map(Message::recipient).forEach(tools::add);
        return tools;
    }

    /** Reads what was generated after a prompt, which has the start of the first message. */
    private List<Segment> generated(int[] tokens, Collection<Recipient> tools) {
        int length = tokens.length;
        if (length > 0 && tokens[length - 1] == SpecialToken.END_OF_TEXT.id()) {
            length--; // it ends no message
        }
        List<Segment> read = Segment.read(
                Arrays.copyOf(tokens, length),
                ParseOptions.forRole(Role.ASSISTANT).withTools(tools));
        if (!read.isEmpty()) {
            Segment first = read.get(0);
            read.set(0, Segment.sampled(first.messages(), joined(opening(), first.tokens())));
        }
        return read;
    }

    private static List<Message> genuine(List<Segment> read) {
        return read.stream().flatMap(segment -> segment.genuine().stream()).toList();
    }

    /** Returns whether the assistant's messages are the expected ones, whose calls may have the names of the tools that they mean. */
    private static boolean say(List<Segment> read, List<Message> expected, BiPredicate<Message, Message> isSame) {
        List<Message> found = genuine(read);
        boolean isEach = found.size() == expected.size();
        for (int i = 0; isEach && i < found.size(); i++) {
            isEach = isSame.test(
                    expected.get(i), named(found.get(i), expected.get(i).recipient()));
        }
        return isEach;
    }

    /** Returns a message with the name of a tool, if it calls that tool. */
    private static Message named(Message message, @Nullable Recipient tool) {
        return tool != null
                        && message.isToolCall()
                        && requireNonNull(message.recipient())
                                .among(Set.of(tool))
                                .isPresent()
                ? message.withRecipient(tool)
                : message;
    }

    private static boolean saysTheSame(Message expected, Message found) {
        return expected.author().equals(found.author())
                && Objects.equals(expected.recipient(), found.recipient())
                && (expected.text().equals(found.text()) || (found.isToolCall() && isSameJson(expected, found)));
    }

    /** Returns whether the texts are the same JSON: the API's arguments of a tool that takes free text are made anew. */
    private static boolean isSameJson(Message one, Message other) {
        try {
            return Json.parse(one.text()).equals(Json.parse(other.text()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Returns a copy with what was read of a generation.
     *
     * @param genuine the assistant's messages in it, as they are to be named
     */
    private TokenHistory with(List<Segment> read, List<Message> genuine) {
        TokenHistory history = this;
        int next = 0;
        for (Segment segment : read) {
            int count = segment.genuine().size();
            List<Message> messages = genuine.subList(next, next + count);
            next += count;
            if (count == segment.messages().size()) {
                List<Segment> more = new ArrayList<>(history.segments);
                more.add(Segment.sampled(messages, closed(segment.tokens(), messages.get(count - 1))));
                history = new TokenHistory(renderer, options, keepsReturn, more);
            } else {
                history = history.with(messages); // it cannot be told which tokens are whose
            }
        }
        return history;
    }

    /** Returns the tokens of a message with a token that ends it, if the runtime has withheld that. */
    private static int[] closed(int[] tokens, Message message) {
        return Segment.endsMessage(tokens[tokens.length - 1])
                ? tokens
                : joined(tokens, (message.isToolCall() ? SpecialToken.CALL : SpecialToken.END).id());
    }

    private static int[] joined(int[] first, int... second) {
        int[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static boolean startsWith(int[] tokens, int[] beginning) {
        return tokens.length >= beginning.length
                && Arrays.equals(tokens, 0, beginning.length, beginning, 0, beginning.length);
    }

    /** Returns all that was said, also what prompts leave out. */
    public Conversation conversation() {
        return new Conversation(segments.stream()
                .flatMap(segment -> segment.messages().stream())
                .toList());
    }

    /** Returns the tokens of the next prompt: all that was said but what the policy leaves out, and the start of the assistant's message. */
    public int[] prompt() {
        Set<Integer> dropped = new HashSet<>(options.dropped(conversation()));
        TokenBuffer prompt = new TokenBuffer();
        int index = 0;
        for (Segment segment : segments) {
            List<Message> kept = new ArrayList<>();
            for (Message message : segment.messages()) {
                if (!dropped.contains(index++)) {
                    kept.add(message);
                }
            }
            if (kept.size() == segment.messages().size()) {
                prompt.addAll(segment.tokens());
                if (!keepsReturn && prompt.get(prompt.size() - 1) == SpecialToken.RETURN.id()) {
                    prompt.set(prompt.size() - 1, SpecialToken.END.id());
                }
            } else { // it cannot be told which tokens are whose
                kept.forEach(message -> prompt.addAll(renderer.render(message)));
            }
        }
        prompt.addAll(opening());
        return prompt.toArray();
    }

    /**
     * Returns the tokens to append to those that a runtime has read, so that it has read {@link #prompt()}; empty if the prompt does not
     * begin with those.
     *
     * @param read the last prompt and what was generated after it. The token at which the model stopped has not been read; after an
     *     answer another one stands in its place ({@link #withReturn}).
     */
    public Optional<int[]> extend(int[] read) {
        int[] prompt = prompt();
        return startsWith(prompt, requireNonNull(read, "read"))
                ? Optional.of(Arrays.copyOfRange(prompt, read.length, prompt.length))
                : Optional.empty();
    }

    /** Returns how a prompt ends. */
    private int[] opening() {
        return renderer.renderForCompletion(Conversation.of(), Role.ASSISTANT);
    }

    /**
     * Returns the JSON of the conversation, on one line, in which a message that was generated has its tokens beside it, as {@value
     * #SAMPLED_TOKENS}. Of several messages whose tokens cannot be told apart, the first has all of them, and the others an empty list.
     *
     * @see #fromJson
     */
    public String toJson() {
        return Json.write(toJsonObject());
    }

    /** Returns the value of {@link #toJson()}, to be a part of other JSON. */
    public JsonObject toJsonObject() {
        List<JsonValue> messages = new ArrayList<>();
        for (Segment segment : segments) {
            int[] tokens = segment.tokens();
            for (Message message : segment.messages()) {
                JsonObject json = message.toJsonObject();
                messages.add(
                        segment.isSampled()
                                ? json.toBuilder()
                                        .put(SAMPLED_TOKENS, JsonArray.ofIntegers(tokens))
                                        .build()
                                : json);
                tokens = NONE;
            }
        }
        return JsonObject.of(MESSAGES, JsonArray.of(messages));
    }

    /** Returns the number of messages, for human readers. */
    @Override
    public String toString() {
        return conversation().messages().size() + " messages";
    }
}
