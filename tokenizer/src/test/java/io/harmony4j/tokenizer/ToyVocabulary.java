package io.harmony4j.tokenizer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
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
        ByteArrayOutputStream shared = new ByteArrayOutputStream();
        ByteArrayOutputStream following = new ByteArrayOutputStream();
        ByteArrayOutputStream lefts = new ByteArrayOutputStream();
        ByteArrayOutputStream ids = new ByteArrayOutputStream();
        ByteArrayOutputStream suffixes = new ByteArrayOutputStream();
        String previous = "";
        for (int id : sorted) {
            String token = tokens.get(id);
            int prefix = Arrays.mismatch(previous.toCharArray(), token.toCharArray());
            shared.write(prefix);
            following.write(token.length() - prefix);
            lefts.write(leftLength(id));
            ids.write(0);
            ids.write(id >> 8);
            ids.write(id);
            suffixes.writeBytes(token.substring(prefix).getBytes(ISO_8859_1));
            previous = token;
        }
        return new Tables(Vocabulary.of(
                shared.toByteArray(),
                following.toByteArray(),
                lefts.toByteArray(),
                ids.toByteArray(),
                suffixes.toByteArray()));
    }

    /** The last merge of a token is what the tokens before it make of its bytes. */
    private int leftLength(int id) {
        if (id < Vocabulary.SINGLE_BYTES) {
            return 0;
        }
        List<String> parts = new ReferenceBpe(tokens.subList(0, id)).encode(tokens.get(id));
        if (parts.size() != 2) {
            throw new IllegalArgumentException("expected two parts but found " + parts + " of " + tokens.get(id));
        }
        return parts.get(0).length();
    }
}
