package io.harmony4j.grammar;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;

/** The masks that are in use in all grammars: those of different ones are often the same. Thread-safe. */
final class SharedMasks {
    private static final Map<TokenMask, WeakReference<TokenMask>> MASKS = new WeakHashMap<>();

    private SharedMasks() {}

    /** Returns a mask with the same tokens, the one that is in use if there is any. */
    static synchronized TokenMask shared(TokenMask mask) {
        WeakReference<TokenMask> reference = MASKS.get(mask);
        TokenMask known = reference == null ? null : reference.get();
        if (known == null) {
            MASKS.put(mask, new WeakReference<>(mask));
            return mask;
        }
        return known;
    }
}
