package dev.foyer.socketio;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The packets of Engine.IO (protocol revision 4). In WebSocket a text frame is one packet, its first character the type,
 * and a binary frame is one message. A polling payload joins packets with the record separator, and a binary message is
 * {@code b} and its base64.
 */
final class EngineIoPacket {
    private static final byte SEPARATOR = 0x1e;

    private EngineIoPacket() {}

    /** Types by their digit. */
    enum Type {
        OPEN,
        CLOSE,
        PING,
        PONG,
        MESSAGE,
        UPGRADE,
        NOOP
    }

    /** Takes the packets of one payload, in order. */
    interface Receiver {
        /** Borrows the range, which is the packet without its type. False stops the walk. */
        boolean text(Type type, byte[] bytes, int offset, int end);

        /** Takes the array. False stops the walk. */
        boolean binary(byte[] bytes);

        /** The walk met something that is no packet, and stops. */
        void malformed();
    }

    /** Hands over the one packet of a WebSocket text message. */
    static void decodeText(byte[] bytes, int offset, int end, Receiver receiver) {
        text(bytes, offset, end, receiver);
    }

    /** Hands over the packets of a polling payload until one is malformed or the receiver has enough. */
    static void decodePayload(byte[] payload, Receiver receiver) {
        int from = 0;
        for (int at = 0; at <= payload.length; at++) {
            if (at == payload.length || payload[at] == SEPARATOR) {
                boolean more = (at > from && payload[from] == 'b')
                        ? base64(payload, from + 1, at, receiver)
                        : text(payload, from, at, receiver);
                if (!more) {
                    return;
                }
                from = at + 1;
            }
        }
    }

    private static boolean text(byte[] bytes, int offset, int end, Receiver receiver) {
        if (offset >= end || bytes[offset] < '0' || bytes[offset] > '6') {
            receiver.malformed();
            return false;
        }
        return receiver.text(type(bytes[offset]), bytes, offset + 1, end);
    }

    private static Type type(byte digit) {
        return switch (digit) {
            case '0' -> Type.OPEN;
            case '1' -> Type.CLOSE;
            case '2' -> Type.PING;
            case '3' -> Type.PONG;
            case '4' -> Type.MESSAGE;
            case '5' -> Type.UPGRADE;
            default -> Type.NOOP;
        };
    }

    private static boolean base64(byte[] payload, int from, int end, Receiver receiver) {
        // The official Java client breaks lines, as Android's encoder does by default.
        byte[] digits = new byte[end - from];
        int length = 0;
        for (int i = from; i < end; i++) {
            if (payload[i] != '\n' && payload[i] != '\r') {
                digits[length++] = payload[i];
            }
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(Arrays.copyOf(digits, length));
        } catch (IllegalArgumentException _) {
            receiver.malformed();
            return false;
        }
        return receiver.binary(bytes);
    }

    /** Joins packets to a polling payload. */
    static byte[] encodePayload(List<OutboundFrame> frames) {
        byte[][] parts = new byte[frames.size()][];
        int size = Math.max(0, frames.size() - 1);
        for (int i = 0; i < parts.length; i++) {
            OutboundFrame frame = frames.get(i);
            parts[i] = frame.binary() ? Base64.getEncoder().encode(frame.bytes()) : frame.bytes();
            size += parts[i].length + (frame.binary() ? 1 : 0);
        }
        byte[] payload = new byte[size];
        int at = 0;
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                payload[at++] = SEPARATOR;
            }
            if (frames.get(i).binary()) {
                payload[at++] = 'b';
            }
            System.arraycopy(parts[i], 0, payload, at, parts[i].length);
            at += parts[i].length;
        }
        return payload;
    }
}
