package dev.foyer.media;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/** What carries a test client's packets. */
interface PeerSocket extends Closeable {
    /** Sends a packet. */
    void send(byte[] buffer, int offset, int length, InetSocketAddress server) throws IOException;

    /**
     * Waits for a packet.
     *
     * @return its length
     * @throws IOException when the socket is closed, by whichever end
     */
    int receive(byte[] buffer) throws IOException;

    /** {@code udp} or {@code tcp}, as candidates say it. */
    String protocol();
}
