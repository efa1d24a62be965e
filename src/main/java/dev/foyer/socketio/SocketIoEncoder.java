package dev.foyer.socketio;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Encodes Socket.IO packets (protocol revision 5) into Engine.IO messages:
 *
 * <pre>
 * 4 type [attachments -] [namespace ,] [ack id] [JSON]
 * </pre>
 */
final class SocketIoEncoder {
    /** Names that clients use for their own purposes; a packet with one would be refused by their parsers. */
    static final Set<String> RESERVED_EVENTS =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    /** The message's type digit, the packet's, a count of attachments with its dash, a comma and a 64 bit id. */
    private static final int HEADER_WITHOUT_NAMESPACE = 2 + 11 + 1 + 20;

    /** Stands for no acknowledgement id. */
    static final long NO_ID = -1;

    private SocketIoEncoder() {}

    static EncodedPacket connect(String namespace, String sid, @Nullable String pid) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>(4);
        payload.put("sid", sid);
        if (pid != null) {
            payload.put("pid", pid);
        }
        return packet('0', '0', namespace, NO_ID, payload);
    }

    static EncodedPacket connectError(String namespace, String message, @Nullable Object details) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>(4);
        payload.put("message", message);
        if (details != null) {
            payload.put("data", details);
        }
        return packet('4', '4', namespace, NO_ID, payload);
    }

    static EncodedPacket disconnect(String namespace) {
        return new EncodedPacket(OutboundFrame.text(namespace.equals("/") ? "41" : "41" + namespace + ","), List.of());
    }

    /**
     * An event.
     *
     * @param offset appended as a last argument, unless null
     * @throws IllegalArgumentException if an argument is no JSON value or the name is reserved
     */
    static EncodedPacket event(
            String namespace, String event, @Nullable Object[] args, @Nullable String offset, long ackId) {
        if (RESERVED_EVENTS.contains(event)) {
            throw new IllegalArgumentException("reserved event name: " + event);
        }
        List<@Nullable Object> payload = new ArrayList<>(args.length + 2);
        payload.add(event);
        for (Object arg : args) {
            payload.add(arg);
        }
        if (offset != null) {
            payload.add(offset);
        }
        return packet('2', '5', namespace, ackId, payload);
    }

    static EncodedPacket ack(String namespace, long ackId, @Nullable Object[] args) {
        return packet('3', '6', namespace, ackId, args);
    }

    private static EncodedPacket packet(
            char type, char binaryType, String namespace, long ackId, @Nullable Object payload) {
        byte[] name = namespace.equals("/") ? new byte[0] : namespace.getBytes(StandardCharsets.UTF_8);
        byte[] header = new byte[HEADER_WITHOUT_NAMESPACE + name.length];
        JsonWriter json = new JsonWriter(header.length);
        json.value(payload);
        List<byte[]> binaries = json.attachments();

        int length = 0;
        header[length++] = '4';
        if (binaries.isEmpty()) {
            header[length++] = (byte) type;
        } else {
            header[length++] = (byte) binaryType;
            length = decimal(header, length, binaries.size());
            header[length++] = '-';
        }
        if (name.length > 0) {
            System.arraycopy(name, 0, header, length, name.length);
            length += name.length;
            header[length++] = ',';
        }
        if (ackId != NO_ID) {
            length = decimal(header, length, ackId);
        }

        List<OutboundFrame> attachments = new ArrayList<>(binaries.size());
        for (byte[] bytes : binaries) {
            attachments.add(new OutboundFrame(bytes, true));
        }
        return new EncodedPacket(new OutboundFrame(json.finish(header, length), false), attachments);
    }

    private static int decimal(byte[] target, int position, long value) {
        String digits = Long.toString(value);
        for (int i = 0; i < digits.length(); i++) {
            target[position + i] = (byte) digits.charAt(i);
        }
        return position + digits.length();
    }
}
