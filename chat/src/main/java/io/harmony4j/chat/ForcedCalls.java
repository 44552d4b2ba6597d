package io.harmony4j.chat;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.LogitsProcessor;
import io.harmony4j.generation.PromptTooLongException;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.parser.HarmonyFormatException;
import io.harmony4j.parser.Header;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.StreamParser;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A generator whose turns call a tool, whether the model would or not: {@code tool_choice: "required"}, for any generator.
 *
 * <pre>{@code
 * TokenGenerator forced = new ForcedCalls(generator, tokenizer, List.of(Recipient.function("get_weather")));
 * }</pre>
 *
 * <p>The model thinks as long as it likes, or as {@link #withMaxThoughtTokens} says. Where it begins a message that is neither a thought nor a call of one of the tools, or ends its
 * turn, it is cut off, and goes on from the beginning of a call: from {@code <|channel|>commentary to=functions.} if there are several
 * tools, so that it chooses one, or from the whole header if there is one. If what it then writes is the name of none, it goes on once
 * more, from the whole header of the tool that the name means ({@link Recipient#among}), or else of the first. So there are three
 * generations at most, the later ones with a longer prompt. Built-in tools, whose calls begin otherwise, are forced only if there are no
 * others. After the header of a call nothing is changed, and more calls may follow.
 *
 * <p>Prompts must end with {@code <|start|>assistant}. The tokens that the model did not choose are given out and count as generated, but
 * have no log-probability; what was cut off is neither given out nor counted. Headers are given out when they are complete. The limit of
 * tokens holds for all generations together: a call that no longer fits into it is not begun, and the turn ends with {@link
 * FinishReason#LENGTH}. Immutable; does as many generations at a time as its generator.
 */
public final class ForcedCalls implements TokenGenerator {
    private static final String OPENING = SpecialToken.START.literal() + Role.ASSISTANT.wireName();

    /** A header that is longer will not become the call of a tool. */
    private static final int MAX_HEADER_TOKENS = 512;

    private final TokenGenerator generator;
    private final Tokenizer tokenizer;
    private final Set<Recipient> tools;

    /** Those of the tools of which one is put into the model's mouth: not the built-in ones, unless there are no others. */
    private final List<Recipient> forcedTools;

    /** What the headers of their calls begin with; all of it if there is one tool. */
    private final String commonHeader;

    private final int maxThoughtTokens;

    /**
     * Makes a generator.
     *
     * @param tokenizer the tokenizer of the prompts
     * @param tools the tools, one of which must be called
     * @throws IllegalArgumentException if there are none
     */
    public ForcedCalls(TokenGenerator generator, Tokenizer tokenizer, Collection<Recipient> tools) {
        this(generator, tokenizer, tools, Integer.MAX_VALUE);
    }

    private ForcedCalls(
            TokenGenerator generator, Tokenizer tokenizer, Collection<Recipient> tools, int maxThoughtTokens) {
        this.generator = requireNonNull(generator, "generator");
        this.tokenizer = requireNonNull(tokenizer, "tokenizer");
        this.tools = new LinkedHashSet<>(requireNonNull(tools, "tools"));
        if (this.tools.isEmpty()) {
            throw new IllegalArgumentException("expected tools, of which one must be called, but found none");
        }
        List<Recipient> declared =
                this.tools.stream().filter(tool -> !tool.isBuiltIn()).toList();
        this.forcedTools = declared.isEmpty() ? List.copyOf(this.tools) : declared;
        this.commonHeader = forcedTools.stream()
                .map(ForcedCalls::callHeader)
                .reduce(ForcedCalls::common)
                .orElseThrow();
        this.maxThoughtTokens = maxThoughtTokens;
    }

    /**
     * Returns a copy in which thoughts have so many tokens together, counted from the text of the first one on, with what stands between them; there the model
     * is cut off, so that there is room for the call.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public ForcedCalls withMaxThoughtTokens(int tokens) {
        if (tokens < 0) {
            throw new IllegalArgumentException("expected at least 0 tokens of thoughts but found " + tokens);
        }
        return new ForcedCalls(generator, tokenizer, tools, tokens);
    }

    /** Returns what stands between the role and the arguments of a call, as the models write it: the channel comes first. */
    private static String callHeader(Recipient tool) {
        Message call = Message.call(tool, "");
        return SpecialToken.CHANNEL.literal() + requireNonNull(call.channel()).name() + " to=" + tool.name() + " "
                + requireNonNull(call.contentType()).text() + SpecialToken.MESSAGE.literal();
    }

    /** Returns what two headers begin with, without the beginning of a name. */
    private static String common(String header, String other) {
        int end = 0;
        while (end < Math.min(header.length(), other.length()) && header.charAt(end) == other.charAt(end)) {
            end++;
        }
        while (".=>".indexOf(header.charAt(end - 1)) < 0) { // a header begins with <|channel|>
            end--;
        }
        return header.substring(0, end);
    }

    @Override
    public Generation generate(int[] prompt, GenerationOptions options, Consumer<GeneratedToken> tokens) {
        return new Turn(prompt, options, tokens).generate();
    }

    /**
     * One turn on its way.
     *
     * <pre>
     * HEADER --of a thought--> THOUGHT --end--> BETWEEN --start--> HEADER
     * HEADER --of a call of one of the tools--> CALLED
     * any but CALLED --anything else--> CUT
     * </pre>
     */
    private final class Turn {
        private final int[] prompt;
        private final GenerationOptions options;
        private final Consumer<GeneratedToken> tokens;
        private volatile State state = State.HEADER; // asked by whoever computes

        /** What has been given out. */
        private final List<Integer> given = new ArrayList<>();

        /** What is held back until the header that it belongs to is complete. */
        private final List<GeneratedToken> held = new ArrayList<>();

        private int timesForced;
        private boolean hasThought;

        /** How many tokens came since the text of the first thought began. */
        private int thoughtTokens;

        private enum State {
            HEADER,
            THOUGHT,
            BETWEEN,
            CALLED,
            /** The model is cut off: what it began is no call of one of the tools. */
            CUT
        }

        Turn(int[] prompt, GenerationOptions options, Consumer<GeneratedToken> tokens) {
            this.prompt = requireNonNull(prompt, "prompt");
            this.options = requireNonNull(options, "options");
            this.tokens = requireNonNull(tokens, "tokens");
        }

        Generation generate() {
            Generation first = next();
            FinishReason reason = first.finishReason();
            Duration decodeTime = first.decodeTime();
            while (isToBeForced(reason)) {
                if (options.isCancelled()) {
                    reason = FinishReason.CANCELLED;
                    break;
                }
                if (!force()) {
                    reason = FinishReason.LENGTH;
                    break;
                }
                try {
                    Generation more = next();
                    reason = more.finishReason();
                    decodeTime = decodeTime.plus(more.prefillTime()).plus(more.decodeTime());
                } catch (PromptTooLongException e) { // the turn has come to the end of the context
                    reason = FinishReason.LENGTH;
                }
            }
            if (state != State.CUT) {
                release();
            }
            return Generation.of(ids(given), reason, prompt.length)
                    .withCachedTokens(first.cachedTokens())
                    .withTimes(first.prefillTime(), decodeTime);
        }

        /** Returns whether there is no call, and it was not for a limit or for the caller that generation ended. */
        private boolean isToBeForced(FinishReason reason) {
            boolean isEnded = reason != FinishReason.LENGTH && reason != FinishReason.CANCELLED;
            return state == State.CUT || (isEnded && state != State.CALLED);
        }

        /** Lets the model go on from what there is. */
        private Generation next() {
            List<Integer> before = new ArrayList<>(given);
            held.forEach(token -> before.add(token.id()));
            if (before.isEmpty()) {
                return generator.generate(prompt, cuttable(options), this::accept);
            }
            int[] longer = new int[prompt.length + before.size()];
            System.arraycopy(prompt, 0, longer, 0, prompt.length);
            System.arraycopy(ids(before), 0, longer, prompt.length, before.size());
            GenerationOptions rest = options.withMaxTokens(options.maxTokens() - before.size())
                    .withLogitsProcessor(() -> {
                        LogitsProcessor processor = options.newLogitsProcessor();
                        before.forEach(processor::accept);
                        return processor;
                    });
            return generator.generate(longer, cuttable(rest), this::accept);
        }

        private GenerationOptions cuttable(GenerationOptions wanted) {
            return wanted.withCancelled(() -> state == State.CUT);
        }

        private void accept(GeneratedToken token) {
            int counted = hasThought ? 1 : 0;
            state = switch (state) {
                case HEADER -> header(token);
                case THOUGHT -> thought(token);
                case BETWEEN -> between(token);
                case CALLED -> {
                    give(token);
                    yield State.CALLED;
                }
                case CUT -> State.CUT;
            };
            thoughtTokens += counted;
        }

        private State header(GeneratedToken token) {
            held.add(token);
            Optional<SpecialToken> special = SpecialToken.find(token.id());
            if (special.isEmpty()) {
                return held.size() > MAX_HEADER_TOKENS ? State.CUT : State.HEADER;
            }
            return switch (special.get()) {
                case CHANNEL, CONSTRAIN -> State.HEADER;
                case MESSAGE -> begun(heldHeader());
                default -> State.CUT;
            };
        }

        /** Decides by its header whether a message may stay. */
        private State begun(Optional<Header> header) {
            boolean isCall = header.filter(Header::isToolCall)
                    .filter(call -> tools.contains(call.recipient()))
                    .isPresent();
            boolean isThought = timesForced == 0
                    && thoughtTokens < maxThoughtTokens
                    && header.filter(Header::isReasoning).isPresent();
            if (!isCall && !isThought) {
                return State.CUT;
            }
            release();
            hasThought |= isThought;
            return isCall ? State.CALLED : State.THOUGHT;
        }

        private State thought(GeneratedToken token) {
            Optional<SpecialToken> special = SpecialToken.find(token.id());
            if (special.isPresent() ? special.get() != SpecialToken.END : thoughtTokens >= maxThoughtTokens) {
                return State.CUT;
            }
            give(token);
            return special.isPresent() ? State.BETWEEN : State.THOUGHT;
        }

        private State between(GeneratedToken token) {
            if (token.id() != SpecialToken.START.id()) {
                return State.CUT;
            }
            held.add(token);
            return State.HEADER;
        }

        /** Puts the beginning of a call in the place of what was cut off; returns whether there is room for it. */
        private boolean force() {
            String header = timesForced == 0 ? commonHeader : callHeader(meant());
            held.clear();
            timesForced++;
            StringBuilder call = new StringBuilder();
            if (!given.isEmpty()) {
                call.append(given.get(given.size() - 1) == SpecialToken.END.id() ? "" : SpecialToken.END.literal());
                call.append(OPENING);
            }
            int[] forced = tokenizer.encode(call + header, AllowedSpecial.ALL);
            if (given.size() + forced.length >= options.maxTokens()) {
                return false;
            }
            int position = prompt.length + given.size();
            for (int i = 0; i < forced.length; i++) {
                held.add(GeneratedToken.of(forced[i], position + i));
            }
            state = State.HEADER;
            if (forced[forced.length - 1] == SpecialToken.MESSAGE.id()) {
                release();
                state = State.CALLED;
            }
            return true;
        }

        /** Returns the tool that the model meant to call. */
        private Recipient meant() {
            return heldHeader()
                    .flatMap(header -> Optional.ofNullable(header.recipient()))
                    .flatMap(name -> name.among(tools))
                    .orElseGet(() -> forcedTools.get(0));
        }

        /** Returns what the header that is held back says as far as it goes, if it is one. */
        private Optional<Header> heldHeader() {
            int[] ids = ids(held.stream().map(GeneratedToken::id).toList());
            int end = ids.length;
            if (end > 0 && SpecialToken.find(ids[end - 1]).isPresent()) { // what ended it, rightly or not
                end--;
            }
            int begin = 0;
            while (begin < end && ids[begin] != SpecialToken.START.id()) {
                begin++;
            }
            StreamParser parser = new StreamParser(tokenizer, ParseOptions.DEFAULT.strict(), event -> {});
            try {
                if (begin == end) { // the first header, which begins in the prompt
                    begin = 0;
                    for (int token : tokenizer.encode(OPENING, AllowedSpecial.ALL)) {
                        parser.accept(token);
                    }
                }
                for (int i = begin; i < end; i++) {
                    parser.accept(ids[i]);
                }
                parser.accept(SpecialToken.MESSAGE.id());
                parser.finish();
                return parser.messages().stream().findFirst().map(Header::of);
            } catch (HarmonyFormatException e) {
                return Optional.empty();
            }
        }

        private void release() {
            held.forEach(this::give);
            held.clear();
        }

        private void give(GeneratedToken token) {
            given.add(token.id());
            tokens.accept(token);
        }

        private static int[] ids(List<Integer> tokens) {
            return tokens.stream().mapToInt(Integer::intValue).toArray();
        }
    }
}
