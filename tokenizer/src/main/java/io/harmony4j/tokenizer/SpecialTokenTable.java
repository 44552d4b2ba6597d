package io.harmony4j.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The special tokens of one encoding: ids 199998 to 201088, and a name for each. Immutable and thread-safe. */
final class SpecialTokenTable {
    static final int FIRST = 199998;
    static final int LAST = 201088;

    /** The length of the longest name in bytes: {@code <|reserved_201088|>}. */
    static final int MAX_LENGTH = 19;

    /** What the ids of o200k_harmony are called that are not reserved. */
    private static final Map<Integer, String> HARMONY = Map.of(
            199998, "<|startoftext|>",
            199999, "<|endoftext|>",
            200002, "<|return|>",
            200003, "<|constrain|>",
            200005, "<|channel|>",
            200006, "<|start|>",
            200007, "<|end|>",
            200008, "<|message|>",
            200012, "<|call|>");

    private final SortedMap<Integer, String> names = new TreeMap<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final byte[][] bytes = new byte[LAST - FIRST + 1][];

    private SpecialTokenTable(Map<Integer, String> known) {
        for (int id = FIRST; id <= LAST; id++) {
            // Not with "+", whose machinery would take a tenth of the time that loading takes.
            String reserved = "<|reserved_".concat(Integer.toString(id)).concat("|>");
            String name = known.getOrDefault(id, reserved);
            names.put(id, name);
            ids.put(name, id);
            bytes[id - FIRST] = name.getBytes(StandardCharsets.US_ASCII);
        }
    }

    static SpecialTokenTable harmony() {
        return new SpecialTokenTable(HARMONY);
    }

    static SpecialTokenTable base() {
        return new SpecialTokenTable(Map.of());
    }

    /** Returns whether the id is one of a special token. */
    static boolean contains(int id) {
        return id >= FIRST && id <= LAST;
    }

    /** Returns the id of the special token with a name, or {@link Vocabulary#NONE}. */
    int id(String name) {
        return ids.getOrDefault(name, Vocabulary.NONE);
    }

    /** Returns the bytes of a special token's name, not to be changed. */
    byte[] bytes(int id) {
        return bytes[id - FIRST];
    }

    /** Returns names by id, unmodifiable. */
    SortedMap<Integer, String> names() {
        return Collections.unmodifiableSortedMap(names);
    }
}
