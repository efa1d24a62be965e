package dev.foyer.socketio;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The callback that a client passed with an event, good for the connection that it came by. */
final class ClientAck implements Ack {
    private final ServerSocket socket;
    private final Connection connection;
    private final long id;
    private final AtomicBoolean replied = new AtomicBoolean();

    ClientAck(ServerSocket socket, Connection connection, long id) {
        this.socket = socket;
        this.connection = connection;
        this.id = id;
    }

    @Override
    public void reply(@Nullable Object... args) {
        if (replied.get()) {
            return;
        }
        EncodedPacket packet = SocketIoEncoder.ack(socket.namespace().name(), id, args);
        if (replied.compareAndSet(false, true)) {
            socket.reply(connection, packet);
        }
    }
}
