package dev.foyer.dialect;

import dev.foyer.room.RoomErrorCode;
import dev.foyer.socketio.Socket;
import java.util.Map;

/** A dialect's way to tell a client without a callback that its message was refused; see {@link Protocol#refuse}. */
@FunctionalInterface
interface Refusal {
    void tell(Socket socket, String event, RoomErrorCode code, String text, Map<String, Object> more);
}
