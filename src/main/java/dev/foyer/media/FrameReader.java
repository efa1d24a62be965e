package dev.foyer.media;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a TCP connection brings into packets (RFC 4571 section 2):
 *
 * <pre>
 *  0                   1
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+----------------
 * |             LENGTH            |  packet ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+----------------
 * </pre>
 *
 * <p>Holds at most one unfinished frame, of a bounded length. Used on one thread.
 */
final class FrameReader {
    /** Longest packet; media stays below the MTU of Ethernet whatever carries it. */
    static final int MAX_FRAME = UdpEndpoint.MAX_DATAGRAM;

    static final int LENGTH_BYTES = 2;

    /** Takes one packet after the other. */
    interface Sink {
        /**
         * A whole packet arrived.
         *
         * @param buffer borrowed until this method returns; may be changed in place
         * @param length 0 to {@link #MAX_FRAME}
         * @return false to be given no more
         */
        boolean frame(byte[] buffer, int offset, int length);
    }

    private byte @Nullable [] unfinished;
    private int held;

    /**
     * Reads all there is.
     *
     * @param in consumed, not released
     * @param scratch where packets are handed on, with room for the longest
     * @return false if the stream makes no sense, or the sink wants no more
     */
    boolean read(ByteBuf in, byte[] scratch, Sink sink) {
        while (in.isReadable()) {
            int length;
            if (held == 0 && in.readableBytes() >= LENGTH_BYTES) {
                length = in.getUnsignedShort(in.readerIndex());
                if (length > MAX_FRAME) {
                    return false;
                }
                if (in.readableBytes() >= LENGTH_BYTES + length) {
                    in.skipBytes(LENGTH_BYTES).readBytes(scratch, 0, length);
                    if (!sink.frame(scratch, 0, length)) {
                        return false;
                    }
                    continue;
                }
            }
            length = hold(in);
            if (length > MAX_FRAME || (length >= 0 && !sink.frame(scratch(scratch, length), 0, length))) {
                return false;
            }
        }
        return true;
    }

    /** Bytes held of a frame that is not whole yet. */
    int held() {
        return held;
    }

    /**
     * Takes bytes for the unfinished frame, up to its end.
     *
     * @return length of the packet if it is whole or too long, else -1
     */
    private int hold(ByteBuf in) {
        byte[] frame = unfinished;
        if (frame == null) {
            frame = new byte[LENGTH_BYTES + MAX_FRAME];
            unfinished = frame;
        }
        while (held < LENGTH_BYTES && in.isReadable()) {
            frame[held++] = in.readByte();
        }
        if (held < LENGTH_BYTES) {
            return -1;
        }
        int length = ((frame[0] & 0xFF) << 8) | (frame[1] & 0xFF);
        if (length > MAX_FRAME) {
            return length;
        }
        int taken = Math.min(in.readableBytes(), LENGTH_BYTES + length - held);
        in.readBytes(frame, held, taken);
        held += taken;
        return held == LENGTH_BYTES + length ? length : -1;
    }

    /** Moves the frame that became whole to where its spare bytes are. */
    private byte[] scratch(byte[] scratch, int length) {
        byte[] frame = unfinished;
        assert frame != null : "something was held";
        System.arraycopy(frame, LENGTH_BYTES, scratch, 0, length);
        held = 0;
        return scratch;
    }
}
