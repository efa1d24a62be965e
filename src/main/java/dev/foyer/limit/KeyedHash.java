package dev.foyer.limit;

/**
 * SipHash-2-4: 64 bits of a key that nobody can aim at without knowing the secret, so that nobody can choose an address or
 * a name to share a place with somebody else's.
 */
final class KeyedHash {
    private final long k0;
    private final long k1;

    /** A hash with a secret of 128 bits. */
    KeyedHash(long k0, long k1) {
        this.k0 = k0;
        this.k1 = k1;
    }

    /** The hash of some bytes. */
    long of(byte[] bytes) {
        State state = new State(k0, k1);
        int whole = bytes.length & ~7;
        for (int i = 0; i < whole; i += 8) {
            state.compress(littleEndian(bytes, i, 8));
        }
        state.compress(littleEndian(bytes, whole, bytes.length - whole) | (long) bytes.length << 56);
        return state.finish();
    }

    private static long littleEndian(byte[] bytes, int offset, int length) {
        long word = 0;
        for (int i = 0; i < length; i++) {
            word |= (bytes[offset + i] & 0xFFL) << (8 * i);
        }
        return word;
    }

    private static final class State {
        private long v0;
        private long v1;
        private long v2;
        private long v3;

        State(long k0, long k1) {
            v0 = k0 ^ 0x736f6d6570736575L;
            v1 = k1 ^ 0x646f72616e646f6dL;
            v2 = k0 ^ 0x6c7967656e657261L;
            v3 = k1 ^ 0x7465646279746573L;
        }

        void compress(long word) {
            v3 ^= word;
            round();
            round();
            v0 ^= word;
        }

        long finish() {
            v2 ^= 0xff;
            round();
            round();
            round();
            round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void round() {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
