package dev.foyer.sfu;

import dev.foyer.protocol.HotPath;
import org.jspecify.annotations.Nullable;

/** A hash table from ssrc to a stream, with open addressing: a lookup boxes nothing. */
@HotPath
final class SsrcTable<T> {
    private static final int FIRST_CAPACITY = 16;

    private int[] keys = new int[FIRST_CAPACITY];
    private @Nullable Object[] values = new @Nullable Object[FIRST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /** The entry of an ssrc of 32 bits unsigned. */
    @SuppressWarnings("unchecked") // Only put() writes values, and it takes a T.
    @Nullable
    T get(long ssrc) {
        int key = (int) ssrc;
        int mask = values.length - 1;
        for (int i = spread(key) & mask; ; i = (i + 1) & mask) {
            Object value = values[i];
            if (value == null) {
                return null;
            }
            if (keys[i] == key) {
                return (T) value;
            }
        }
    }

    void put(long ssrc, T value) {
        if (2 * (size + 1) > values.length) {
            rebuild(values.length * 2, -1);
        }
        if (insert((int) ssrc, value)) {
            size++;
        }
    }

    void remove(long ssrc) {
        int key = (int) ssrc;
        int mask = values.length - 1;
        for (int i = spread(key) & mask; values[i] != null; i = (i + 1) & mask) {
            if (keys[i] == key) {
                size--;
                rebuild(values.length, i);
                return;
            }
        }
    }

    private boolean insert(int key, Object value) {
        int mask = values.length - 1;
        int i = spread(key) & mask;
        while (values[i] != null) {
            if (keys[i] == key) {
                values[i] = value;
                return false;
            }
            i = (i + 1) & mask;
        }
        keys[i] = key;
        values[i] = value;
        return true;
    }

    /** Hashes everything again, but for one slot; streams come and go seldom. */
    private void rebuild(int capacity, int without) {
        int[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new int[capacity];
        values = new @Nullable Object[capacity];
        for (int i = 0; i < oldValues.length; i++) {
            Object value = oldValues[i];
            if (value != null && i != without) {
                insert(oldKeys[i], value);
            }
        }
    }

    private static int spread(int key) {
        int hash = key * 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }
}
