package dev.foyer.dialect.call;

import dev.foyer.dialect.Client;
import dev.foyer.dialect.Messages;
import dev.foyer.dialect.Protocol;
import dev.foyer.dialect.Request;
import dev.foyer.room.Dialect;
import dev.foyer.room.RoomEvent;
import dev.foyer.socketio.Socket;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The {@code call} dialect. */
public final class CallDialect implements Protocol {
    /** The dialect. */
    public static final Protocol PROTOCOL = new CallDialect();

    private CallDialect() {}

    @Override
    public Dialect dialect() {
        return Dialect.CALL;
    }

    @Override
    public boolean severalRooms() {
        return false;
    }

    @Override
    public @Nullable Request request(String event) {
        return CallRequests.find(event);
    }

    @Override
    public void expiring(Socket socket, Instant expiresAt) {
        Messages.emit(socket, new ServerMessages.TokenExpiring(expiresAt.toEpochMilli()));
    }

    @Override
    public void write(Client client, String roomId, RoomEvent event) {
        CallEvents.send(client.socket(), event);
    }
}
