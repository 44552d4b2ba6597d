package io.harmony4j.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Objects of which there is one for the same parts. A hash table that holds nothing but the objects: a grammar has thousands of them, and entries of a map would
 * take as much memory again. Not thread-safe.
 */
final class Interned<T> {
    private static final int FIRST_SIZE = 16;

    private final ToIntFunction<T> hash;
    private @Nullable Object[] slots =
            new Object[FIRST_SIZE]; // a power of two of them; an object is in the first free one from its hash on
    private int size;

    /**
     * @param hash of an object's parts
     */
    Interned(ToIntFunction<T> hash) {
        this.hash = hash;
    }

    /**
     * Returns the object with some parts, or null if there is none.
     *
     * @param hash of the parts
     * @param isSame whether an object has these parts
     */
    @Nullable
    T find(int hash, Predicate<T> isSame) {
        for (int slot = slot(hash); slots[slot] != null; slot = (slot + 1) & (slots.length - 1)) {
            T object = object(slot);
            if (object != null && isSame.test(object)) {
                return object;
            }
        }
        return null;
    }

    /** Adds an object that is not there yet. */
    void add(T object) {
        if (2 * ++size > slots.length) {
            List<T> all = all();
            slots = new Object[2 * slots.length];
            all.forEach(this::put);
        }
        put(object);
    }

    private void put(T object) {
        int slot = slot(hash.applyAsInt(object));
        while (slots[slot] != null) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = object;
    }

    /** Returns all objects, in no order. */
    List<T> all() {
        List<T> all = new ArrayList<>();
        for (int slot = 0; slot < slots.length; slot++) {
            T object = object(slot);
            if (object != null) {
                all.add(object);
            }
        }
        return all;
    }

    int size() {
        return size;
    }

    void clear() {
        slots = new Object[FIRST_SIZE];
        size = 0;
    }

    @SuppressWarnings("unchecked") // only objects of the type are put there
    private @Nullable T object(int slot) {
        return (T) slots[slot];
    }

    /** Returns where to look first; hashes of lists of neighbours are neighbours, and are spread. */
    private int slot(int hash) {
        int spread = hash * 0x9E3779B9; // 2^32 divided by the golden ratio
        return (spread ^ (spread >>> 15)) & (slots.length - 1);
    }
}
