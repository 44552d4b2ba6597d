package io.harmony4j;

import java.util.Comparator;

/**
 * The order of strings by code point, which is also the order of their UTF-8 bytes. {@code String.compareTo} differs: it
 * puts the surrogates of a supplementary character before U+E000 to U+FFFF.
 */
enum CodePointOrder implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            char ca = a.charAt(i);
            char cb = b.charAt(i);
            if (ca != cb) {
                return Character.isSurrogate(ca) == Character.isSurrogate(cb)
                        ? Character.compare(ca, cb)
                        : Character.isSurrogate(ca) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
