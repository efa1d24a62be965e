package dev.foyer.media;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection to a {@link TcpEndpoint}: frames in, frames out.
 *
 * <p>What is sent in one turn of the loop leaves as one write. A client that does not read fills the socket's buffer, then
 * a bounded number of writes behind it; from then on packets are dropped whole, as a network would drop them.
 *
 * <p>Belongs to the endpoint's event loop.
 */
final class TcpConnection extends ChannelInboundHandlerAdapter {
    /** Bytes of one write at most. */
    static final int CHUNK = 16 * 1024;

    private static final int FIRST_CHUNK = 2 * 1024;

    /** Writes that wait for the socket at most, whole ones or not. */
    static final int MAX_WAITING = 16;

    private final TcpEndpoint endpoint;
    private final Channel channel;
    private final InetSocketAddress remote;
    private final FrameReader reader = new FrameReader();
    private final FrameReader.Sink sink = this::frame;
    private @Nullable ByteBuf collected;
    private boolean proved;
    private boolean closed;

    TcpConnection(TcpEndpoint endpoint, Channel channel, InetSocketAddress remote) {
        this.endpoint = endpoint;
        this.channel = channel;
        this.remote = remote;
    }

    InetSocketAddress remote() {
        return remote;
    }

    boolean isProved() {
        return proved;
    }

    /**
     * Adds a frame to what leaves at the end of the turn.
     *
     * @param buffer copied before this method returns
     * @return false if it was dropped
     */
    boolean send(byte[] buffer, int offset, int length) {
        if (closed || length == 0 || length > FrameReader.MAX_FRAME) {
            return false;
        }
        int size = FrameReader.LENGTH_BYTES + length;
        ByteBuf into = collected;
        if (into != null && into.readableBytes() + size > CHUNK) {
            write();
            into = null;
        }
        if (into == null) {
            ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
            if (!channel.isWritable() || waiting == null || waiting.size() >= MAX_WAITING) {
                return false;
            }
            into = channel.alloc().directBuffer(FIRST_CHUNK, CHUNK);
            collected = into;
            endpoint.flushLater(this);
        }
        into.writeShort(length).writeBytes(buffer, offset, length);
        return true;
    }

    private void write() {
        ByteBuf full = collected;
        if (full != null) {
            collected = null;
            endpoint.written();
            ChannelFuture _ = channel.write(full, channel.voidPromise());
        }
    }

    /** Sends what was collected. */
    void flush() {
        if (!closed) {
            write();
            channel.flush();
        }
    }

    /** Closes the connection; what the socket takes at once is still sent. Idempotent, and not reported. */
    void close() {
        if (!closed) {
            flush();
            closed = true;
            ChannelFuture _ = channel.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (!closed && !reader.read(in, endpoint.scratch(), sink)) {
                endpoint.end(this);
            }
        } finally {
            in.release();
        }
    }

    private boolean frame(byte[] buffer, int offset, int length) {
        if (!proved) {
            if (!endpoint.expects(buffer, offset, length)) {
                return false;
            }
            endpoint.received(this, buffer, offset, length);
            proved = endpoint.hasProved(this);
        } else if (length > 0) {
            endpoint.received(this, buffer, offset, length);
        }
        return !closed;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        endpoint.end(this);
        ByteBuf left = collected;
        if (left != null) {
            collected = null;
            left.release();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            endpoint.failed(cause);
        }
        endpoint.end(this);
    }
}
