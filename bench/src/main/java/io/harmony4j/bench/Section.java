package io.harmony4j.bench;

import java.util.Locale;

/** A part of the benchmark of the tokenizer: a table of its own. */
public enum Section {
    ENCODE("Encode documents, the same again and again"),
    WHOLE("Encode whole files, the same again and again"),
    UNSEEN("Encode documents that are new: the second half of a text, once, after other texts and its first half"),
    MIXED("Encode documents of all texts in turns, the same again and again"),
    MIXED_UNSEEN("Encode new documents of all texts in turns: the second half, once, after the first"),
    COUNT("Count the tokens of documents"),
    DECODE("Decode documents to String"),
    HOSTILE("Encode hostile texts, each in one call"),
    THREADS("Encode the documents of all texts in several threads"),
    LOAD("Load in a JVM of its own");

    private final String title;

    Section(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Returns the name in lower case, as in {@code mixed-unseen}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
