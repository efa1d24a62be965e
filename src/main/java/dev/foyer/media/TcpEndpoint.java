package dev.foyer.media;

import dev.foyer.protocol.HotPath;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One listening TCP socket on an event loop, for clients whose UDP is blocked: passive candidates (RFC 6544), packets
 * framed as in RFC 4571. To what is behind it a connection is what a remote address is to a {@link UdpEndpoint}.
 *
 * <p>A connection has to show a connectivity check for somebody here as its first packet, and an authentic one within
 * {@value #PATIENCE_SECONDS} seconds; until then it counts as {@link UnprovenConnections unproven}, of which there is a
 * bounded number. What a connection holds in memory is bounded in both directions.
 *
 * <p>All methods but {@link #open} belong to the event loop.
 */
@HotPath
final class TcpEndpoint {
    /** Time for an authentic check, from the connection on. */
    static final int PATIENCE_SECONDS = 5;

    static final long PATIENCE_NANOS = PATIENCE_SECONDS * 1_000_000_000L;

    /** Unproven connections at a time. */
    static final int MOST_UNPROVEN = 512;

    /** Unproven connections of one address at a time: a class that joins at once from behind one, each for a round trip. */
    static final int MOST_UNPROVEN_OF_ADDRESS = 64;

    private static final int BACKLOG = 256;

    /** Above what a video stream needs on a long way, below what would keep a second of it from being dropped. */
    private static final int SOCKET_BUFFER_BYTES = 256 * 1024;

    private static final int READ_BYTES = 8 * 1024;
    private static final int READS_A_TURN = 4;
    private static final WriteBufferWaterMark WAITING = new WriteBufferWaterMark(32 * 1024, 128 * 1024);

    private final EventLoop loop;
    private final Channel channel;
    private final FrameReceiver receiver;
    private final LongSupplier nanoClock;
    private final InetSocketAddress localAddress;
    private final byte[] scratch = new byte[FrameReader.MAX_FRAME + UdpEndpoint.SPARE];
    private final Map<InetSocketAddress, TcpConnection> connections = new HashMap<>();
    private final UnprovenConnections<TcpConnection> unproven =
            new UnprovenConnections<>(MOST_UNPROVEN, MOST_UNPROVEN_OF_ADDRESS, PATIENCE_NANOS);
    private final List<TcpConnection> toFlush = new ArrayList<>();
    private final Runnable endOfTurn = this::flush;
    private boolean closed;

    private long accepted;
    private long refused;
    private long framesReceived;
    private long framesSent;
    private long writes;
    private long framesDropped;

    private TcpEndpoint(Channel channel, FrameReceiver receiver, LongSupplier nanoClock) {
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.receiver = receiver;
        this.nanoClock = nanoClock;
        this.localAddress = (InetSocketAddress) channel.localAddress();
    }

    /**
     * Binds a socket.
     *
     * @param channel a new, unregistered channel of the kind that the loop drives
     * @param local where to bind; port 0 for any
     * @param nanoClock the time when a connection arrives
     * @return completed on the loop, or failed with the bind's exception
     */
    static Future<TcpEndpoint> open(
            EventLoop loop,
            ServerChannel channel,
            InetSocketAddress local,
            LongSupplier nanoClock,
            FrameReceiver receiver) {
        Promise<TcpEndpoint> opened = loop.newPromise();
        Arrivals arrivals = new Arrivals();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channelFactory(() -> channel)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                // Those of a connection are inherited, and its window is agreed on before it is accepted.
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .childOption(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(READ_BYTES).maxMessagesPerRead(READS_A_TURN))
                .childHandler(arrivals);
        ChannelFuture bound = bootstrap.bind(local);
        bound.addListener(done -> {
            if (!done.isSuccess()) {
                opened.setFailure(done.cause());
                return;
            }
            TcpEndpoint endpoint = new TcpEndpoint(bound.channel(), receiver, nanoClock);
            arrivals.endpoint = endpoint;
            endpoint.channel.closeFuture().addListener(_ -> endpoint.channelClosed());
            opened.setSuccess(endpoint);
        });
        return opened;
    }

    /** Where the socket is bound. */
    InetSocketAddress localAddress() {
        return localAddress;
    }

    /**
     * Sends a packet with the turn's flush. Dropped, and counted, when there is no such connection or the client does not
     * read what it was sent.
     *
     * @param buffer copied before this method returns
     */
    void send(InetSocketAddress remote, byte[] buffer, int offset, int length) {
        TcpConnection connection = connections.get(remote);
        if (connection != null && connection.send(buffer, offset, length)) {
            framesSent++;
        } else {
            framesDropped++;
        }
    }

    /** Closes the connection behind a remote address, if there is one. The receiver is not told. */
    void close(InetSocketAddress remote) {
        TcpConnection connection = connections.remove(remote);
        if (connection != null) {
            unproven.remove(connection);
            connection.close();
        }
    }

    /** Closes connections that had their time to prove themselves. Call about once a second. */
    void tick(long nowNanos) {
        if (unproven.size() == 0) {
            return;
        }
        for (TcpConnection late : unproven.expired(nowNanos)) {
            end(late);
        }
    }

    /** Closes the socket and every connection; the receiver is not told. Idempotent. */
    void close() {
        if (!closed) {
            closed = true;
            closeConnections();
            ChannelFuture _ = channel.close();
        }
    }

    /** Connections that are open. */
    int connections() {
        return connections.size();
    }

    /** Connections that are open and have not proved themselves. */
    int unproven() {
        return unproven.size();
    }

    TcpCounters counters() {
        return new TcpCounters(accepted, refused, framesReceived, framesSent, writes, framesDropped);
    }

    byte[] scratch() {
        return scratch;
    }

    boolean expects(byte[] buffer, int offset, int length) {
        return receiver.expects(buffer, offset, length);
    }

    void received(TcpConnection connection, byte[] buffer, int offset, int length) {
        framesReceived++;
        receiver.receive(this, connection.remote(), buffer, offset, length);
    }

    boolean hasProved(TcpConnection connection) {
        if (!receiver.hasProved(this, connection.remote())) {
            return false;
        }
        accepted++;
        unproven.remove(connection);
        return true;
    }

    void flushLater(TcpConnection connection) {
        if (toFlush.isEmpty()) {
            loop.execute(endOfTurn);
        }
        toFlush.add(connection);
    }

    void written() {
        writes++;
    }

    /** A connection is over, or is to be. */
    void end(TcpConnection connection) {
        if (connections.remove(connection.remote(), connection)) {
            unproven.remove(connection);
            if (!connection.isProved()) {
                refused++;
            }
            receiver.connectionLost(this, connection.remote());
        }
        connection.close();
    }

    void failed(Throwable cause) {
        receiver.handlerFailed(cause);
    }

    private void flush() {
        for (int i = 0; i < toFlush.size(); i++) {
            toFlush.get(i).flush();
        }
        toFlush.clear();
    }

    private void arrived(Channel arrival) {
        InetSocketAddress remote = (InetSocketAddress) arrival.remoteAddress();
        if (closed || remote == null || !receiver.accepts(remote.getAddress())) {
            refuse(arrival);
            return;
        }
        TcpConnection stale = connections.get(remote);
        if (stale != null) {
            // The same address and port again: the kernel knows that the old one is gone, we have not read it yet.
            end(stale);
        }
        TcpConnection connection = new TcpConnection(this, arrival, remote);
        if (!unproven.add(connection, remote.getAddress(), nanoClock.getAsLong())) {
            refuse(arrival);
            return;
        }
        connections.put(remote, connection);
        arrival.pipeline().addLast(connection);
        TcpConnection crowdedOut = unproven.crowdedOut();
        if (crowdedOut != null) {
            end(crowdedOut);
        }
    }

    private void refuse(Channel arrival) {
        refused++;
        ChannelFuture _ = arrival.close();
    }

    private void channelClosed() {
        if (!closed) {
            closed = true;
            closeConnections();
            receiver.endpointLost(this);
        }
    }

    private void closeConnections() {
        for (TcpConnection connection : new ArrayList<>(connections.values())) {
            unproven.remove(connection);
            connection.close();
        }
        connections.clear();
    }

    /** Connections as they come, from the moment on when the endpoint is there. */
    private static final class Arrivals extends ChannelInitializer<Channel> {
        private @Nullable TcpEndpoint endpoint;

        @Override
        protected void initChannel(Channel arrival) {
            TcpEndpoint ready = endpoint;
            if (ready == null) {
                ChannelFuture _ = arrival.close();
            } else {
                ready.arrived(arrival);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            TcpEndpoint ready = endpoint;
            if (ready != null) {
                ready.failed(cause);
            }
            ChannelFuture _ = context.close();
        }
    }
}
