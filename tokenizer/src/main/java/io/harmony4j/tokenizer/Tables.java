package io.harmony4j.tokenizer;

/** All that encoding looks up, made once from the vocabulary. Immutable and thread-safe. */
record Tables(Vocabulary vocabulary, PieceTable pieces, MergeTable merges, LongestMatch matches) {
    /** Returns the tables of o200k, which o200k_base and o200k_harmony share. */
    static Tables o200k() {
        return O200k.TABLES;
    }

    static Tables of(Vocabulary vocabulary) {
        PieceTable pieces = new PieceTable(vocabulary);
        return new Tables(vocabulary, pieces, new MergeTable(vocabulary, pieces), new LongestMatch(vocabulary));
    }

    private static final class O200k {
        static final Tables TABLES = of(Vocabulary.load());
    }
}
