package io.harmony4j.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with a name, and the documents it is cut into, as the calls of a program get them. Immutable and thread-safe.
 *
 * @param documents the text, cut at line ends into parts of at least 1,000 bytes each, unless all of it is shorter
 * @param bytes the length of the whole text in UTF-8
 */
public record Corpus(String name, String text, List<String> documents, long bytes) {
    /** The length that a document has at least, in bytes of UTF-8. */
    static final int MIN_DOCUMENT_BYTES = 1_000;

    public Corpus {
        documents = List.copyOf(documents);
    }

    /** Returns a text, cut into documents; the last one has what is too short to be one itself. */
    public static Corpus of(String name, String text) {
        List<String> documents = new ArrayList<>();
        int start = 0;
        int bytes = 0; // from start on
        for (int line = 0; line < text.length(); ) {
            int end = text.indexOf('\n', line) + 1;
            int next = end == 0 ? text.length() : end;
            bytes += utf8Length(text.substring(line, next));
            line = next;
            if (bytes >= MIN_DOCUMENT_BYTES) {
                documents.add(text.substring(start, next));
                start = next;
                bytes = 0;
            }
        }
        if (start < text.length()) {
            String rest = text.substring(start);
            int last = documents.size() - 1;
            documents.add(documents.isEmpty() ? rest : documents.remove(last) + rest);
        }
        return new Corpus(name, text, documents, utf8Length(text));
    }

    /** Returns the documents of texts in turns; those of a text with fewer are as far apart as it takes to end together. */
    static Corpus inTurns(List<Corpus> corpora) {
        int rounds = corpora.stream()
                .mapToInt(corpus -> corpus.documents().size())
                .max()
                .orElse(0);
        List<String> turns = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (Corpus corpus : corpora) {
                int next = (int) ((long) round * corpus.documents().size() / rounds);
                int after = (int) ((round + 1L) * corpus.documents().size() / rounds);
                turns.addAll(corpus.documents().subList(next, after));
            }
        }
        String joined = String.join("", turns);
        return new Corpus("all texts in turns", joined, turns, utf8Length(joined));
    }

    /** Returns the first half of the documents; the smaller half if their number is odd. */
    Corpus firstHalf() {
        return ofDocuments(documents.subList(0, documents.size() / 2));
    }

    /** Returns the second half of the documents. */
    Corpus secondHalf() {
        return ofDocuments(documents.subList(documents.size() / 2, documents.size()));
    }

    /** Returns the whole text as one document. */
    Corpus whole() {
        return ofDocuments(List.of(text));
    }

    private Corpus ofDocuments(List<String> parts) {
        String joined = String.join("", parts);
        return new Corpus(name, joined, parts, utf8Length(joined));
    }

    static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
