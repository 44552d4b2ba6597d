package io.harmony4j.grammar;

import static java.util.Objects.requireNonNull;

import io.harmony4j.SpecialToken;
import io.harmony4j.generation.LogitsProcessor;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows one generation by a grammar: what may come next, and what came. Not thread-safe; {@link #fork} gives one for each continuation of the same
 * beginning.
 *
 * <pre>{@code
 * GrammarMatcher matcher = grammar.newMatcher();
 * while (!matcher.mustStop()) {
 *     matcher.accept(sample(logits, matcher.mask()));
 * }
 * }</pre>
 */
public final class GrammarMatcher implements LogitsProcessor {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    /** How many tokens before forced text decide how it is cut. */
    private static final int CONTEXT = 8;

    private final HarmonyGrammar grammar;
    private final byte[] bytes = new byte[Regexes.HORIZON]; // of the token that is looked at
    private Step step;

    /**
     * Where the tokens so far have led; matchers with the same beginning have its steps in common.
     *
     * @param isThought whether the last message whose text has begun is a thought
     * @param thoughts how many tokens there are from the text of each thought to the next text
     */
    private record Step(
            Configuration at,
            int token,
            int length,
            boolean isThought,
            int thoughts,
            @Nullable Step before) {}

    GrammarMatcher(HarmonyGrammar grammar) {
        this(grammar, new Step(grammar.start(), -1, 0, false, 0, null));
    }

    private GrammarMatcher(HarmonyGrammar grammar, Step step) {
        this.grammar = grammar;
        this.step = step;
    }

    /** Returns the grammar by which it goes. */
    public HarmonyGrammar grammar() {
        return grammar;
    }

    /** Returns whether a token may come next. */
    public boolean allows(int id) {
        if (mustEndThought()) {
            return id == SpecialToken.END.id();
        }
        return !after(id).isDead();
    }

    /** Returns the tokens that may come next. */
    public TokenMask mask() {
        return mustEndThought() ? grammar.endOfMessage() : grammar.masks().of(step.at);
    }

    /**
     * Takes the token that came.
     *
     * @throws IllegalArgumentException if it may not come; nothing has changed then
     */
    @Override
    public void accept(int id) {
        Configuration next = after(id);
        if (next.isDead() || (mustEndThought() && id != SpecialToken.END.id())) {
            throw new IllegalArgumentException("expected " + Expectation.of(grammar, step.at) + " but found "
                    + Expectation.token(id) + " at token " + step.length);
        }
        if (mustEndThought()) {
            next = grammar.afterLastThought(step.at);
        }
        boolean isThought = id == SpecialToken.MESSAGE.id() ? grammar.isInThought(next) : step.isThought;
        step = new Step(next, id, step.length + 1, isThought, step.thoughts + (step.isThought ? 1 : 0), step);
    }

    /**
     * Makes the logits of all tokens that may not come negative infinity.
     *
     * @throws IllegalStateException if nothing may come any more, since the turn is over
     */
    @Override
    public void process(float[] logits) {
        requireNonNull(logits, "logits");
        if (mustStop()) {
            throw new IllegalStateException("expected the generation to end after token " + (step.length - 1)
                    + ", with which the turn is complete; give the generation its stop tokens");
        }
        mask().applyTo(logits);
    }

    /**
     * Writes the tokens that must come next because the grammar leaves no choice, as many as an array has room for; they are not accepted by that. Text is cut
     * into tokens as the tokenizer cuts it, and is not forced as far as a longer token could begin with its end.
     *
     * @return how many
     */
    public int forcedTokens(int[] into) {
        requireNonNull(into, "into");
        if (mustEndThought()) {
            if (into.length > 0) {
                into[0] = SpecialToken.END.id();
            }
            return Math.min(into.length, 1);
        }
        return new ForcedTokens(grammar.automaton()).find(step.at, lastOfText(), into);
    }

    /**
     * Writes what may still come in the notation of another runtime, for a generation that goes on from a prompt and what came after it. What came may end
     * in or after a header.
     *
     * <pre>{@code
     * matcher.accept(callHeader);
     * matcher.export(ExportFormat.GBNF); // the arguments of the call
     * }</pre>
     *
     * @throws IllegalArgumentException if content has begun, since the rest of it cannot be said, if nothing must come, or as {@link HarmonyGrammar#export}
     */
    public GrammarExport export(ExportFormat format) {
        requireNonNull(format, "format");
        if (step.before == null) {
            return grammar.export(format);
        }
        if (isComplete()) {
            throw new IllegalArgumentException("expected a turn that must go on but found one that is complete");
        }
        List<TurnForm.Part> beginning = new ArrayList<>();
        Step from = step;
        for (; from.before != null && !endsMessage(from.token); from = from.before) {
            if (from.token == SpecialToken.MESSAGE.id() && from.length < step.length) {
                throw new IllegalArgumentException(
                        "expected a message without content so far, since the rest of it cannot be said, but found "
                                + (step.length - from.length) + " tokens of content");
            }
            beginning.add(0, part(from.token));
        }
        boolean hasCalled = false;
        for (Step at = from; at.before != null; at = at.before) {
            hasCalled |= at.token == SpecialToken.MESSAGE.id() && !at.isThought;
        }
        return grammar.exportAfter(format, from.before == null, hasCalled, TurnForm.joined(beginning));
    }

    private static boolean endsMessage(int token) {
        return SpecialToken.find(token).filter(SpecialToken::endsMessage).isPresent();
    }

    private static TurnForm.Part part(int token) {
        return SpecialToken.find(token)
                .<TurnForm.Part>map(TurnForm.Token::new)
                .orElseGet(() -> new TurnForm.Text(TOKENIZER.decode(token)));
    }

    /** Returns the last tokens since the last control token. */
    private int[] lastOfText() {
        int count = 0;
        Step at = step;
        for (; count < CONTEXT && at.before != null && !TOKENIZER.isSpecial(at.token); at = at.before) {
            count++;
        }
        int[] tokens = new int[count];
        for (Step from = step; count > 0 && from != null; from = from.before) {
            tokens[--count] = from.token;
        }
        return tokens;
    }

    /** Returns whether what came so far may be all. */
    public boolean isComplete() {
        return step.at.isComplete();
    }

    /** Returns whether nothing may come any more. */
    public boolean mustStop() {
        return step.at.isEnd();
    }

    /** Returns how many tokens came. */
    public int length() {
        return step.length;
    }

    /** Returns a matcher that has come as far as this one and goes its own way. */
    public GrammarMatcher fork() {
        return new GrammarMatcher(grammar, step);
    }

    /**
     * Takes back the last tokens.
     *
     * @throws IllegalArgumentException if there are not so many
     */
    public void rollback(int tokens) {
        if (tokens < 0 || tokens > step.length) {
            throw new IllegalArgumentException(
                    "expected 0 to " + step.length + " tokens to take back but found " + tokens);
        }
        for (int i = 0; i < tokens; i++) {
            step = requireNonNull(step.before);
        }
    }

    /** Returns where the tokens so far have led. */
    Configuration configuration() {
        return step.at;
    }

    private boolean mustEndThought() {
        return step.thoughts >= grammar.maxAnalysisTokens() && step.isThought && grammar.isInThought(step.at);
    }

    /** Returns where a token leads. */
    private Configuration after(int id) {
        Automaton automaton = grammar.automaton();
        if (!TOKENIZER.isToken(id) || TOKENIZER.isSpecial(id)) {
            return automaton.afterControl(step.at, id);
        }
        int length = TOKENIZER.copyBytes(id, bytes, 0);
        Configuration at = step.at;
        for (int i = 0; i < length && !at.isDead(); i++) {
            at = automaton.next(at, bytes[i] & 0xFF);
        }
        return at;
    }
}
