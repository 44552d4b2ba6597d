package io.harmony4j.tokenizer;

import org.jspecify.annotations.Nullable;

/** All that encoding looks up, made once from the vocabulary. Immutable and thread-safe. */
final class Tables {
    private final Vocabulary vocabulary;
    private final PieceTable pieces;
    private final MergeTable merges;

    /** Made when the first long piece comes, which for many programs is never. */
    private volatile @Nullable LongestMatch matches;

    Tables(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        pieces = new PieceTable(vocabulary);
        merges = new MergeTable(vocabulary, pieces);
    }

    /** Returns the tables of o200k, which o200k_base and o200k_harmony share. */
    static Tables o200k() {
        return O200k.TABLES;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    PieceTable pieces() {
        return pieces;
    }

    MergeTable merges() {
        return merges;
    }

    LongestMatch matches() {
        LongestMatch made = matches;
        if (made == null) {
            made = new LongestMatch(vocabulary); // two threads may both make it, of which one is forgotten
            matches = made;
        }
        return made;
    }

    private static final class O200k {
        static final Tables TABLES = new Tables(Vocabulary.load());
    }
}
