package io.harmony4j.tokenizer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.knuddels.jtokkit.api.Encoding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The definition of byte pair encoding. Bytes are written as strings of Latin-1 characters. */
final class ReferenceBpe {
    private final Map<String, Integer> ids = new HashMap<>();

    /** Takes the tokens in the order of their ids. */
    ReferenceBpe(List<String> tokens) {
        tokens.forEach(token -> ids.put(token, ids.size()));
    }

    /** Returns o200k, read from the file that its authors published. */
    static ReferenceBpe o200k() {
        return O200k.BPE;
    }

    /**
     * Returns the encoding of one piece as tokens' bytes: merges neighbours while any merge, lowest id first, then
     * leftmost.
     */
    List<String> encode(String piece) {
        List<String> parts = new ArrayList<>();
        piece.chars().forEach(c -> parts.add(Character.toString(c)));
        while (true) {
            int best = -1;
            int bestId = Integer.MAX_VALUE;
            for (int i = 0; i + 1 < parts.size(); i++) {
                int id = ids.getOrDefault(parts.get(i) + parts.get(i + 1), Integer.MAX_VALUE);
                if (id < bestId) {
                    best = i;
                    bestId = id;
                }
            }
            if (best < 0) {
                return parts;
            }
            parts.set(best, parts.get(best) + parts.remove(best + 1));
        }
    }

    /** Returns the id of the token with these bytes, or {@link Vocabulary#NONE}. */
    int id(String bytes) {
        return ids.getOrDefault(bytes, Vocabulary.NONE);
    }

    /** Returns the encoding of one piece as ids. */
    int[] ids(String piece) {
        return encode(piece).stream().mapToInt(ids::get).toArray();
    }

    private static final class O200k {
        static final ReferenceBpe BPE = read();

        private static ReferenceBpe read() {
            try (InputStream in = Encoding.class.getResourceAsStream("/com/knuddels/jtokkit/o200k_base.tiktoken")) {
                return new ReferenceBpe(new String(in.readAllBytes(), ISO_8859_1)
                        .lines()
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .map(token -> new String(Base64.getDecoder().decode(token), ISO_8859_1))
                        .toList());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
