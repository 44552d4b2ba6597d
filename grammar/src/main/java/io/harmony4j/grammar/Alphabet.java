package io.harmony4j.grammar;

import io.harmony4j.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * The tokens that consist of certain characters. Where a text is free for characters of an alphabet, all its tokens up to a length are allowed, and only
 * the others have to be tried. Thread-safe.
 */
final class Alphabet {
    /** The characters: what a JSON string may have without an escape, and what names are made of. */
    static final CodePointSet STRING =
            CodePointSet.of(0, 0x1F).or(CodePointSet.of("\"\\")).not();

    static final CodePointSet NAME = CodePointSet.of('a', 'z')
            .or(CodePointSet.of('A', 'Z'))
            .or(CodePointSet.of('0', '9'))
            .or(CodePointSet.of("_-. "));

    static final CodePointSet LETTERS_AND_DIGITS =
            CodePointSet.of('a', 'z').or(CodePointSet.of('A', 'Z')).or(CodePointSet.of('0', '9'));

    static final CodePointSet SMALL_LETTERS = CodePointSet.of('a', 'z');

    private final CodePointSet characters;

    /** The length of each token in characters of this alphabet, up to 128, unsigned; 0 for those that have others. */
    private final byte[] lengths;

    private final TokenTrie others;
    private final int[] nodesOfAll; // by node of the others: the node of the trie of all tokens with the same bytes
    private final AtomicReferenceArray<TokenMask> masks = new AtomicReferenceArray<>(Regexes.HORIZON + 1);

    /**
     * @param all the trie of all tokens
     * @param tokens the number of tokens
     */
    Alphabet(Tokenizer tokenizer, CodePointSet characters, TokenTrie all, int tokens) {
        this.characters = characters;
        this.lengths = new byte[tokens];
        for (int id = 0; id < tokens; id++) {
            lengths[id] = (byte) characterCount(tokenizer.decodeBytes(id));
        }
        this.others = new TokenTrie(
                tokenizer,
                IntStream.range(0, tokens).filter(id -> lengths[id] == 0).toArray());
        this.nodesOfAll = others.nodesOf(all);
    }

    private int characterCount(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean isText = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
        return isText && text.codePoints().allMatch(c -> characters.containsAll(c, c))
                ? text.codePointCount(0, text.length())
                : 0;
    }

    /** Returns the node of the trie of all tokens that has the same bytes as a node of the others. */
    int nodeOfAll(int node) {
        return nodesOfAll[node];
    }

    /** Returns the characters. */
    CodePointSet characters() {
        return characters;
    }

    /** Returns the ordinary tokens that have other characters. */
    TokenTrie others() {
        return others;
    }

    /** Returns the tokens of at most so many characters; {@link Regexes#UNBOUNDED} for all. */
    TokenMask upTo(int limit) {
        int length = Math.min(limit, Regexes.HORIZON);
        TokenMask known = masks.get(length);
        if (known != null) {
            return known;
        }
        TokenMask.Builder tokens = new TokenMask.Builder();
        for (int id = 0; id < lengths.length; id++) {
            if (lengths[id] != 0 && Byte.toUnsignedInt(lengths[id]) <= length) {
                tokens.add(id);
            }
        }
        TokenMask made = tokens.build();
        masks.set(length, made);
        return made;
    }
}
