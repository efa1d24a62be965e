package dev.foyer.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** WebSocket frames as a server sends them (RFC 6455, section 5.2): whole messages, not masked. The caller owns them. */
final class WebSocketFrames {
    private static final int FINAL = 0x80;
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PONG = 0xA;

    private static final int NORMAL_CLOSURE = 1000;

    private static final int LONGEST_HEADER = 10;
    private static final int MAX_SHORT = 125;
    private static final int TWO_BYTE_LENGTH = 126;
    private static final int MAX_TWO_BYTES = 0xFFFF;
    private static final int EIGHT_BYTE_LENGTH = 127;

    private WebSocketFrames() {}

    /** A message. */
    static ByteBuf message(ByteBufAllocator allocator, OutboundFrame message) {
        return start(allocator, message.binary() ? BINARY : TEXT, message.size())
                .writeBytes(message.bytes());
    }

    /** The answer to a ping, with the same bytes, which are borrowed. */
    static ByteBuf pong(ByteBufAllocator allocator, ByteBuf ping) {
        int length = ping.readableBytes();
        return start(allocator, PONG, length).writeBytes(ping, ping.readerIndex(), length);
    }

    /** The begin or the answer of a closing handshake. */
    static ByteBuf close(ByteBufAllocator allocator) {
        return start(allocator, CLOSE, Short.BYTES).writeShort(NORMAL_CLOSURE);
    }

    private static ByteBuf start(ByteBufAllocator allocator, int opcode, int length) {
        ByteBuf frame = allocator.directBuffer(LONGEST_HEADER + length);
        frame.writeByte(FINAL | opcode);
        if (length <= MAX_SHORT) {
            frame.writeByte(length);
        } else if (length <= MAX_TWO_BYTES) {
            frame.writeByte(TWO_BYTE_LENGTH).writeShort(length);
        } else {
            frame.writeByte(EIGHT_BYTE_LENGTH).writeLong(length);
        }
        return frame;
    }
}
