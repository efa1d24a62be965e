package dev.foyer.dialect;

import dev.foyer.room.Dialect;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomEvent;
import dev.foyer.socketio.Socket;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client protocol on Socket.IO: which messages it knows, and how it writes what happens in rooms. Holds nothing that
 * belongs to one client; called on any thread.
 */
public interface Protocol {
    /** Which one it is. */
    Dialect dialect();

    /** Whether a socket may be in several rooms; otherwise joining a second leaves the first. */
    boolean severalRooms();

    /** What to do with a message, or null when it is none of this protocol's. */
    @Nullable
    Request request(String event);

    /** Tells a client what happened in a room that it is in. */
    void write(Client client, String roomId, RoomEvent event);

    /**
     * Tells a client that it has to show another token soon. Says nothing in protocols whose clients cannot do that.
     *
     * @param expiresAt when it is disconnected otherwise
     */
    default void expiring(Socket socket, Instant expiresAt) {}

    /**
     * Tells a client which passed no callback that its message was refused.
     *
     * @param event the refused message's
     * @param text for people, and for clients that match on it
     * @param more fields beyond the usual
     */
    default void refuse(Socket socket, String event, RoomErrorCode code, String text, Map<String, Object> more) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("success", false);
        error.put("error", text);
        error.put("code", code.name());
        error.putAll(more);
        error.put("message", text);
        error.put("event", event);
        socket.emit("error", error);
    }
}
