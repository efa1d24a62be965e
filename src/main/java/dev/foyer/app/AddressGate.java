package dev.foyer.app;

import dev.foyer.limit.LimitKind;
import dev.foyer.limit.Limits;
import dev.foyer.limit.OpenKind;
import dev.foyer.limit.Subject;
import dev.foyer.socketio.ConnectionGate;
import java.net.InetSocketAddress;

/** Limits the Socket.IO connections of an address. */
record AddressGate(Limits limits) implements ConnectionGate {
    @Override
    public long enter(InetSocketAddress address) {
        Subject subject = Subject.at(address);
        long wait = limits.take(LimitKind.CONNECTIONS, subject);
        if (wait > 0) {
            return wait;
        }
        return limits.enter(OpenKind.CONNECTIONS, subject) ? 0 : Limits.OPEN_RETRY_MILLIS;
    }

    @Override
    public void leave(InetSocketAddress address) {
        limits.leave(OpenKind.CONNECTIONS, Subject.at(address));
    }
}
