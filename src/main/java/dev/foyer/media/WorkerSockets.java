package dev.foyer.media;

import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.ice.TransportProtocol;
import dev.foyer.protocol.ice.Tuple;
import dev.foyer.sfu.PacketOutput;
import dev.foyer.sfu.PacketPort;
import dev.foyer.sfu.SfuWorker;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.spi.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one SFU worker: UDP and, unless switched off, TCP on one port number of each address to listen on. Takes
 * the worker's packets, gives it those that arrive.
 *
 * <p>Belongs to the worker's event loop.
 */
@HotPath
final class WorkerSockets implements PacketOutput {
    /** What the owner hears of. */
    interface Owner {
        /** An exception while a packet was handled: a bug. */
        void fault(Throwable cause);

        /** A socket is gone though nobody closed it. */
        void lost(String what);
    }

    private final MediaSettings settings;
    private final OwnMachine machine;
    private final Owner owner;
    private final List<UdpEndpoint> udp = new ArrayList<>();
    private final List<TcpEndpoint> tcp = new ArrayList<>();
    private final IdentityHashMap<Object, PacketPort> ports = new IdentityHashMap<>();
    private final Datagrams datagrams = new Datagrams();
    private final Frames frames = new Frames();
    private @Nullable UdpEndpoint onlyUdp;
    private @Nullable SfuWorker worker;

    WorkerSockets(MediaSettings settings, OwnMachine machine, Owner owner) {
        this.settings = settings;
        this.machine = machine;
        this.owner = owner;
    }

    /** Binds all addresses to one port: the first of those configured that is free on all of them. */
    Future<Void> bind(Transport transport, EventLoop loop, SfuWorker forWorker) {
        worker = forWorker;
        return bind(transport, loop, settings.minPort());
    }

    private Future<Void> bind(Transport transport, EventLoop loop, int port) {
        return bindAll(transport, loop, port, 0).recover(failure -> {
            close();
            if (port >= settings.maxPort()) {
                return Future.failedFuture(new IllegalStateException(
                        "no port from %d to %d is free for UDP%s"
                                .formatted(settings.minPort(), settings.maxPort(), settings.tcp() ? " and TCP" : ""),
                        failure));
            }
            return bind(transport, loop, port + 1);
        });
    }

    private Future<Void> bindAll(Transport transport, EventLoop loop, int port, int index) {
        if (index == settings.listenIps().size()) {
            return Future.succeededFuture();
        }
        InetSocketAddress local = new InetSocketAddress(settings.listenIps().get(index), port);
        return bindUdp(transport, loop, local)
                .compose(_ -> settings.tcp() ? bindTcp(transport, loop, local) : Future.succeededFuture())
                .compose(_ -> bindAll(transport, loop, port, index + 1));
    }

    private Future<Void> bindUdp(Transport transport, EventLoop loop, InetSocketAddress local) {
        return future(UdpEndpoint.open(
                        loop,
                        transport.datagramChannelFactory().newChannel(),
                        local,
                        settings.socketBufferBytes(),
                        settings.socketBufferBytes(),
                        datagrams))
                .map(endpoint -> {
                    open(endpoint, TransportProtocol.UDP, endpoint.localAddress());
                    udp.add(endpoint);
                    onlyUdp = udp.size() == 1 ? endpoint : null;
                    return null;
                });
    }

    private Future<Void> bindTcp(Transport transport, EventLoop loop, InetSocketAddress local) {
        return future(TcpEndpoint.open(
                        loop, transport.serverChannelFactory(false).newChannel(), local, System::nanoTime, frames))
                .map(endpoint -> {
                    open(endpoint, TransportProtocol.TCP, endpoint.localAddress());
                    tcp.add(endpoint);
                    return null;
                });
    }

    private void open(Object endpoint, TransportProtocol protocol, InetSocketAddress local) {
        SfuWorker current = worker;
        if (current != null) {
            ports.put(endpoint, current.addPort(protocol, local));
        }
    }

    private static <T> Future<T> future(io.netty.util.concurrent.Future<T> opening) {
        Promise<T> opened = Promise.promise();
        opening.addListener((io.netty.util.concurrent.Future<T> done) -> {
            if (done.isSuccess()) {
                opened.complete(done.getNow());
            } else {
                opened.fail(done.cause());
            }
        });
        return opened.future();
    }

    /** Where the UDP sockets are bound; TCP has the same addresses. */
    List<InetSocketAddress> bound() {
        List<InetSocketAddress> bound = new ArrayList<>();
        for (UdpEndpoint endpoint : udp) {
            bound.add(endpoint.localAddress());
        }
        return bound;
    }

    /** Closes connections that had their time to prove themselves. */
    void tick(long nowNanos) {
        for (int i = 0; i < tcp.size(); i++) {
            tcp.get(i).tick(nowNanos);
        }
    }

    /** Closes all sockets. */
    void close() {
        for (UdpEndpoint endpoint : udp) {
            forget(endpoint);
            endpoint.close();
        }
        for (TcpEndpoint endpoint : tcp) {
            forget(endpoint);
            endpoint.close();
        }
        udp.clear();
        tcp.clear();
        onlyUdp = null;
    }

    private void forget(Object endpoint) {
        PacketPort port = ports.remove(endpoint);
        SfuWorker current = worker;
        if (current != null && port != null) {
            current.removePort(port);
        }
    }

    /** Closes a UDP socket without anybody's knowing, for tests. */
    void loseSocket() {
        ChannelFuture _ = udp.getFirst().channel().close();
    }

    /** The figures of all sockets. */
    MediaCounters counters() {
        MediaCounters sum = MediaCounters.ZERO;
        for (UdpEndpoint endpoint : udp) {
            sum = sum.plus(endpoint.counters());
        }
        for (TcpEndpoint endpoint : tcp) {
            sum = sum.plus(endpoint.counters());
        }
        return sum;
    }

    @Override
    public void send(Tuple tuple, byte[] buffer, int offset, int length) {
        if (tuple.protocol() == TransportProtocol.TCP) {
            TcpEndpoint endpoint = tcpOf(tuple);
            if (endpoint != null) {
                endpoint.send(tuple.remote(), buffer, offset, length);
            }
            return;
        }
        UdpEndpoint endpoint = onlyUdp;
        if (endpoint == null) {
            endpoint = udpOf(tuple);
        }
        if (endpoint != null) {
            endpoint.send(tuple.remote(), buffer, offset, length);
        }
    }

    @Override
    public void pathEnded(Tuple tuple) {
        if (tuple.protocol() == TransportProtocol.TCP) {
            TcpEndpoint endpoint = tcpOf(tuple);
            if (endpoint != null) {
                endpoint.close(tuple.remote());
            }
        }
    }

    private @Nullable UdpEndpoint udpOf(Tuple tuple) {
        for (int i = 0; i < udp.size(); i++) {
            if (udp.get(i).localAddress().equals(tuple.local())) {
                return udp.get(i);
            }
        }
        return null;
    }

    private @Nullable TcpEndpoint tcpOf(Tuple tuple) {
        for (int i = 0; i < tcp.size(); i++) {
            if (tcp.get(i).localAddress().equals(tuple.local())) {
                return tcp.get(i);
            }
        }
        return null;
    }

    private boolean welcomes(InetAddress remote) {
        return !settings.ownMachineOnly() || machine.owns(remote);
    }

    private void receive(Object endpoint, InetSocketAddress remote, byte[] buffer, int offset, int length) {
        PacketPort port = ports.get(endpoint);
        SfuWorker current = worker;
        if (port == null || current == null) {
            return;
        }
        try {
            current.receive(port, remote, buffer, offset, length, System.nanoTime());
        } catch (RuntimeException | Error e) {
            owner.fault(e);
        }
    }

    /** What UDP gives. */
    private final class Datagrams implements DatagramReceiver {
        @Override
        public void receive(UdpEndpoint endpoint, InetSocketAddress remote, byte[] buffer, int offset, int length) {
            if (welcomes(remote.getAddress())) {
                WorkerSockets.this.receive(endpoint, remote, buffer, offset, length);
            }
        }

        @Override
        public void handlerFailed(Throwable cause) {
            owner.fault(cause);
        }

        @Override
        public void endpointLost(UdpEndpoint endpoint) {
            owner.lost("UDP socket lost");
        }
    }

    /** What TCP gives. */
    private final class Frames implements FrameReceiver {
        @Override
        public boolean accepts(InetAddress remote) {
            return welcomes(remote);
        }

        @Override
        public boolean expects(byte[] buffer, int offset, int length) {
            SfuWorker current = worker;
            return current != null && current.expects(buffer, offset, length);
        }

        @Override
        public void receive(TcpEndpoint endpoint, InetSocketAddress remote, byte[] buffer, int offset, int length) {
            WorkerSockets.this.receive(endpoint, remote, buffer, offset, length);
        }

        @Override
        public boolean hasProved(TcpEndpoint endpoint, InetSocketAddress remote) {
            PacketPort port = ports.get(endpoint);
            return port != null && port.knows(remote);
        }

        @Override
        public void connectionLost(TcpEndpoint endpoint, InetSocketAddress remote) {
            PacketPort port = ports.get(endpoint);
            SfuWorker current = worker;
            if (port == null || current == null) {
                return;
            }
            try {
                current.pathLost(port, remote);
            } catch (RuntimeException | Error e) {
                owner.fault(e);
            }
        }

        @Override
        public void handlerFailed(Throwable cause) {
            owner.fault(cause);
        }

        @Override
        public void endpointLost(TcpEndpoint endpoint) {
            owner.lost("TCP socket lost");
        }
    }
}
