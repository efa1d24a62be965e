package dev.foyer.socketio;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client's Engine.IO message meant in Socket.IO (protocol revision 5). */
sealed interface SocketIoPacket {
    /** A request to enter a namespace; {@code auth} is null when its JSON was too deep to be read. */
    record Connect(String namespace, @Nullable Map<String, @Nullable Object> auth) implements SocketIoPacket {}

    /** A departure from a namespace. */
    record Disconnect(String namespace) implements SocketIoPacket {}

    /**
     * An event; {@code ackId} is {@link SocketIoEncoder#NO_ID} when none is asked for, {@code args} null when its JSON was
     * too deep to be read.
     */
    record Event(
            String namespace,
            long ackId,
            String name,
            @Nullable List<@Nullable Object> args) implements SocketIoPacket {}

    /** An acknowledgement; {@code args} is null when its JSON was too deep to be read. */
    record Acknowledgement(
            String namespace, long ackId, @Nullable List<@Nullable Object> args) implements SocketIoPacket {}

    /** More messages belong to the packet. */
    record Incomplete() implements SocketIoPacket {}

    /** The framing is broken: the connection has to be closed. */
    record Malformed() implements SocketIoPacket {}
}
