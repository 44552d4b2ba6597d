package io.harmony4j.grammar;

import io.harmony4j.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
        static final List<Alphabet> ALPHABETS = Stream.of(
                        Alphabet.STRING, Alphabet.NAME, Alphabet.LETTERS_AND_DIGITS, Alphabet.SMALL_LETTERS)
                .map(characters -> new Alphabet(Tokenizer.o200kHarmony(), characters, ALL, FIRST_CONTROL))
                .toList();

        private static TokenMask ordinary() {
            TokenMask.Builder tokens = new TokenMask.Builder();
            IntStream.range(0, FIRST_CONTROL).forEach(tokens::add);
            return tokens.build();
        }
    }

    /** The interiors of texts that all grammars have in common. */
    private static final Map<Regex, Interior> COMMON = new ConcurrentHashMap<>();

    /** The interiors of common texts from which those of others differ in what they must not be. */
    private static final Map<Tried, Interior> TRIED = new ConcurrentHashMap<>();

    /** A text, the tokens that were tried, and those that were known before. */
    private record Tried(Regex text, TokenTrie trie, TokenMask free) {}

    private final Regexes regexes;
    private final Map<Alphabet, Runway> runways = new HashMap<>();
    private final Map<Regex, Interior> known = new HashMap<>();

    /** What a text begins with, as far as tokens go. */
    static final class Interior {
        private final TokenMask tokens;
        private final TokenTrie trie;
        private final int[] ends;

        /** Null until it is asked for. */
        private @Nullable Continuations continuations;

        Interior(TokenMask tokens, TokenTrie trie, int... ends) {
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

        /** Returns the nodes of that trie with which the text may end while tokens go on, in ascending order; not to be changed. */
        int[] ends() {
            return ends;
        }

        /** Returns what follows in the tokens in which the text may end. */
        Continuations continuations() {
            Continuations known = continuations;
            if (known == null) {
                known = new Continuations(trie, ends);
                continuations = known;
            }
            return known;
        }

        /** Returns the same with other tokens. */
        Interior withTokens(TokenMask others) {
            Interior interior = new Interior(others, trie, ends);
            interior.continuations = continuations();
            return interior;
        }
    }

    Interiors(Regexes regexes) {
        this.regexes = regexes;
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
        Similar unlimited = Similar.withoutLimits(regexes, text);
        Alphabet strings = Vocabulary.ALPHABETS.get(0);
        int free = runway(strings, text);
        if (unlimited != null) {
            Interior known = of(unlimited.text());
            boolean isFree = free > 0 && known.trie() == strings.others();
            return walk(text, unlimited, isFree ? limited(known, strings, free) : onAllTokens(known));
        } else if (free > 0) {
            return find(text, strings.others(), strings.upTo(free));
        }
        Similar after = Similar.afterFirst(regexes, text);
        if (after != null && runway(strings, after.text()) > 0) {
            return walk(text, after, onAllTokens(of(after.text())));
        }
        for (Alphabet alphabet : Vocabulary.ALPHABETS) {
            free = runway(alphabet, text);
            if (free > 0) {
                return find(text, alphabet.others(), alphabet.upTo(free));
            }
        }
        return find(text, Vocabulary.ALL, TokenMask.NONE);
    }

    private int runway(Alphabet alphabet, Regex text) {
        return runways.computeIfAbsent(alphabet, a -> new Runway(regexes, CommonTexts.character(a)))
                .of(text);
    }

    /**
     * Returns what a text begins with.
     *
     * @param trie the tokens that have to be tried
     * @param free all others that the text begins with
     */
    private Interior find(Regex text, TokenTrie trie, TokenMask free) {
        Similar similar = Similar.withoutExceptions(regexes, text);
        if (similar == null) {
            return walk(text, new Similar(regexes.nothing(), 0), new Interior(free, trie));
        }
        Tried tried = new Tried(similar.text(), trie, free);
        Interior of = TRIED.get(tried);
        if (of == null) {
            of = find(tried.text, trie, free);
            TRIED.put(tried, of);
        }
        return walk(text, similar, of);
    }

    private Interior walk(Regex text, Similar similar, Interior known) {
        return new InteriorWalk(regexes, text, similar, known).interior();
    }

    /** Returns the same with nodes of the trie of all tokens. */
    private static Interior onAllTokens(Interior interior) {
        for (Alphabet alphabet : Vocabulary.ALPHABETS) {
            if (interior.trie() == alphabet.others()) {
                int[] ends =
                        Arrays.stream(interior.ends()).map(alphabet::nodeOfAll).toArray();
                return new Interior(interior.tokens(), Vocabulary.ALL, ends);
            }
        }
        return interior;
    }

    /** Returns the same with tokens of an alphabet up to a length only, in characters. */
    private static Interior limited(Interior interior, Alphabet alphabet, int length) {
        TokenMask.Builder tokens = new TokenMask.Builder();
        tokens.addAll(interior.tokens());
        tokens.removeAll(alphabet.upTo(Regexes.UNBOUNDED));
        tokens.addAll(alphabet.upTo(length));
        return interior.withTokens(tokens.build());
    }
}
