package dev.foyer.socketio;

import java.nio.charset.StandardCharsets;

/**
 * One Engine.IO packet ready to go: text with its type digit in front, or the bare bytes of a binary message. Shared by
 * all receivers of a broadcast, so nobody writes to the array.
 */
final class OutboundFrame {
    static final OutboundFrame CLOSE = text("1");
    static final OutboundFrame PING = text("2");
    static final OutboundFrame PROBE_ANSWER = text("3probe");
    static final OutboundFrame NOOP = text("6");

    private final byte[] bytes;
    private final boolean binary;

    OutboundFrame(byte[] bytes, boolean binary) {
        this.bytes = bytes;
        this.binary = binary;
    }

    static OutboundFrame text(String text) {
        return new OutboundFrame(text.getBytes(StandardCharsets.UTF_8), false);
    }

    byte[] bytes() {
        return bytes;
    }

    boolean binary() {
        return binary;
    }

    int size() {
        return bytes.length;
    }
}
