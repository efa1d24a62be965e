package dev.foyer.media;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Takes what a {@link TcpEndpoint} receives. Called on the endpoint's event loop only. */
interface FrameReceiver {
    /** Whether a connection from this address is taken at all. */
    boolean accepts(InetAddress remote);

    /**
     * Whether the first packet of a connection is one that somebody here waits for.
     *
     * @param buffer borrowed until this method returns
     */
    boolean expects(byte[] buffer, int offset, int length);

    /**
     * A packet arrived.
     *
     * @param buffer borrowed until this method returns; it may be changed in place and has at least 64 spare bytes
     *     behind the packet
     */
    void receive(TcpEndpoint endpoint, InetSocketAddress remote, byte[] buffer, int offset, int length);

    /** Whether the other end of a connection has proved whose it is. */
    boolean hasProved(TcpEndpoint endpoint, InetSocketAddress remote);

    /** A connection ended, or never proved itself. */
    void connectionLost(TcpEndpoint endpoint, InetSocketAddress remote);

    /** Handling a packet threw. The loop goes on. */
    void handlerFailed(Throwable cause);

    /** The listening socket is gone though nobody closed the endpoint. */
    void endpointLost(TcpEndpoint endpoint);
}
