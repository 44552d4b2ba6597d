package io.harmony4j.grammar;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a text begins with by a walk through a trie, where that is known of a similar text: only where the two differ is the trie visited. One walk;
 * not thread-safe.
 */
final class InteriorWalk {
    private final Regexes regexes;
    private final Interiors.Interior similar;
    private final TokenTrie trie;
    private final int alike;
    private final @Nullable Regex[] path = new Regex[Regexes.HORIZON + 1]; // by depth
    private final @Nullable Regex[] similarPath = new Regex[Regexes.HORIZON + 1];

    /** The tokens, once they are others than the similar text's. */
    private TokenMask.@Nullable Builder changed;

    /** The nodes at which the text may end while tokens go on, in ascending order. */
    private int[] ends;

    private int count;

    /** How many ends of the similar text have been passed: those before the node that the walk has come to. */
    private int passed;

    /**
     * @param similarText a similar text; the empty set if nothing is known
     * @param similar what that begins with
     */
    InteriorWalk(Regexes regexes, Regex text, Similar similarText, Interiors.Interior similar) {
        this.regexes = regexes;
        this.similar = similar;
        this.trie = similar.trie();
        this.alike = similarText.alike();
        this.ends = new int[similar.ends().length + 16];
        path[0] = text;
        similarPath[0] = similarText.text();
    }

    Interiors.Interior interior() {
        for (int value = 0; value < 256; value++) {
            boolean same = regexes.derivative(path[0], value) == regexes.derivative(similarPath[0], value);
            if (!same && trie.first(value) != TokenTrie.NO_TOKEN) {
                walk(trie.first(value));
            }
        }
        passEnds(trie.size(), true);
        TokenMask tokens = changed == null ? similar.tokens() : changed.build();
        boolean isSame = Arrays.equals(ends, 0, count, similar.ends(), 0, similar.ends().length);
        return isSame ? similar.withTokens(tokens) : new Interiors.Interior(tokens, trie, Arrays.copyOf(ends, count));
    }

    /** Walks through the tokens that begin with a node. */
    private void walk(int first) {
        int last = trie.end(first);
        for (int node = first; node < last; ) {
            if (trie.longest(node) <= alike) {
                node = trie.end(node);
                continue;
            }
            int depth = trie.depth(node);
            Regex at = regexes.derivative(path[depth], trie.label(node));
            Regex similarAt = regexes.derivative(similarPath[depth], trie.label(node));
            if (at == similarAt) {
                node = trie.end(node);
                continue;
            }
            boolean isSimilarDead = regexes.isEmpty(similarAt);
            passEnds(node, true);
            if (regexes.isEmpty(at)) {
                passEnds(trie.end(node), false);
                if (!isSimilarDead) {
                    removeAll(node);
                }
                node = trie.end(node);
            } else {
                passEnds(node + 1, false);
                if (isSimilarDead && trie.token(node) != TokenTrie.NO_TOKEN) {
                    tokens().add(trie.token(node));
                }
                if (at.nullable() && trie.end(node) > node + 1) {
                    addEnd(node);
                }
                path[depth + 1] = at;
                similarPath[depth + 1] = similarAt;
                node++;
            }
        }
    }

    /** Passes the similar text's ends before a node, which are the text's as well, or not. */
    private void passEnds(int node, boolean same) {
        int[] all = similar.ends();
        int first = passed;
        while (passed < all.length && all[passed] < node) {
            passed++;
        }
        if (same && passed > first) {
            ends = Arrays.copyOf(ends, Math.max(ends.length, count + passed - first));
            System.arraycopy(all, first, ends, count, passed - first);
            count += passed - first;
        }
    }

    private void addEnd(int node) {
        ends = count == ends.length ? Arrays.copyOf(ends, 2 * count) : ends;
        ends[count++] = node;
    }

    /** Removes the tokens that begin with a node. */
    private void removeAll(int first) {
        for (int node = first; node < trie.end(first); node++) {
            if (trie.token(node) != TokenTrie.NO_TOKEN) {
                tokens().remove(trie.token(node));
            }
        }
    }

    private TokenMask.Builder tokens() {
        TokenMask.Builder tokens = changed;
        if (tokens == null) {
            tokens = new TokenMask.Builder();
            tokens.addAll(similar.tokens());
            changed = tokens;
        }
        return tokens;
    }
}
