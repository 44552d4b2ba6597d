package io.harmony4j.grammar;

import io.harmony4j.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens stay within a text, and in which it ends. Where a text is free, the tokens of an {@link Alphabet} are taken as a whole; the others are tried in
 * the order of a trie. Not thread-safe.
 */
final class Interiors {
    /** What belongs to the vocabulary; made once. */
    private static final class Vocabulary {
        /** The first id that is not an ordinary token. */
        private static final int FIRST_CONTROL = 199_998;

        static final TokenTrie ALL = new TokenTrie(
                Tokenizer.o200kHarmony(), IntStream.range(0, FIRST_CONTROL).toArray());
        static final TokenMask ORDINARY = ordinary();
        static final List<Alphabet> ALPHABETS = List.of(
                new Alphabet(Tokenizer.o200kHarmony(), Alphabet.STRING, FIRST_CONTROL),
                new Alphabet(Tokenizer.o200kHarmony(), Alphabet.NAME, FIRST_CONTROL),
                new Alphabet(Tokenizer.o200kHarmony(), Alphabet.LETTERS_AND_DIGITS, FIRST_CONTROL),
                new Alphabet(Tokenizer.o200kHarmony(), Alphabet.SMALL_LETTERS, FIRST_CONTROL));

        private static TokenMask ordinary() {
            TokenMask.Builder tokens = new TokenMask.Builder();
            IntStream.range(0, FIRST_CONTROL).forEach(tokens::add);
            return tokens.build();
        }
    }

    /** The interiors of texts that all grammars have in common. */
    private static final Map<Regex, Interior> COMMON = new ConcurrentHashMap<>();

    private final Regexes regexes;
    private final Map<Alphabet, Runway> runways = new LinkedHashMap<>();
    private final Map<Regex, Interior> known = new HashMap<>();

    /** What a text begins with, as far as tokens go. */
    static final class Interior {
        private final TokenMask tokens;
        private final TokenTrie trie;
        private final int[] ends;

        private Interior(TokenMask tokens, TokenTrie trie, int... ends) {
            this.tokens = SharedMasks.shared(tokens);
            this.trie = trie;
            this.ends = ends;
        }

        /** Returns the tokens with which the text begins, or that are the whole of it. */
        TokenMask tokens() {
            return tokens;
        }

        /** Returns a trie of all tokens in which the text may end before the token does, and others. */
        TokenTrie trie() {
            return trie;
        }

        /** Returns the nodes of that trie with which the text may end while tokens go on; not to be changed. */
        int[] ends() {
            return ends;
        }
    }

    Interiors(Regexes regexes) {
        this.regexes = regexes;
        for (Alphabet alphabet : Vocabulary.ALPHABETS) {
            runways.put(alphabet, new Runway(regexes, CommonTexts.character(alphabet)));
        }
    }

    /** Returns a trie of all ordinary tokens. */
    static TokenTrie allTokens() {
        return Vocabulary.ALL;
    }

    /** Returns what a text begins with. */
    Interior of(Regex text) {
        Map<Regex, Interior> map = regexes.isCommon(text) ? COMMON : known;
        Interior found = map.get(text);
        if (found == null) {
            found = find(text);
            map.put(text, found);
        }
        return found;
    }

    private Interior find(Regex text) {
        if (text == regexes.anything()) {
            return new Interior(Vocabulary.ORDINARY, Vocabulary.ALL);
        }
        for (Map.Entry<Alphabet, Runway> entry : runways.entrySet()) {
            int free = entry.getValue().of(text);
            if (free > 0) {
                TokenMask.Builder tokens = new TokenMask.Builder();
                tokens.addAll(entry.getKey().upTo(free));
                return walk(text, entry.getKey().others(), tokens);
            }
        }
        return walk(text, Vocabulary.ALL, new TokenMask.Builder());
    }

    private Interior walk(Regex text, TokenTrie trie, TokenMask.Builder tokens) {
        int[] ends = new int[16];
        int count = 0;
        @Nullable Regex[] path = new Regex[Regexes.HORIZON + 1]; // by depth
        path[0] = text;
        for (int node = 0; node < trie.size(); ) {
            int depth = trie.depth(node);
            Regex at = regexes.derivative(path[depth], trie.label(node));
            if (regexes.isEmpty(at)) {
                node = trie.end(node);
            } else {
                if (trie.token(node) != TokenTrie.NO_TOKEN) {
                    tokens.add(trie.token(node));
                }
                if (at.nullable() && trie.end(node) > node + 1) {
                    ends = count == ends.length ? Arrays.copyOf(ends, 2 * count) : ends;
                    ends[count++] = node;
                }
                path[depth + 1] = at;
                node++;
            }
        }
        return new Interior(tokens.build(), trie, Arrays.copyOf(ends, count));
    }
}
