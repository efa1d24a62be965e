package dev.foyer.socketio;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes a client's WebSocket frames (RFC 6455, section 5.2) out of its bytes and puts fragments together. What breaks the
 * protocol or a limit ends the reading for good.
 *
 * <pre>
 * FIN RSV1 RSV2 RSV3 opcode(4) | MASK length(7) | [length(16) or length(64)] | masking key(32) | payload
 * </pre>
 */
final class WebSocketReader {
    private static final int FINAL = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0F;
    private static final int CONTINUATION = 0x0;
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;

    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7F;
    private static final int MAX_CONTROL_LENGTH = 125;
    private static final int TWO_BYTE_LENGTH = 126;
    private static final int EIGHT_BYTE_LENGTH = 127;
    private static final int SHORTEST_HEADER = 2;
    private static final int MASK_LENGTH = 4;
    private static final int LONGEST_HEADER = SHORTEST_HEADER + Long.BYTES + MASK_LENGTH;

    /** A frame that has not come whole gets no more room than this before its bytes are there. */
    private static final int UNSEEN_BYTES = 8 * 1024;

    private static final int NOTHING = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final int maxPayload;
    private final Receiver receiver;
    private boolean refused;

    private final byte[] header = new byte[LONGEST_HEADER];
    private int headerFilled;
    private int headerLength = SHORTEST_HEADER;

    // The frame whose header is complete.
    private byte @Nullable [] payload;
    private int payloadFilled;
    private int payloadLength;

    // The message whose last fragment is still to come.
    private @Nullable ByteArrayOutputStream fragments;
    private int fragmentsOpcode = NOTHING;

    /** Takes what was sent. */
    interface Receiver {
        /** A text message. Takes the array. */
        void text(byte[] message);

        /** A binary message. Takes the array. */
        void binary(byte[] message);

        /** A ping, to be answered with the same bytes. Takes the array. */
        void ping(byte[] bytes);

        /** The client begins or answers the closing handshake. */
        void close();

        /** The client broke the protocol or sent more than it may; nothing follows. */
        void violation();
    }

    /**
     * Begins a connection.
     *
     * @param maxPayload bytes of one message
     */
    WebSocketReader(int maxPayload, Receiver receiver) {
        this.maxPayload = maxPayload;
        this.receiver = receiver;
    }

    /** Reads everything that is there. Borrows the buffer. */
    void read(ByteBuf in) {
        while (!refused && in.isReadable()) {
            if (payload == null && !readHeader(in)) {
                return;
            }
            byte[] target = payload;
            if (target != null) {
                readPayload(in, target);
            }
        }
    }

    /** Whether the header is complete. */
    private boolean readHeader(ByteBuf in) {
        while (headerFilled < headerLength) {
            int count = Math.min(in.readableBytes(), headerLength - headerFilled);
            if (count == 0) {
                return false;
            }
            in.readBytes(header, headerFilled, count);
            headerFilled += count;
            if (headerFilled == SHORTEST_HEADER) {
                if ((header[1] & MASKED) == 0 || (header[0] & RESERVED) != 0) {
                    refuse();
                    return false;
                }
                headerLength = SHORTEST_HEADER + lengthBytes() + MASK_LENGTH;
            }
        }
        long length = length();
        if (!allowed(length)) {
            refuse();
            return false;
        }
        payloadLength = (int) length;
        payloadFilled = 0;
        int room = Math.max(in.readableBytes(), UNSEEN_BYTES);
        payload = new byte[Math.min(payloadLength, room)];
        if (payloadLength == 0) {
            frame(payload);
        }
        return true;
    }

    private int lengthBytes() {
        return switch (header[1] & LENGTH) {
            case TWO_BYTE_LENGTH -> Short.BYTES;
            case EIGHT_BYTE_LENGTH -> Long.BYTES;
            default -> 0;
        };
    }

    /** The length of the payload; negative where it is not written in the shortest way or has its highest bit set. */
    private long length() {
        int bytes = lengthBytes();
        if (bytes == 0) {
            return header[1] & LENGTH;
        }
        long length = 0;
        for (int i = 0; i < bytes; i++) {
            length = length << 8 | (header[SHORTEST_HEADER + i] & 0xFF);
        }
        return length < (bytes == Short.BYTES ? TWO_BYTE_LENGTH : 1 << Short.SIZE) ? NOTHING : length;
    }

    private boolean allowed(long length) {
        if (length < 0) {
            return false;
        }
        boolean whole = (header[0] & FINAL) != 0;
        return switch (header[0] & OPCODE) {
            case TEXT, BINARY -> fragmentsOpcode == NOTHING && length <= maxPayload;
            case CONTINUATION -> fragmentsOpcode != NOTHING && length <= maxPayload - fragmentBytes();
            case CLOSE, PING, PONG -> whole && length <= MAX_CONTROL_LENGTH;
            default -> false;
        };
    }

    private int fragmentBytes() {
        return fragments == null ? 0 : fragments.size();
    }

    private void readPayload(ByteBuf in, byte[] into) {
        byte[] target = into;
        int count = Math.min(in.readableBytes(), payloadLength - payloadFilled);
        if (payloadFilled + count > target.length) {
            int room = Math.max(payloadFilled + count, 2 * target.length);
            target = Arrays.copyOf(target, Math.min(payloadLength, room));
            payload = target;
        }
        in.readBytes(target, payloadFilled, count);
        unmask(target, payloadFilled, payloadFilled + count);
        payloadFilled += count;
        if (payloadFilled == payloadLength) {
            frame(target);
        }
    }

    /** Takes the masking key (section 5.3) off a range of the payload. */
    private void unmask(byte[] bytes, int from, int end) {
        int key = headerLength - MASK_LENGTH;
        int at = from;
        for (; at < end && (at & 3) != 0; at++) {
            bytes[at] ^= header[key + (at & 3)];
        }
        long mask = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            mask = mask << 8 | (header[key + (i & 3)] & 0xFF);
        }
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            LONGS.set(bytes, at, (long) LONGS.get(bytes, at) ^ mask);
        }
        for (; at < end; at++) {
            bytes[at] ^= header[key + (at & 3)];
        }
    }

    private void frame(byte[] bytes) {
        payload = null;
        headerFilled = 0;
        headerLength = SHORTEST_HEADER;
        int opcode = header[0] & OPCODE;
        switch (opcode) {
            case CLOSE -> receiver.close();
            case PING -> receiver.ping(bytes);
            case PONG -> {}
            default -> data(opcode, (header[0] & FINAL) != 0, bytes);
        }
    }

    private void data(int opcode, boolean last, byte[] bytes) {
        if (opcode != CONTINUATION && last) {
            message(opcode, bytes);
            return;
        }
        if (opcode != CONTINUATION) {
            fragmentsOpcode = opcode;
        }
        ByteArrayOutputStream parts = fragments == null ? new ByteArrayOutputStream(2 * bytes.length) : fragments;
        parts.writeBytes(bytes);
        fragments = parts;
        if (last) {
            int whole = fragmentsOpcode;
            fragments = null;
            fragmentsOpcode = NOTHING;
            message(whole, parts.toByteArray());
        }
    }

    private void message(int opcode, byte[] bytes) {
        if (opcode == TEXT) {
            receiver.text(bytes);
        } else {
            receiver.binary(bytes);
        }
    }

    private void refuse() {
        refused = true;
        payload = null;
        fragments = null;
        receiver.violation();
    }
}
