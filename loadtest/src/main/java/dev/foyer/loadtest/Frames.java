package dev.foyer.loadtest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** WebSocket frames (RFC 6455, section 5.2) as a client sends them: masked. */
final class Frames {
    private static final int FINAL_TEXT = 0x81;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTE_LENGTH = 126;
    private static final int MAX_SHORT = 125;
    private static final int MAX_TWO_BYTES = 0xFFFF;

    private Frames() {}

    /** One text message in one frame, ready to be written. At most 65,535 bytes. */
    static ByteBuffer text(String message, RandomGenerator random) {
        byte[] payload = message.getBytes(StandardCharsets.UTF_8);
        if (payload.length > MAX_TWO_BYTES) {
            throw new IllegalArgumentException("messages have at most " + MAX_TWO_BYTES + " bytes");
        }
        ByteBuffer frame = ByteBuffer.allocateDirect(payload.length + 8);
        frame.put((byte) FINAL_TEXT);
        if (payload.length <= MAX_SHORT) {
            frame.put((byte) (MASKED | payload.length));
        } else {
            frame.put((byte) (MASKED | TWO_BYTE_LENGTH)).putShort((short) payload.length);
        }
        byte[] mask = new byte[4];
        random.nextBytes(mask);
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i & 3]));
        }
        return frame.flip();
    }
}
