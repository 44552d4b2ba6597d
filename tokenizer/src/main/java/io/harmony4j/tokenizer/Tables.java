package io.harmony4j.tokenizer;

import org.jspecify.annotations.Nullable;

/**
 * All that encoding looks up, made from the vocabulary when it is first asked for: callers who only decode need none of it. If two
 * threads make the same table at once, one of the two is forgotten. Immutable to the eye and thread-safe.
 */
final class Tables {
    private final Vocabulary vocabulary;
    private volatile @Nullable PieceTable pieces;

    /** Asked for when the first piece comes that is no token. */
    private volatile @Nullable MergeTable merges;

    /** Asked for when the first long piece comes, which for many programs is never. */
    private volatile @Nullable LongestMatch matches;

    /** Makes the tables of o200k. */
    private Tables(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** Makes the tables of another vocabulary. */
    Tables(Vocabulary vocabulary, MergeTable merges, LongestMatch matches) {
        this.vocabulary = vocabulary;
        this.merges = merges;
        this.matches = matches;
    }

    /** Returns the tables of o200k, which o200k_base and o200k_harmony share. */
    static Tables o200k() {
        return O200k.TABLES;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    PieceTable pieces() {
        PieceTable made = pieces;
        if (made == null) {
            made = new PieceTable(vocabulary);
            pieces = made;
        }
        return made;
    }

    MergeTable merges() {
        MergeTable made = merges;
        if (made == null) {
            made = MergeTable.load();
            merges = made;
        }
        return made;
    }

    LongestMatch matches() {
        LongestMatch made = matches;
        if (made == null) {
            made = LongestMatch.load(vocabulary);
            matches = made;
        }
        return made;
    }

    private static final class O200k {
        static final Tables TABLES = new Tables(Vocabulary.load());
    }
}
