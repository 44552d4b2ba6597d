package io.harmony4j.grammar;

import io.harmony4j.tokenizer.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The tokens that must come because the grammar leaves no choice of text. Text that is forced is cut into tokens as the tokenizer cuts it. If it may go on, its
 * last tokens are not forced as long as one token could have them and what comes after: a model writes the longer one. Not thread-safe.
 */
final class ForcedTokens {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final int NONE = -1;

    /** How many of the last tokens may become part of another token. */
    private static final int LOOK_BACK = 4;

    /** The most forced text that is looked at, in bytes. */
    private static final int MAX_BYTES = 4096;

    private final Automaton automaton;

    ForcedTokens(Automaton automaton) {
        this.automaton = automaton;
    }

    /**
     * Writes forced tokens into an array, as many as it has room for.
     *
     * @param before the last tokens of the same text, for where it is cut
     * @return how many
     */
    int find(Configuration start, int[] before, int[] into) {
        int count = 0;
        Configuration at = start;
        int[] context = before;
        while (count < into.length && !at.isComplete()) {
            int control = onlyControl(at);
            if (control != NONE) {
                into[count++] = control;
                at = automaton.afterControl(at, control);
                context = new int[0];
                continue;
            }
            ByteArrayOutputStream forced = new ByteArrayOutputStream();
            Configuration end = follow(at, forced);
            int[] tokens = cut(context, forced.toByteArray());
            int whole = isTextPossible(end) ? withoutOpenEnd(tokens, end) : tokens.length;
            int taken = Math.min(whole, into.length - count);
            System.arraycopy(tokens, 0, into, count, taken);
            count += taken;
            if (taken == 0 || taken < tokens.length) {
                break;
            }
            at = end;
            context = tokens;
        }
        return count;
    }

    /** Returns where the bytes lead that must come, and writes them. */
    private Configuration follow(Configuration start, ByteArrayOutputStream forced) {
        Configuration at = start;
        int value = onlyByte(at);
        while (value != NONE && forced.size() < MAX_BYTES) {
            forced.write(value);
            at = automaton.next(at, value);
            value = onlyByte(at);
        }
        return at;
    }

    private int onlyByte(Configuration at) {
        if (at.isComplete() || at.stacks().stream().anyMatch(stack -> stack.top() instanceof ControlToken)) {
            return NONE;
        }
        int only = NONE;
        for (int value = 0; value < 256; value++) {
            if (!automaton.next(at, value).isDead()) {
                if (only != NONE) {
                    return NONE;
                }
                only = value;
            }
        }
        return only;
    }

    private static int onlyControl(Configuration at) {
        if (at.isComplete() || isTextPossible(at)) {
            return NONE;
        }
        int[] ids = at.stacks().stream()
                .mapToInt(stack -> ((ControlToken) stack.top()).id())
                .distinct()
                .toArray();
        return ids.length == 1 ? ids[0] : NONE;
    }

    private static boolean isTextPossible(Configuration at) {
        return at.stacks().stream().anyMatch(stack -> Automaton.text(stack) != null);
    }

    /** Returns the tokens of a text as they are after others of the same text, or those of the text alone if it changes the others. */
    private static int[] cut(int[] before, byte[] text) {
        byte[] context = TOKENIZER.decodeBytes(before);
        byte[] both = Arrays.copyOf(context, context.length + text.length);
        System.arraycopy(text, 0, both, context.length, text.length);
        int[] tokens = TOKENIZER.encode(both);
        return Arrays.mismatch(tokens, before) == before.length || before.length == 0
                ? Arrays.copyOfRange(tokens, before.length, tokens.length)
                : TOKENIZER.encode(text);
    }

    /** Returns how many tokens are forced if the last ones may be part of longer ones. */
    private int withoutOpenEnd(int[] tokens, Configuration end) {
        for (int from = Math.max(0, tokens.length - LOOK_BACK); from < tokens.length; from++) {
            byte[] tail = TOKENIZER.decodeBytes(Arrays.copyOfRange(tokens, from, tokens.length));
            if (tail.length < Regexes.HORIZON && isPartOfLonger(tail, end)) {
                return from;
            }
        }
        return tokens.length;
    }

    private boolean isPartOfLonger(byte[] beginning, Configuration end) {
        TokenTrie trie = Interiors.allTokens();
        int found = trie.find(beginning);
        if (found == TokenTrie.NO_TOKEN) {
            return false;
        }
        TokenMask.Builder longer = new TokenMask.Builder();
        automaton.walk(end, new Continuations(trie, found), longer);
        return longer.build().size() > 0;
    }
}
