package dev.foyer.socketio;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Handler;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Puts the frames of one WebSocket together to messages. Its fields are touched on the WebSocket's own loop only. */
final class WebSocketInbound implements Handler<WebSocketFrame> {
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

    @Override
    public void handle(WebSocketFrame frame) {
        if (refused || !(frame.isText() || frame.isBinary() || frame.isContinuation())) {
            return;
        }
        // Vert.x has copied a pooled buffer to the heap, so the bytes stay valid on another loop.
        ByteBuf content = ((BufferInternal) frame.binaryData()).getByteBuf();
        int length = content.readableBytes();
        if ((partial == null ? 0 : partial.size()) + length > maxPayload) {
            refused = true;
            partial = null;
            session.executor().run(() -> session.malformed(transport));
        } else if (frame.isFinal() && frame.isText() && content.hasArray()) {
            text(content.array(), content.arrayOffset() + content.readerIndex(), length);
        } else {
            fragment(frame, content);
        }
    }

    private void fragment(WebSocketFrame frame, ByteBuf content) {
        byte[] bytes = new byte[content.readableBytes()];
        content.getBytes(content.readerIndex(), bytes);
        if (!frame.isContinuation()) {
            partialBinary = frame.isBinary();
        }
        if (partial == null && frame.isFinal()) {
            message(bytes);
            return;
        }
        ByteArrayOutputStream parts = partial == null ? new ByteArrayOutputStream(2 * bytes.length) : partial;
        parts.writeBytes(bytes);
        if (frame.isFinal()) {
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
            text(bytes, 0, bytes.length);
        }
    }

    private void text(byte[] bytes, int offset, int length) {
        session.executor().run(() -> EngineIoPacket.decodeText(bytes, offset, offset + length, packets));
    }
}
