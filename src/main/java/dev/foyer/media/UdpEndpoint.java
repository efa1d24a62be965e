package dev.foyer.media;

import dev.foyer.protocol.HotPath;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One UDP socket on an event loop.
 *
 * <p>Receives in batches, copies each datagram once into a scratch array and hands it to its {@link DatagramReceiver}.
 * What is sent in one turn of the loop is collected by destination and leaves with one flush: when a batch of received
 * datagrams is done, else by a task at the end of the turn. Runs of equal size go out as one segmented send where the
 * kernel can do that (Linux, epoll), plain otherwise; a kernel or device that refuses is asked no more.
 *
 * <p>All methods but {@link #open} belong to the event loop.
 */
@HotPath
public final class UdpEndpoint {
    /** Longest datagram received or sent; media stays below the MTU of Ethernet. */
    static final int MAX_DATAGRAM = 2048;

    /** Spare bytes behind a received datagram in the scratch array. */
    static final int SPARE = 64;

    /** Segments in one send; Linux takes 64. */
    private static final int MAX_SEGMENTS = 48;

    private static final int SEGMENTED_BUFFER = 16 * 1024;
    private static final int RECEIVE_BATCH = 32;

    /** Datagrams are dropped while more than this many bytes wait for the socket. */
    private static final WriteBufferWaterMark BACKLOG = new WriteBufferWaterMark(2 * 1024 * 1024, 4 * 1024 * 1024);

    private static final int EIO = 5;
    private static final int EINVAL = 22;
    private static final int EOPNOTSUPP = 95;

    private final EventLoop loop;
    private final Channel channel;
    private final DatagramReceiver receiver;
    private final byte[] scratch = new byte[MAX_DATAGRAM + SPARE];
    private final SendRuns runs = new SendRuns(256);
    private final SendBuffers buffers;
    private final Runnable endOfTurn = this::flush;
    private final InetSocketAddress localAddress;
    private int maxSegments;
    private boolean receiving;
    private boolean flushPlanned;
    private boolean closed;

    private long datagramsReceived;
    private long datagramsSent;
    private long datagramsDropped;
    private long sendCalls;
    private long sendFailures;

    private UdpEndpoint(Channel channel, DatagramReceiver receiver) {
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.receiver = receiver;
        this.localAddress = (InetSocketAddress) channel.localAddress();
        boolean segmented =
                channel instanceof EpollDatagramChannel && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
        maxSegments = segmented ? MAX_SEGMENTS : 1;
        buffers = new SendBuffers(segmented ? SEGMENTED_BUFFER : MAX_DATAGRAM);
    }

    /**
     * Binds a socket.
     *
     * @param channel a new, unregistered channel of the kind that the loop drives
     * @param local where to bind; port 0 for any
     * @param receiveBufferBytes the socket's receive buffer; the kernel may give less
     * @param sendBufferBytes the socket's send buffer; the kernel may give less
     * @return completed on the loop, or failed with the bind's exception
     */
    public static Future<UdpEndpoint> open(
            EventLoop loop,
            DatagramChannel channel,
            InetSocketAddress local,
            int receiveBufferBytes,
            int sendBufferBytes,
            DatagramReceiver receiver) {
        Promise<UdpEndpoint> opened = loop.newPromise();
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(() -> channel)
                .option(ChannelOption.SO_RCVBUF, receiveBufferBytes)
                .option(ChannelOption.SO_SNDBUF, sendBufferBytes)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, BACKLOG)
                .handler(new ChannelInboundHandlerAdapter());
        if (channel instanceof EpollDatagramChannel) {
            FixedRecvByteBufAllocator batch = new FixedRecvByteBufAllocator(MAX_DATAGRAM * RECEIVE_BATCH);
            batch.maxMessagesPerRead(2 * RECEIVE_BATCH);
            bootstrap
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_DATAGRAM)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, batch);
        } else {
            FixedRecvByteBufAllocator single = new FixedRecvByteBufAllocator(MAX_DATAGRAM);
            single.maxMessagesPerRead(RECEIVE_BATCH);
            bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, single);
        }
        // Nothing is read before the handler is in place: both happen on the loop within one task.
        bootstrap.option(ChannelOption.AUTO_READ, false);
        ChannelFuture bound = bootstrap.bind(local);
        bound.addListener(done -> {
            if (!done.isSuccess()) {
                opened.setFailure(done.cause());
                return;
            }
            UdpEndpoint endpoint = new UdpEndpoint(bound.channel(), receiver);
            endpoint.channel.pipeline().addLast(endpoint.new Inbound());
            endpoint.channel.closeFuture().addListener(_ -> endpoint.channelClosed());
            endpoint.channel.config().setAutoRead(true);
            opened.setSuccess(endpoint);
        });
        return opened;
    }

    /** Where the socket is bound. */
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    /** Whether runs of datagrams leave as segmented sends. */
    public boolean segments() {
        return maxSegments > 1;
    }

    /**
     * Sends a datagram with the turn's flush. Dropped, and counted, when the socket is backed up or closed.
     *
     * @param buffer copied before this method returns
     */
    public void send(InetSocketAddress remote, byte[] buffer, int offset, int length) {
        if (closed || length > MAX_DATAGRAM || length == 0 || !channel.isWritable()) {
            datagramsDropped++;
            return;
        }
        SendRun run = runs.of(remote);
        if (!run.accepts(length, maxSegments)) {
            write(run);
        }
        if (run.buffer == null) {
            run.buffer = buffers.take();
        }
        run.append(buffer, offset, length);
        datagramsSent++;
        if (!receiving && !flushPlanned) {
            flushPlanned = true;
            loop.execute(endOfTurn);
        }
    }

    private void write(SendRun run) {
        ByteBuf collected = run.buffer;
        InetSocketAddress remote = run.remote;
        if (collected == null || remote == null) {
            return;
        }
        ByteBuf content = buffers.handOver(collected);
        DatagramPacket packet = run.segments == 1
                ? new DatagramPacket(content, remote)
                : new SegmentedDatagramPacket(content, run.segmentSize, remote);
        sendCalls++;
        run.clear();
        ChannelFuture _ = channel.write(packet, channel.voidPromise());
    }

    private void flush() {
        flushPlanned = false;
        if (closed) {
            return;
        }
        int destinations = runs.size();
        if (destinations == 0) {
            return;
        }
        for (int i = 0; i < destinations; i++) {
            write(runs.get(i));
        }
        runs.clear();
        channel.flush();
        buffers.reclaim();
    }

    /** Closes the socket; what was not flushed is dropped. Idempotent. */
    public void close() {
        if (!closed) {
            release();
            ChannelFuture _ = channel.close();
        }
    }

    private void channelClosed() {
        if (!closed) {
            release();
            receiver.endpointLost(this);
        }
    }

    private void release() {
        closed = true;
        for (int i = 0; i < runs.size(); i++) {
            SendRun run = runs.get(i);
            ByteBuf collected = run.buffer;
            if (collected != null) {
                collected.release();
            }
            run.clear();
        }
        runs.clear();
        buffers.close();
    }

    /** The socket's figures since it was opened. */
    public UdpCounters counters() {
        return new UdpCounters(datagramsReceived, datagramsSent, sendCalls, datagramsDropped, sendFailures);
    }

    /** The socket's channel, for tests. */
    Channel channel() {
        return channel;
    }

    private void failed(Throwable cause) {
        sendFailures++;
        if (maxSegments > 1 && refusesSegments(cause)) {
            maxSegments = 1;
        }
    }

    private static boolean refusesSegments(@Nullable Throwable cause) {
        if (!(cause instanceof Errors.NativeIoException refusal)) {
            return false;
        }
        int error = -refusal.expectedErr();
        return error == EIO || error == EINVAL || error == EOPNOTSUPP;
    }

    private final class Inbound extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            DatagramPacket packet = (DatagramPacket) message;
            try {
                ByteBuf content = packet.content();
                int length = content.readableBytes();
                if (length > 0 && length <= MAX_DATAGRAM && !closed) {
                    datagramsReceived++;
                    content.getBytes(content.readerIndex(), scratch, 0, length);
                    receiving = true;
                    receiver.receive(UdpEndpoint.this, packet.sender(), scratch, 0, length);
                }
            } finally {
                packet.release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            receiving = false;
            flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (cause instanceof IOException) {
                failed(cause);
            } else {
                receiver.handlerFailed(cause);
            }
        }
    }
}
