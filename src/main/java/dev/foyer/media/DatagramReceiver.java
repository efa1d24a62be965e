package dev.foyer.media;

import java.net.InetSocketAddress;

/** Takes what a {@link UdpEndpoint} receives. Called on the endpoint's event loop only. */
interface DatagramReceiver {
    /**
     * A datagram arrived.
     *
     * @param buffer borrowed until this method returns; it may be changed in place and has at least 64 spare bytes
     *     behind the datagram
     */
    void receive(UdpEndpoint endpoint, InetSocketAddress remote, byte[] buffer, int offset, int length);

    /** Handling a datagram threw. The loop goes on. */
    void handlerFailed(Throwable cause);

    /** The socket is gone though nobody closed the endpoint. */
    void endpointLost(UdpEndpoint endpoint);
}
