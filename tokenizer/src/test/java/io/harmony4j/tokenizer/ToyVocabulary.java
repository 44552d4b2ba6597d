package io.harmony4j.tokenizer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A small vocabulary: the single bytes, and some merges. Bytes are written as strings of Latin-1 characters. */
final class ToyVocabulary {
    private final List<String> tokens = new ArrayList<>();

    /** Takes the tokens of two and more bytes in the order of their ids. */
    ToyVocabulary(List<String> merged) {
        IntStream.range(0, Vocabulary.SINGLE_BYTES).forEach(b -> tokens.add(Character.toString(b)));
        tokens.addAll(merged);
    }

    ReferenceBpe reference() {
        return new ReferenceBpe(tokens);
    }

    List<String> tokens() {
        return tokens;
    }

    /** Returns the tables that encode with this vocabulary. */
    Tables tables() {
        int[] sorted = IntStream.range(0, tokens.size())
                .boxed()
                .sorted(Comparator.comparing(tokens::get))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] lefts = new int[tokens.size()];
        int[] rights = new int[tokens.size()];
        for (int id = Vocabulary.SINGLE_BYTES; id < tokens.size(); id++) {
            List<String> parts = lastMerge(id);
            lefts[id] = tokens.indexOf(parts.get(0));
            rights[id] = tokens.indexOf(parts.get(1));
        }
        byte[] bytes = String.join("", tokens).getBytes(ISO_8859_1);
        int[] starts = new int[tokens.size() + 1];
        for (int id = 0; id < tokens.size(); id++) {
            starts[id + 1] = starts[id] + tokens.get(id).length();
        }
        Vocabulary vocabulary = new Vocabulary(Arrays.copyOf(bytes, bytes.length + Utf8Text.PADDING), starts);
        return new Tables(vocabulary, new MergeTable(lefts, rights), new LongestMatch(vocabulary, sorted));
    }

    /** The last merge of a token is what the tokens before it make of its bytes. */
    private List<String> lastMerge(int id) {
        List<String> parts = new ReferenceBpe(tokens.subList(0, id)).encode(tokens.get(id));
        if (parts.size() != 2) {
            throw new IllegalArgumentException("expected two parts but found " + parts + " of " + tokens.get(id));
        }
        return parts;
    }
}
