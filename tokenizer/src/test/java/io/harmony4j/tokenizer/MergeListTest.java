package io.harmony4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** {@link Tokenizer#lastMerge} of all tokens is the list of merges that byte pair encoding is defined by elsewhere. */
class MergeListTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final Map<Long, Integer> MERGES = merges();
    private static final int[] SINGLES = singles();

    private static Map<Long, Integer> merges() {
        Map<Long, Integer> merges = new HashMap<>();
        for (int token = 0; token < TOKENIZER.vocabularySize(); token++) {
            int[] parts = TOKENIZER.lastMerge(token);
            if (parts.length > 0) {
                assertThat(merges.put(pair(parts[0], parts[1]), token)).isNull();
            }
        }
        return merges;
    }

    private static long pair(int left, int right) {
        return (long) left << Integer.SIZE | right;
    }

    private static int[] singles() {
        int[] singles = new int[256];
        for (int token = 0; token < singles.length; token++) {
            singles[TOKENIZER.decodeBytes(token)[0] & 0xFF] = token;
        }
        return singles;
    }

    @Test
    void everyOrdinaryTokenOfMoreThanAByteHasOne() {
        assertThat(MERGES).hasSize(199_998 - 256);
        assertThat(TOKENIZER.lastMerge(0)).isEmpty();
        assertThat(TOKENIZER.lastMerge(200_006)).isEmpty();
        assertThat(TOKENIZER.decode(TOKENIZER.lastMerge(13225))).isEqualTo("Hello");
        assertThatThrownBy(() -> TOKENIZER.lastMerge(201_089)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void mergingByTheListGivesTheTokens(@ForAll("texts") String text) {
        List<Integer> tokens = new ArrayList<>();
        for (String piece : RegexPretokenizer.pieces(text)) {
            tokens.addAll(encode(piece.getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(TOKENIZER.encode(text))
                .containsExactly(tokens.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Merges neighbours while the list has a merge of them: the first of the list first, then the leftmost. */
    private static List<Integer> encode(byte[] piece) {
        List<Integer> parts = new ArrayList<>();
        for (byte each : piece) {
            parts.add(SINGLES[each & 0xFF]);
        }
        while (true) {
            int best = -1;
            int merged = Integer.MAX_VALUE;
            for (int i = 0; i + 1 < parts.size(); i++) {
                int token = MERGES.getOrDefault(pair(parts.get(i), parts.get(i + 1)), Integer.MAX_VALUE);
                if (token < merged) {
                    best = i;
                    merged = token;
                }
            }
            if (best < 0) {
                return parts;
            }
            parts.set(best, merged);
            parts.remove(best + 1);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Generators.texts()
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }
}
