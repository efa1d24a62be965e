package dev.foyer.loadtest;

import java.nio.ByteBuffer;

/**
 * Takes a server's WebSocket frames (RFC 6455, section 5.2) out of a stream. Of each it keeps the length and the first
 * bytes, which is all that counting needs, unless the whole message fits there.
 */
final class FrameReader {
    private static final int OPCODE = 0x0F;
    private static final int TEXT = 1;
    private static final int TWO_BYTE_LENGTH = 126;
    private static final int EIGHT_BYTE_LENGTH = 127;

    private final byte[] header = new byte[10];
    private final byte[] head;
    private int headerFilled;
    private int headLength;
    private long length;
    private long consumed;
    private boolean inPayload;

    /** What takes complete messages. */
    @FunctionalInterface
    interface Receiver {
        /** A text message has come; borrows the array, of which the first {@code headLength} bytes are the message's. */
        void text(byte[] head, int headLength, long length);
    }

    /** A reader that keeps the first {@code kept} bytes of each message. */
    FrameReader(int kept) {
        head = new byte[kept];
    }

    /** Takes everything that is in the buffer. */
    void read(ByteBuffer in, Receiver receiver) {
        while (in.hasRemaining()) {
            if (!inPayload && !readHeader(in)) {
                return;
            }
            readPayload(in);
            if (consumed == length) {
                inPayload = false;
                headerFilled = 0;
                if ((header[0] & OPCODE) != TEXT) {
                    throw new IllegalStateException("the server sent a frame of type " + (header[0] & OPCODE));
                }
                receiver.text(head, headLength, length);
            }
        }
    }

    private boolean readHeader(ByteBuffer in) {
        while (headerFilled < 2 || headerFilled < headerSize()) {
            if (!in.hasRemaining()) {
                return false;
            }
            header[headerFilled++] = in.get();
        }
        int size = headerSize();
        length = size == 2 ? header[1] : number(size);
        consumed = 0;
        headLength = 0;
        inPayload = true;
        return true;
    }

    private int headerSize() {
        return switch (header[1]) {
            case TWO_BYTE_LENGTH -> 4;
            case EIGHT_BYTE_LENGTH -> 10;
            default -> 2;
        };
    }

    private long number(int end) {
        long value = 0;
        for (int i = 2; i < end; i++) {
            value = value << 8 | (header[i] & 0xFF);
        }
        return value;
    }

    private void readPayload(ByteBuffer in) {
        int available = (int) Math.min(in.remaining(), length - consumed);
        int kept = Math.min(available, head.length - headLength);
        if (kept > 0) {
            in.get(head, headLength, kept);
            headLength += kept;
        }
        in.position(in.position() + available - Math.max(kept, 0));
        consumed += available;
    }
}
