package dev.foyer.socketio;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the Engine.IO messages of one connection into Socket.IO packets. It keeps no more than the text and the
 * attachments of the one packet that is not complete yet.
 */
final class SocketIoDecoder {
    static final SocketIoPacket MALFORMED = new SocketIoPacket.Malformed();
    static final SocketIoPacket INCOMPLETE = new SocketIoPacket.Incomplete();

    private static final int MAX_NAMESPACE_LENGTH = 256;
    private static final int MAX_ID_DIGITS = 18;

    private final int maxAttachments;
    private @Nullable Pending pending;

    /** A packet whose attachments are still to come. The JSON is read when all are there. */
    private static final class Pending {
        final Header header;
        final byte[] json;
        final List<byte[]> attachments = new ArrayList<>();

        Pending(Header header, byte[] json) {
            this.header = header;
            this.json = json;
        }
    }

    private record Header(char type, int attachments, String namespace, long ackId, int jsonOffset) {}

    SocketIoDecoder(int maxAttachments) {
        this.maxAttachments = maxAttachments;
    }

    /** Takes a text message, without the type digit of Engine.IO. Borrows the range. */
    SocketIoPacket text(byte[] bytes, int offset, int end) {
        if (pending != null) {
            return MALFORMED;
        }
        Header header = header(bytes, offset, end);
        if (header == null) {
            return MALFORMED;
        }
        if (header.attachments > 0) {
            byte[] json = new byte[end - header.jsonOffset];
            System.arraycopy(bytes, header.jsonOffset, json, 0, json.length);
            pending = new Pending(header, json);
            return INCOMPLETE;
        }
        List<byte[]> attachments = header.type >= '5' ? List.of() : null;
        return packet(header, bytes, header.jsonOffset, end - header.jsonOffset, attachments);
    }

    /** Takes a binary message, and the array with it. */
    SocketIoPacket binary(byte[] bytes) {
        if (pending == null) {
            return MALFORMED;
        }
        pending.attachments.add(bytes);
        if (pending.attachments.size() < pending.header.attachments) {
            return INCOMPLETE;
        }
        Pending complete = pending;
        pending = null;
        return packet(complete.header, complete.json, 0, complete.json.length, complete.attachments);
    }

    private @Nullable Header header(byte[] bytes, int offset, int end) {
        if (offset >= end) {
            return null;
        }
        int at = offset;
        char type = (char) bytes[at++];
        if (type < '0' || type > '6' || type == '4') {
            return null;
        }
        int attachments = 0;
        if (type >= '5') {
            int digits = digitsEnd(bytes, at, end);
            if (digits == at || digits - at > 3 || digits == end || bytes[digits] != '-') {
                return null;
            }
            attachments = (int) decimal(bytes, at, digits);
            if (attachments > maxAttachments) {
                return null;
            }
            at = digits + 1;
        }
        String namespace = "/";
        if (at < end && bytes[at] == '/') {
            int comma = at;
            while (comma < end && bytes[comma] != ',') {
                comma++;
            }
            if (comma - at > MAX_NAMESPACE_LENGTH) {
                return null;
            }
            namespace = new String(bytes, at, comma - at, StandardCharsets.UTF_8);
            at = Math.min(end, comma + 1);
        }
        long ackId = SocketIoEncoder.NO_ID;
        int digits = digitsEnd(bytes, at, end);
        if (digits - at > MAX_ID_DIGITS) {
            return null;
        }
        if (digits > at) {
            ackId = decimal(bytes, at, digits);
            at = digits;
        }
        return new Header(type, attachments, namespace, ackId, at);
    }

    private static int digitsEnd(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    private static long decimal(byte[] bytes, int from, int end) {
        long value = 0;
        for (int i = from; i < end; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        return value;
    }

    private static SocketIoPacket packet(
            Header header, byte[] bytes, int offset, int length, @Nullable List<byte[]> attachments) {
        return switch (header.type) {
            case '0' -> connect(header, bytes, offset, length);
            case '1' -> length == 0 ? new SocketIoPacket.Disconnect(header.namespace) : MALFORMED;
            case '2', '5' -> event(header, JsonReader.read(bytes, offset, length, attachments));
            default -> acknowledgement(header, bytes, offset, length, attachments);
        };
    }

    private static SocketIoPacket connect(Header header, byte[] bytes, int offset, int length) {
        if (length == 0) {
            return new SocketIoPacket.Connect(header.namespace, new LinkedHashMap<>());
        }
        return switch (JsonReader.read(bytes, offset, length, null)) {
            case JsonReader.Result.Value(Map<?, ?> map) -> new SocketIoPacket.Connect(header.namespace, object(map));
            case JsonReader.Result.TooComplex deep
            when !deep.array() -> new SocketIoPacket.Connect(header.namespace, null);
            default -> MALFORMED;
        };
    }

    private static SocketIoPacket event(Header header, JsonReader.Result json) {
        return switch (json) {
            case JsonReader.Result.Value(List<?> list) -> event(header, list);
            case JsonReader.Result.TooComplex(boolean array, String name)
            when array && !SocketIoEncoder.RESERVED_EVENTS.contains(name) ->
                new SocketIoPacket.Event(header.namespace, header.ackId, name, null);
            default -> MALFORMED;
        };
    }

    private static SocketIoPacket event(Header header, List<?> list) {
        String name;
        if (list.isEmpty()) {
            return MALFORMED;
        } else if (list.getFirst() instanceof String text && !SocketIoEncoder.RESERVED_EVENTS.contains(text)) {
            name = text;
        } else if (list.getFirst() instanceof Number number) {
            name = number.toString();
        } else {
            return MALFORMED;
        }
        List<@Nullable Object> args = new ArrayList<>(list.subList(1, list.size()));
        return new SocketIoPacket.Event(header.namespace, header.ackId, name, args);
    }

    private static SocketIoPacket acknowledgement(
            Header header, byte[] bytes, int offset, int length, @Nullable List<byte[]> attachments) {
        if (header.ackId == SocketIoEncoder.NO_ID) {
            return MALFORMED;
        }
        if (length == 0) {
            return new SocketIoPacket.Acknowledgement(header.namespace, header.ackId, new ArrayList<>());
        }
        return switch (JsonReader.read(bytes, offset, length, attachments)) {
            case JsonReader.Result.Value(List<?> list) ->
                new SocketIoPacket.Acknowledgement(header.namespace, header.ackId, new ArrayList<>(list));
            case JsonReader.Result.TooComplex deep
            when deep.array() -> new SocketIoPacket.Acknowledgement(header.namespace, header.ackId, null);
            default -> MALFORMED;
        };
    }

    private static Map<String, @Nullable Object> object(Map<?, ?> map) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        map.forEach((name, value) -> object.put((String) name, value));
        return object;
    }
}
