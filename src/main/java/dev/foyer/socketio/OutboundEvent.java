package dev.foyer.socketio;

import org.jspecify.annotations.Nullable;

/** One event on its way to one or many sockets, encoded once in each form that is asked for. Used by one thread. */
final class OutboundEvent {
    private final String namespace;
    private final String event;
    private final @Nullable Object[] args;
    private final String offset;
    private @Nullable EncodedPacket plain;
    private @Nullable EncodedPacket tracked;

    OutboundEvent(String namespace, String event, @Nullable Object[] args, String offset) {
        this.namespace = namespace;
        this.event = event;
        this.args = args;
        this.offset = offset;
    }

    /** The event as it is. */
    EncodedPacket plain() {
        if (plain == null) {
            plain = SocketIoEncoder.event(namespace, event, args, null, SocketIoEncoder.NO_ID);
        }
        return plain;
    }

    /** The event with its offset as a last argument. */
    EncodedPacket tracked() {
        if (tracked == null) {
            tracked = SocketIoEncoder.event(namespace, event, args, offset, SocketIoEncoder.NO_ID);
        }
        return tracked;
    }

    /** Where the event is in the order of all events. */
    String offset() {
        return offset;
    }

    /** What a client that keeps offsets takes for one in {@link #plain}; null when it sees none there. */
    @Nullable
    String apparentOffset() {
        Object last = args.length == 0 ? event : args[args.length - 1];
        return last instanceof CharSequence || last instanceof Enum<?> ? last.toString() : null;
    }
}
