package dev.foyer.dialect.call;

import dev.foyer.auth.Identity;
import dev.foyer.room.EventSink;
import dev.foyer.room.Recipient;
import dev.foyer.room.RoomEvent;
import dev.foyer.room.Rooms;
import dev.foyer.socketio.Namespace;
import dev.foyer.socketio.Socket;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * The {@code call} dialect: Socket.IO sockets on one side, rooms on the other. Made once for a server; safe for use from
 * any thread.
 */
public final class CallDialect implements EventSink {
    private final Rooms rooms;
    private final Function<Socket, Identity> identities;
    private final ConcurrentMap<String, CallConnection> connections = new ConcurrentHashMap<>();

    /**
     * @param rooms where participants meet
     * @param identities who a socket speaks for
     */
    public CallDialect(Rooms rooms, Function<Socket, Identity> identities) {
        this.rooms = rooms;
        this.identities = identities;
    }

    /** Serves a new socket: becomes its listener. Call it from {@link Namespace#onConnection}. */
    public void connected(Socket socket) {
        CallConnection connection = new CallConnection(
                socket, rooms, identities.apply(socket), gone -> connections.remove(socket.id(), gone));
        connections.put(socket.id(), connection);
        socket.listener(connection);
    }

    @Override
    public void deliver(Recipient recipient, RoomEvent event) {
        CallConnection connection = connections.get(recipient.participantId());
        if (connection != null) {
            connection.deliver(recipient.roomId(), event);
        }
    }
}
