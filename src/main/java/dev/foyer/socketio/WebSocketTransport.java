package dev.foyer.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.net.impl.ShutdownEvent;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket as a transport. Vert.x makes the handshake; then this takes the place of Vert.x's own handler in the
 * channel, so that nothing is left of its queues, messages come and go as bytes with one copy each, and one flush serves
 * all that is written in a turn of the loop.
 *
 * <p>As a handler it is called on the channel's own loop. As a transport it is called in the session's tasks, which run
 * on the same loop, except while it is the candidate of a session that lives elsewhere.
 */
final class WebSocketTransport extends ChannelInboundHandlerAdapter implements EngineTransport {
    static final String NAME = "websocket";

    /** Bytes that may wait in the channel before packets wait in the session, where they are counted. */
    private static final WriteBufferWaterMark CHANNEL_QUEUE = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    /** How long the closing handshake may take. */
    private static final long CLOSE_GRACE_MILLIS = 1_000;

    private final ChannelHandlerContext context;
    private @Nullable EngineSession session;
    private @Nullable WebSocketReader reader;

    // Touched on the channel's loop only.
    private boolean reading;
    private boolean flushOwed;
    private boolean flushPosted;
    private boolean closeSent;
    private @Nullable ScheduledFuture<?> grace;

    /** Takes a WebSocket over from Vert.x. On its own loop, in the call that brought it. */
    WebSocketTransport(ServerWebSocket socket) {
        ChannelHandlerContext vertx = ((WebSocketInternal) socket).channelHandlerContext();
        ChannelPipeline pipeline = vertx.pipeline();
        pipeline.replace(vertx.handler(), NAME, this);
        context = pipeline.context(this);
        removeIfThere(pipeline, WebSocketFrameDecoder.class);
        removeIfThere(pipeline, WebSocketFrameEncoder.class);
        // Engine.IO's pings find out who is gone.
        removeIfThere(pipeline, IdleStateHandler.class);
        context.channel().config().setWriteBufferWaterMark(CHANNEL_QUEUE);
    }

    private static void removeIfThere(ChannelPipeline pipeline, Class<?> type) {
        pipeline.toMap().values().stream().filter(type::isInstance).toList().forEach(pipeline::remove);
    }

    /** Begins to hand what arrives to the session. In the call that brought the WebSocket. */
    void listen(EngineSession receiver, int maxPayload) {
        session = receiver;
        reader = new WebSocketReader(maxPayload, new Inbound(receiver));
        if (!context.channel().isActive()) {
            lost();
        }
    }

    // From the channel.

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        reading = true;
        if (!(message instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(message);
            return;
        }
        try {
            if (reader != null) {
                reader.read(bytes);
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        reading = false;
        flushIfOwed();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (session != null && ctx.channel().isWritable()) {
            EngineSession writer = session;
            writer.executor().run(writer::flush);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (grace != null) {
            grace.cancel(false);
        }
        lost();
    }

    /** A frame that cannot be, or a connection that breaks. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        lost();
        sendClose();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ShutdownEvent) {
            sendClose();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void lost() {
        EngineSession loser = session;
        if (loser != null) {
            loser.executor().run(() -> loser.transportClosed(this));
        }
    }

    /** What the client's frames say. */
    private final class Inbound implements WebSocketReader.Receiver {
        private final EngineSession to;
        private final InboundPackets packets;

        private Inbound(EngineSession to) {
            this.to = to;
            packets = new InboundPackets(to, WebSocketTransport.this);
        }

        @Override
        public void text(byte[] message) {
            to.executor().run(() -> EngineIoPacket.decodeText(message, 0, message.length, packets));
        }

        @Override
        public void binary(byte[] message) {
            to.executor().run(() -> packets.binary(message));
        }

        @Override
        public void ping(byte[] bytes) {
            // RFC 6455, section 5.5.3: not every ping needs an answer, and one who does not read gets none.
            if (!closeSent && writable()) {
                writeFrame(WebSocketFrames.pong(context.alloc(), bytes));
            }
        }

        @Override
        public void close() {
            if (closeSent) {
                kill();
            } else {
                closeSent = true;
                // One who does not read would never let the frame go.
                grace = context.executor()
                        .schedule(WebSocketTransport.this::kill, CLOSE_GRACE_MILLIS, TimeUnit.MILLISECONDS);
                var _ = context.writeAndFlush(WebSocketFrames.close(context.alloc()))
                        .addListener(_ -> kill());
                lost();
            }
        }

        @Override
        public void violation() {
            to.executor().run(() -> to.malformed(WebSocketTransport.this));
        }
    }

    // From the session.

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean writable() {
        return context.channel().isActive() && context.channel().isWritable();
    }

    @Override
    public long write(ArrayDeque<OutboundFrame> frames) {
        long bytes = 0;
        for (OutboundFrame frame = frames.poll(); frame != null; frame = writable() ? frames.poll() : null) {
            writeFrame(WebSocketFrames.message(context.alloc(), frame));
            bytes += frame.size();
        }
        return bytes;
    }

    /** Writes now and flushes once for all that is written in this turn of the loop. */
    private void writeFrame(ByteBuf frame) {
        if (!context.executor().inEventLoop()) {
            var _ = context.writeAndFlush(frame, context.voidPromise());
            return;
        }
        var _ = context.write(frame, context.voidPromise());
        flushOwed = true;
        if (!reading && !flushPosted) {
            flushPosted = true;
            context.executor().execute(this::flushPosted);
        }
    }

    private void flushPosted() {
        flushPosted = false;
        flushIfOwed();
    }

    private void flushIfOwed() {
        if (flushOwed) {
            flushOwed = false;
            context.flush();
        }
    }

    @Override
    public void end(OutboundFrame farewell) {
        if (context.executor().inEventLoop()) {
            sendClose();
        } else {
            context.executor().execute(this::sendClose);
        }
    }

    private void sendClose() {
        if (closeSent) {
            return;
        }
        closeSent = true;
        if (context.channel().isActive()) {
            var _ = context.writeAndFlush(WebSocketFrames.close(context.alloc()), context.voidPromise());
            grace = context.executor().schedule(this::kill, CLOSE_GRACE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void kill() {
        var _ = context.close();
    }
}
