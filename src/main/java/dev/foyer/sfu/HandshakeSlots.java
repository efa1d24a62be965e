package dev.foyer.sfu;

/**
 * How many DTLS handshakes a worker has under way. Each costs a virtual thread, buffers and signatures, and a client that
 * has proved its address may still leave it half open until it times out; who finds no slot free waits for one.
 */
final class HandshakeSlots {
    /** At about a millisecond of CPU a handshake more than a core gets done before they time out, if all were honest. */
    static final int DEFAULT_CAPACITY = 1_024;

    private final int capacity;
    private int taken;

    HandshakeSlots(int capacity) {
        this.capacity = capacity;
    }

    /** Takes a slot; false where none is free. */
    boolean take() {
        if (taken == capacity) {
            return false;
        }
        taken++;
        return true;
    }

    void release() {
        taken--;
    }

    int taken() {
        return taken;
    }
}
