package dev.foyer.sfu;

import dev.foyer.ortc.IceCandidate;
import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.dtls.DtlsCertificate;
import dev.foyer.protocol.ice.IceOutcome;
import dev.foyer.protocol.ice.TransportProtocol;
import dev.foyer.protocol.ice.Tuple;
import dev.foyer.protocol.stun.StunPeek;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Everything of the SFU that belongs to one thread: the counterpart of a mediasoup worker, without its sockets and
 * clock. Its methods are called on that thread, the given executor runs tasks on it, and output is called on it.
 *
 * <p>A datagram is told apart by its first byte (RFC 7983 section 7), then belongs to the transport that its remote
 * address has proved to belong to; a connectivity check from a new address goes by its user name fragment (RFC 8445
 * section 7.3). Nothing else from an unknown address has any effect beyond a counter.
 */
@HotPath
public final class SfuWorker {
    /** How often {@link #tick} wants to be called. */
    public static final int TICK_MILLIS = 20;

    private final SfuEnvironment environment;
    private final List<PacketPort> ports = new ArrayList<>();
    private final List<Router> routers = new ArrayList<>();
    private final Map<String, WebRtcTransport> byUsernameFragment = new HashMap<>();
    private final SfuCounters counters;
    private int load;
    private boolean closed;

    /**
     * @param executor runs tasks in order on the worker's thread, for the results of DTLS handshakes
     * @param wallClockOffsetNanos what to add to {@code nowNanos} for nanoseconds since 1970
     */
    public SfuWorker(
            PacketOutput output,
            Executor executor,
            DtlsCertificate certificate,
            SecureRandom random,
            long wallClockOffsetNanos) {
        this(output, executor, certificate, random, wallClockOffsetNanos, HandshakeSlots.DEFAULT_CAPACITY);
    }

    /** @param handshakes the most DTLS handshakes under way at once */
    SfuWorker(
            PacketOutput output,
            Executor executor,
            DtlsCertificate certificate,
            SecureRandom random,
            long wallClockOffsetNanos,
            int handshakes) {
        counters = new SfuCounters();
        environment = new SfuEnvironment(
                this,
                output,
                executor,
                certificate,
                random,
                counters,
                new HandshakeSlots(handshakes),
                wallClockOffsetNanos);
    }

    /** Adds a socket, whose datagrams then come to {@link #receive}. */
    public PacketPort addPort(TransportProtocol protocol, InetSocketAddress local) {
        PacketPort port = new PacketPort(protocol, local);
        ports.add(port);
        return port;
    }

    /** Forgets a socket that is closed. */
    public void removePort(PacketPort port) {
        ports.remove(port);
    }

    /** Sets what clients are told of the worker's addresses, best first. */
    public void candidates(List<IceCandidate> candidates) {
        environment.candidates(candidates);
    }

    /**
     * Opens a router.
     *
     * @throws RefusedException {@code CLOSED} when the worker is
     */
    public Router openRouter(RouterSettings settings, RouterListener listener) {
        if (closed) {
            throw new RefusedException(RefusalReason.CLOSED, "The SFU worker is closed");
        }
        Router router = new Router(environment, settings, listener);
        routers.add(router);
        return router;
    }

    /**
     * Takes a datagram.
     *
     * @param buffer borrowed until return; changed in place
     */
    public void receive(
            PacketPort port, InetSocketAddress remote, byte[] buffer, int offset, int length, long nowNanos) {
        environment.now(nowNanos);
        if (length == 0) {
            counters.malformed++;
            return;
        }
        int first = buffer[offset] & 0xFF;
        PacketPort.Path path = port.path(remote);
        if (first >= 128 && first <= 191) {
            if (path == null) {
                counters.unknownTuple++;
            } else {
                path.transport().receiveMedia(buffer, offset, length, nowNanos);
            }
        } else if (first <= 3) {
            receiveStun(port, path, remote, buffer, offset, length, nowNanos);
        } else if (first >= 20 && first <= 63) {
            if (path == null) {
                counters.unknownTuple++;
            } else {
                path.transport().receiveDtls(buffer, offset, length);
            }
        } else {
            counters.malformed++;
        }
    }

    private void receiveStun(
            PacketPort port,
            PacketPort.@Nullable Path path,
            InetSocketAddress remote,
            byte[] buffer,
            int offset,
            int length,
            long nowNanos) {
        counters.stunReceived++;
        if (path != null) {
            IceOutcome outcome = path.transport().receiveStun(path.tuple(), buffer, offset, length, nowNanos);
            // A client may open its next transport from the port of a closed one.
            if (outcome != IceOutcome.UNKNOWN_USERNAME) {
                counters.stun(outcome);
                return;
            }
        }
        String usernameFragment = StunPeek.usernameFragment(buffer, offset, length);
        WebRtcTransport transport = usernameFragment == null ? null : byUsernameFragment.get(usernameFragment);
        if (transport == null) {
            counters.stun(
                    usernameFragment == null && !StunPeek.isStun(buffer, offset, length)
                            ? IceOutcome.MALFORMED
                            : IceOutcome.UNKNOWN_USERNAME);
            return;
        }
        counters.stun(transport.receiveStun(port.tuple(remote), buffer, offset, length, nowNanos));
    }

    /**
     * Whether a packet reads like a connectivity check for a transport of this worker. Not authentic: good for nothing
     * but to turn away whoever has not even that to say.
     */
    public boolean expects(byte[] buffer, int offset, int length) {
        String usernameFragment = StunPeek.usernameFragment(buffer, offset, length);
        return usernameFragment != null && byUsernameFragment.containsKey(usernameFragment);
    }

    /** The connection behind a remote address of a TCP port is gone: whoever it belonged to loses that path. */
    public void pathLost(PacketPort port, InetSocketAddress remote) {
        PacketPort.Path path = port.path(remote);
        if (path != null) {
            path.transport().pathLost(path.tuple());
        }
    }

    /**
     * Does what is due: reports, retransmission requests, consent. Called every {@link #TICK_MILLIS} while it
     * {@link #hasTransports has transports}, and before anything else is asked of it when it had none.
     */
    public void tick(long nowNanos) {
        environment.now(nowNanos);
        for (int i = 0; i < routers.size(); i++) {
            routers.get(i).tick(nowNanos);
        }
    }

    /** What was counted since the worker began. */
    public SfuCounters counters() {
        return counters;
    }

    /** How much there is to do: a measure to compare workers by. */
    public int load() {
        return load;
    }

    /** Whether anything can fall due: a router alone waits for nothing. */
    public boolean hasTransports() {
        return load > routers.size();
    }

    /** How many remote addresses belong to transports now: what a flood of packets must not change. */
    int paths() {
        int paths = 0;
        for (int i = 0; i < ports.size(); i++) {
            paths += ports.get(i).size();
        }
        return paths;
    }

    /** How many DTLS handshakes are under way. */
    int handshakes() {
        return environment.handshakes.taken();
    }

    /** How many routers are open. */
    public int routers() {
        return routers.size();
    }

    /** Whether nothing is left of any router: no load, no user name fragment, no remote address. */
    public boolean isIdle() {
        boolean idle = load == 0 && routers.isEmpty() && byUsernameFragment.isEmpty();
        for (int i = 0; i < ports.size(); i++) {
            idle &= ports.get(i).isEmpty();
        }
        return idle;
    }

    /** Closes everything; listeners are not called. Idempotent. */
    public void close() {
        closed = true;
        for (Router router : List.copyOf(routers)) {
            router.close();
        }
    }

    void routerClosed(Router router) {
        routers.remove(router);
    }

    void addLoad(int change) {
        load += change;
    }

    void registerUsernameFragment(String usernameFragment, WebRtcTransport transport) {
        byUsernameFragment.put(usernameFragment, transport);
    }

    void releaseUsernameFragment(String usernameFragment) {
        byUsernameFragment.remove(usernameFragment);
    }

    void bind(Tuple tuple, WebRtcTransport transport) {
        PacketPort port = portOf(tuple);
        if (port != null) {
            port.bind(tuple, transport);
        }
    }

    void unbind(Tuple tuple, WebRtcTransport transport) {
        PacketPort port = portOf(tuple);
        if (port != null && port.unbind(tuple, transport)) {
            environment.output.pathEnded(tuple);
        }
    }

    private @Nullable PacketPort portOf(Tuple tuple) {
        for (PacketPort port : ports) {
            if (port.protocol() == tuple.protocol() && port.local().equals(tuple.local())) {
                return port;
            }
        }
        return null;
    }
}
