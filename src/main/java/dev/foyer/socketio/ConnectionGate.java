package dev.foyer.socketio;

import java.net.InetSocketAddress;

/** Says how many connections an address may open. Asked on any event loop. */
public interface ConnectionGate {
    /** Lets everybody in. */
    ConnectionGate OPEN = new ConnectionGate() {
        @Override
        public long enter(InetSocketAddress address) {
            return 0;
        }

        @Override
        public void leave(InetSocketAddress address) {}
    };

    /**
     * A connection is about to be opened.
     *
     * @return 0 when it may be; else milliseconds until it is worth another try, which the client is told
     */
    long enter(InetSocketAddress address);

    /** A connection that was let in is closed. */
    void leave(InetSocketAddress address);
}
