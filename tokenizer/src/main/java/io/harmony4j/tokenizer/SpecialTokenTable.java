package io.harmony4j.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The special tokens of one encoding: ids 199998 to 201088, and a name for each. Immutable and thread-safe. */
final class SpecialTokenTable {
    static final int FIRST = 199998;
    static final int LAST = 201088;

    /** The length of the longest name in bytes: {@code <|reserved_201088|>}. */
    static final int MAX_LENGTH = 19;

    private static final String RESERVED = "<|reserved_";
    private static final String END = "|>";

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

    private final Map<Integer, String> known;

    // What follows is made when it is first asked for; two threads may both make it, which is the same.
    private final byte[] @Nullable [] bytes = new byte[LAST - FIRST + 1][];
    private volatile @Nullable SortedMap<Integer, String> names;

    private SpecialTokenTable(Map<Integer, String> known) {
        this.known = known;
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
        for (Map.Entry<Integer, String> entry : known.entrySet()) {
            if (entry.getValue().equals(name)) {
                return entry.getKey();
            }
        }
        int id = reservedId(name);
        return contains(id) && name(id).equals(name) ? id : Vocabulary.NONE;
    }

    /** Returns the number in a name of a reserved token, or NONE. */
    private static int reservedId(String name) {
        if (!name.startsWith(RESERVED) || !name.endsWith(END) || name.length() != MAX_LENGTH) {
            return Vocabulary.NONE;
        }
        int id = 0;
        for (int i = RESERVED.length(); i < MAX_LENGTH - END.length(); i++) {
            id = 10 * id + name.charAt(i) - '0'; // what is no digit gives another name than this one
        }
        return id;
    }

    /** Returns the name of a special token. */
    String name(int id) {
        String name = known.get(id);
        // Not with "+", whose machinery would take a tenth of the time that loading takes.
        return name != null ? name : RESERVED.concat(Integer.toString(id)).concat(END);
    }

    /** Returns the bytes of a special token's name, not to be changed. */
    byte[] bytes(int id) {
        byte[] made = bytes[id - FIRST];
        if (made == null) {
            made = name(id).getBytes(StandardCharsets.US_ASCII);
            bytes[id - FIRST] = made;
        }
        return made;
    }

    /** Returns names by id, unmodifiable. */
    SortedMap<Integer, String> names() {
        SortedMap<Integer, String> made = names;
        if (made == null) {
            made = new TreeMap<>();
            for (int id = FIRST; id <= LAST; id++) {
                made.put(id, name(id));
            }
            made = Collections.unmodifiableSortedMap(made);
            names = made;
        }
        return made;
    }
}
