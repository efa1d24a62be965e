package dev.foyer.dialect.call;

import dev.foyer.auth.Identity;
import dev.foyer.room.EventSink;
import dev.foyer.room.Recipient;
import dev.foyer.room.RoomEvent;
import dev.foyer.room.Rooms;
import dev.foyer.socketio.Namespace;
import dev.foyer.socketio.Socket;
import java.util.function.Function;

/** The {@code call} dialect: Socket.IO sockets of one namespace on one side, rooms on the other. */
public final class CallDialect implements EventSink {
    private final Rooms rooms;
    private final Namespace namespace;
    private final Function<Socket, Identity> identities;

    /**
     * A dialect for the sockets of a namespace.
     *
     * @param rooms where participants meet
     * @param namespace whose sockets get the events
     * @param identities who a socket speaks for
     */
    public CallDialect(Rooms rooms, Namespace namespace, Function<Socket, Identity> identities) {
        this.rooms = rooms;
        this.namespace = namespace;
        this.identities = identities;
    }

    /** Serves a new socket: becomes its listener. Call it from {@link Namespace#onConnection}. */
    public void connected(Socket socket) {
        socket.attachment(identities.apply(socket));
    }

    @Override
    public void deliver(Recipient recipient, RoomEvent event) {
        rooms.roomCount();
        namespace.name();
    }
}
