package io.harmony4j.chat;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.parser.HarmonyParser;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.MessageSpan;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.renderer.Rendering;
import io.harmony4j.tokenizer.TokenBuffer;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A conversation as tokens: what a model has generated keeps its tokens, everything else is rendered. So the next prompt goes on exactly where the
 * last generation ended, whatever the model wrote there: its own order of a header, other tokens for the same text, a slip that a
 * parser repairs. A runtime that caches what it has read reads only what is new, and a trainer sees what was sampled.
 *
 * <pre>{@code
 * TokenHistory history = TokenHistory.of(tokenizer, options).with(conversation.messages());
 * Generation generation = generator.generate(history.prompt(), generationOptions, token -> {});
 * history = history.withGenerated(generation.tokens()).with(List.of(Message.tool(tool, "sunny")));
 * history.prompt();        // the last prompt, what was generated, the result, and the start of the next message
 * }</pre>
 *
 * <p>The policy of the options holds: a message that it leaves out is left out with its tokens. Immutable; adding costs what is new.
 */
public final class TokenHistory {
    private static final int[] NOT_RENDERED = {};

    private final Tokenizer tokenizer;
    private final RenderOptions options;

    /** Renders all that it is given. */
    private final HarmonyRenderer renderer;

    private final boolean keepsReturn;
    private final List<Segment> segments;

    /**
     * Messages and their tokens. What was generated is one segment for each message, or, where tokens and messages do not match because the
     * parser repaired something, one for all of them.
     */
    private static final class Segment {
        final List<Message> messages;
        final int[] tokens;

        /** Whether the tokens are a model's. */
        final boolean isGenerated;

        Segment(List<Message> messages, int[] tokens, boolean isGenerated) {
            this.messages = messages;
            this.tokens = tokens;
            this.isGenerated = isGenerated;
        }
    }

    private TokenHistory(
            Tokenizer tokenizer,
            RenderOptions options,
            HarmonyRenderer renderer,
            boolean keepsReturn,
            List<Segment> segments) {
        this.tokenizer = tokenizer;
        this.options = options;
        this.renderer = renderer;
        this.keepsReturn = keepsReturn;
        this.segments = segments;
    }

    /**
     * Returns a history in which nothing has been said.
     *
     * @param options how messages are rendered, and which chains of thought prompts leave out
     * @throws IllegalArgumentException if the tokenizer lacks the special tokens of Harmony
     */
    public static TokenHistory of(Tokenizer tokenizer, RenderOptions options) {
        HarmonyRenderer renderer = new HarmonyRenderer(
                requireNonNull(tokenizer, "tokenizer"),
                requireNonNull(options, "options").withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));
        return new TokenHistory(tokenizer, options, renderer, false, List.of());
    }

    /**
     * Returns a copy that keeps {@code <|return|>} where a model wrote it, or not. Otherwise {@code <|end|>} stands in its place, as the
     * models know it from the middle of a conversation; no runtime has read the token that it stopped at.
     */
    public TokenHistory withReturn(boolean keeps) {
        return new TokenHistory(tokenizer, options, renderer, keeps, segments);
    }

    /**
     * Returns a copy with more messages, which are rendered.
     *
     * @throws IllegalArgumentException if one cannot be rendered
     */
    public TokenHistory with(List<Message> messages) {
        List<Message> more = List.copyOf(requireNonNull(messages, "messages"));
        List<Segment> all = new ArrayList<>(segments);
        more.forEach(message -> all.add(new Segment(List.of(message), NOT_RENDERED, false)));
        // what a developer message declares changes how a system message is rendered
        boolean isAnew = more.stream()
                .anyMatch(message -> switch (message.author().role()) {
                    case SYSTEM, DEVELOPER -> true;
                    case USER, ASSISTANT, TOOL -> false;
                });
        List<Segment> rendered = rendered(all, isAnew ? 0 : segments.size());
        return new TokenHistory(tokenizer, options, renderer, keepsReturn, List.copyOf(rendered));
    }

    /** Returns the segments, of which those from an index on are rendered. */
    private List<Segment> rendered(List<Segment> all, int from) {
        List<Message> messages = new ArrayList<>();
        all.subList(from, all.size()).forEach(segment -> messages.addAll(segment.messages));
        Rendering rendering = renderer.rendering(new Conversation(messages));
        int[] tokens = rendering.tokens();
        List<Segment> rendered = new ArrayList<>(all.subList(0, from));
        int message = 0;
        for (Segment segment : all.subList(from, all.size())) {
            MessageSpan span = rendering.messages().get(message);
            rendered.add(
                    segment.isGenerated
                            ? segment
                            : new Segment(
                                    segment.messages, Arrays.copyOfRange(tokens, span.start(), span.end() + 1), false));
            message += segment.messages.size();
        }
        return rendered;
    }

    /**
     * Returns a copy with what a model has generated after {@link #prompt()}, parsed in RECOVER mode. What it wrote in the name of others is
     * left out.
     *
     * @param tokens the tokens, with the one at which the model stopped, or without it
     */
    public TokenHistory withGenerated(int[] tokens) {
        requireNonNull(tokens, "tokens");
        ParseOptions parsing =
                ParseOptions.forRole(Role.ASSISTANT).withTools(conversation().declaredTools());
        return withGenerated(tokens, HarmonyParser.parse(tokens, parsing).messages());
    }

    /** Returns a copy with what a model has generated, and a parser has read of it. */
    TokenHistory withGenerated(int[] tokens, List<Message> messages) {
        List<int[]> parts = parts(tokens);
        List<Message> genuine =
                messages.stream().filter(TokenHistory::isAssistants).toList();
        if (parts.size() != messages.size() && genuine.size() != messages.size()) {
            return with(genuine); // it cannot be told which tokens are whose
        }
        List<Segment> all = new ArrayList<>(segments);
        if (parts.size() == messages.size()) {
            for (int i = 0; i < parts.size(); i++) {
                Message message = messages.get(i);
                if (isAssistants(message)) {
                    all.add(new Segment(List.of(message), closed(parts.get(i), message), true));
                }
            }
        } else if (!messages.isEmpty()) {
            TokenBuffer whole = new TokenBuffer();
            parts.forEach(whole::addAll);
            all.add(new Segment(messages, closed(whole.toArray(), messages.get(messages.size() - 1)), true));
        }
        return new TokenHistory(tokenizer, options, renderer, keepsReturn, List.copyOf(all));
    }

    /** Returns the tokens of each message that a model has written, with the start of the first, which the prompt had. */
    private List<int[]> parts(int[] tokens) {
        List<int[]> parts = new ArrayList<>();
        TokenBuffer part = new TokenBuffer();
        part.addAll(opening());
        int length = tokens.length;
        if (length > 0 && tokens[length - 1] == SpecialToken.END_OF_TEXT.id()) {
            length--; // it ends no message
        }
        for (int i = 0; i < length; i++) {
            part.add(tokens[i]);
            boolean isEnd = SpecialToken.find(tokens[i])
                    .filter(SpecialToken::endsMessage)
                    .isPresent();
            if (isEnd || i == length - 1) {
                parts.add(part.toArray());
                part.clear();
            }
        }
        return parts;
    }

    /** Returns the tokens of a message with the token that ends it in a conversation. */
    private int[] closed(int[] part, Message message) {
        Optional<SpecialToken> end = SpecialToken.find(part[part.length - 1]).filter(SpecialToken::endsMessage);
        if (end.isEmpty()) {
            int[] longer = Arrays.copyOf(part, part.length + 1);
            longer[part.length] = (message.isToolCall() ? SpecialToken.CALL : SpecialToken.END).id();
            return longer;
        }
        if (end.get() == SpecialToken.RETURN && !keepsReturn) {
            int[] other = part.clone();
            other[part.length - 1] = SpecialToken.END.id();
            return other;
        }
        return part;
    }

    private static boolean isAssistants(Message message) {
        return message.author().role() == Role.ASSISTANT;
    }

    /** Returns all that was said, also what prompts leave out. */
    public Conversation conversation() {
        return new Conversation(
                segments.stream().flatMap(segment -> segment.messages.stream()).toList());
    }

    /** Returns the tokens of the next prompt: all that was said but what the policy leaves out, and the start of the assistant's message. */
    public int[] prompt() {
        Set<Integer> dropped = new HashSet<>(options.analysisPolicy().dropped(conversation()));
        TokenBuffer prompt = new TokenBuffer();
        int index = 0;
        for (Segment segment : segments) {
            boolean isLeftOut = true;
            for (int i = 0; i < segment.messages.size(); i++) {
                isLeftOut &= dropped.contains(index++);
            }
            if (!isLeftOut) {
                prompt.addAll(segment.tokens);
            }
        }
        prompt.addAll(opening());
        return prompt.toArray();
    }

    /** Returns how a prompt ends. */
    private int[] opening() {
        return renderer.renderForCompletion(Conversation.of(), Role.ASSISTANT);
    }

    /** Returns the number of messages, for human readers. */
    @Override
    public String toString() {
        return conversation().messages().size() + " messages";
    }
}
