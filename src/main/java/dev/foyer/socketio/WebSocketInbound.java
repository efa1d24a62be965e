package dev.foyer.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Puts the frames of one WebSocket together to messages. Its fields are touched on the WebSocket's own loop only. */
final class WebSocketInbound {
    private final EngineSession session;
    private final InboundPackets packets;
    private final EngineTransport transport;
    private final int maxPayload;
    private @Nullable ByteArrayOutputStream partial;
    private boolean partialBinary;
    private boolean refused;

    WebSocketInbound(EngineSession session, EngineTransport transport, int maxPayload) {
        this.session = session;
        this.transport = transport;
        this.packets = new InboundPackets(session, transport);
        this.maxPayload = maxPayload;
    }

    /** Takes a frame of a message; borrows it. */
    void handle(WebSocketFrame frame) {
        boolean continues = frame instanceof ContinuationWebSocketFrame;
        if (refused || !(continues || frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame)) {
            return;
        }
        ByteBuf content = frame.content();
        int length = content.readableBytes();
        if ((partial == null ? 0 : partial.size()) + length > maxPayload) {
            refused = true;
            partial = null;
            session.executor().run(() -> session.malformed(transport));
            return;
        }
        byte[] bytes = new byte[length];
        content.getBytes(content.readerIndex(), bytes);
        if (!continues) {
            partialBinary = frame instanceof BinaryWebSocketFrame;
        }
        if (partial == null && frame.isFinalFragment()) {
            message(bytes);
            return;
        }
        ByteArrayOutputStream parts = partial == null ? new ByteArrayOutputStream(2 * length) : partial;
        parts.writeBytes(bytes);
        if (frame.isFinalFragment()) {
            partial = null;
            message(parts.toByteArray());
        } else {
            partial = parts;
        }
    }

    private void message(byte[] bytes) {
        if (partialBinary) {
            session.executor().run(() -> packets.binary(bytes));
        } else {
            session.executor().run(() -> EngineIoPacket.decodeText(bytes, 0, bytes.length, packets));
        }
    }
}
