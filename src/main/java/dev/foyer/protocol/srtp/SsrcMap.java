package dev.foyer.protocol.srtp;

import dev.foyer.protocol.HotPath;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Values by ssrc without boxing: open addressing with linear probing, at most half full. */
@HotPath
final class SsrcMap<V> {
    private int[] keys = new int[16];
    private @Nullable Object[] values = new @Nullable Object[16];
    private int size;

    int size() {
        return size;
    }

    // Only put() writes to values, and it writes a V.
    @SuppressWarnings("unchecked")
    @Nullable
    V get(int ssrc) {
        return (V) values[slot(ssrc)];
    }

    void put(int ssrc, V value) {
        int slot = slot(ssrc);
        if (values[slot] == null) {
            size++;
        }
        keys[slot] = ssrc;
        values[slot] = value;
        if (2 * size > keys.length) {
            rebuild(2 * keys.length, _ -> true);
        }
    }

    /** Drops every entry whose value does not match. */
    void retain(Predicate<V> kept) {
        rebuild(keys.length, kept);
    }

    // Only put() writes to values, and it writes a V.
    @SuppressWarnings("unchecked")
    private void rebuild(int capacity, Predicate<V> kept) {
        int[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new int[capacity];
        values = new @Nullable Object[capacity];
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            Object value = oldValues[i];
            if (value != null && kept.test((V) value)) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = value;
                size++;
            }
        }
    }

    private int slot(int ssrc) {
        int mask = keys.length - 1;
        // Multiplicative hashing: peers choose ssrcs, and low bits alone would let them pick one bucket.
        int slot = ((ssrc * 0x9E3779B9) >>> 12) & mask;
        while (values[slot] != null && keys[slot] != ssrc) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
