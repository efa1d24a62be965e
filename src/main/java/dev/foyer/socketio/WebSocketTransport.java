package dev.foyer.socketio;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.websocket.WebSocketFrameImpl;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.ArrayDeque;

/**
 * A WebSocket as a transport. It reaches below Vert.x's public interface for frames, so that text leaves as the bytes it
 * was encoded to, and for closing a channel whose peer does not read.
 */
final class WebSocketTransport implements EngineTransport {
    static final String NAME = "websocket";

    /** Bytes that may wait in the channel before packets wait in the session, where they are counted. */
    private static final int CHANNEL_QUEUE_BYTES = 64 * 1024;

    /** How long the closing handshake may take. */
    private static final long CLOSE_GRACE_MILLIS = 5_000;

    private final ServerWebSocket socket;
    private final Loop loop;

    /** Wraps a WebSocket that lives on {@code loop}. */
    WebSocketTransport(ServerWebSocket socket, Loop loop) {
        this.socket = socket;
        this.loop = loop;
    }

    /** Begins to hand what arrives to the session. On the WebSocket's own loop. */
    void listen(EngineSession session, int maxPayload) {
        SerialExecutor executor = session.executor();
        if (socket.isClosed()) {
            executor.run(() -> session.transportClosed(this));
            return;
        }
        socket.setWriteQueueMaxSize(CHANNEL_QUEUE_BYTES);
        socket.frameHandler(new WebSocketInbound(session, this, maxPayload));
        socket.drainHandler(_ -> executor.run(session::flush));
        socket.exceptionHandler(_ -> executor.run(() -> session.transportClosed(this)));
        socket.closeHandler(_ -> executor.run(() -> session.transportClosed(this)));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean writable() {
        try {
            return !socket.isClosed() && !socket.writeQueueFull();
        } catch (IllegalStateException _) {
            // Closed between the two questions, on the WebSocket's own loop, while the session lives on another.
            return false;
        }
    }

    @Override
    public long write(ArrayDeque<OutboundFrame> frames) {
        long bytes = 0;
        for (OutboundFrame frame = frames.poll(); frame != null; frame = writable() ? frames.poll() : null) {
            WebSocketFrameType type = frame.binary() ? WebSocketFrameType.BINARY : WebSocketFrameType.TEXT;
            socket.writeFrame(new WebSocketFrameImpl(type, frame.bytes(), true));
            bytes += frame.size();
        }
        return bytes;
    }

    @Override
    public void end(OutboundFrame farewell) {
        if (!socket.isClosed()) {
            socket.close();
            Loop.Timer grace = loop.schedule(CLOSE_GRACE_MILLIS, this::kill);
            ((WebSocketInternal) socket)
                    .channelHandlerContext()
                    .channel()
                    .closeFuture()
                    .addListener(_ -> grace.cancel());
        }
    }

    @Override
    public void kill() {
        // From the context of Vert.x's handler outwards: closing the channel itself would send a close frame first.
        var _ = ((WebSocketInternal) socket).channelHandlerContext().close();
    }
}
