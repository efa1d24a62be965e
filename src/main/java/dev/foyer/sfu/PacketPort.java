package dev.foyer.sfu;

import dev.foyer.protocol.ice.TransportProtocol;
import dev.foyer.protocol.ice.Tuple;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One socket as the worker sees it: which transport each remote address belongs to. An address gets here only by an
 * authentic connectivity check.
 */
public final class PacketPort {
    private final TransportProtocol protocol;
    private final InetSocketAddress local;
    private final Map<InetSocketAddress, Path> paths = new HashMap<>();

    PacketPort(TransportProtocol protocol, InetSocketAddress local) {
        this.protocol = protocol;
        this.local = local;
    }

    /** What its packets are carried by. */
    public TransportProtocol protocol() {
        return protocol;
    }

    /** Where the socket is bound. */
    public InetSocketAddress local() {
        return local;
    }

    /** Whether a remote address has proved to belong to a transport, and still does. */
    public boolean knows(InetSocketAddress remote) {
        return paths.containsKey(remote);
    }

    @Nullable
    Path path(InetSocketAddress remote) {
        return paths.get(remote);
    }

    Tuple tuple(InetSocketAddress remote) {
        return new Tuple(protocol, local, remote);
    }

    void bind(Tuple tuple, WebRtcTransport transport) {
        paths.put(tuple.remote(), new Path(tuple, transport));
    }

    /**
     * Forgets a path, unless another transport has taken it over since.
     *
     * @return whether it was forgotten
     */
    boolean unbind(Tuple tuple, WebRtcTransport transport) {
        Path path = paths.get(tuple.remote());
        if (path == null || path.transport != transport) {
            return false;
        }
        paths.remove(tuple.remote());
        return true;
    }

    boolean isEmpty() {
        return paths.isEmpty();
    }

    int size() {
        return paths.size();
    }

    /** A remote address that proved to belong to a transport. */
    record Path(Tuple tuple, WebRtcTransport transport) {}
}
