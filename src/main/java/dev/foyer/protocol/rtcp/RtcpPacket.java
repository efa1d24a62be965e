package dev.foyer.protocol.rtcp;

import static dev.foyer.protocol.rtp.NetworkOrder.putU16;
import static dev.foyer.protocol.rtp.NetworkOrder.u32;
import static dev.foyer.protocol.rtp.NetworkOrder.u8;

import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.rtp.NetworkOrder;

/**
 * What the read flyweights of RTCP packets have in common. {@link #wrap} checks the type and everything that the
 * accessors read; when it says false the flyweight shows a packet of zeros without items.
 */
@HotPath
public abstract class RtcpPacket {
    private static final byte[] NOTHING = new byte[64];
    private static final int SENDER_END = RtcpReader.HEADER_LENGTH + 4;

    private final int packetType;
    private final int format;
    private byte[] buffer = NOTHING;
    private int offset;
    private int length;

    /**
     * A flyweight for one packet type.
     *
     * @param format the feedback format to insist on, or -1 when the five bits are a count
     */
    RtcpPacket(int packetType, int format) {
        this.packetType = packetType;
        this.format = format;
    }

    /** Shows the packet that the reader stands on; false when it is of another kind or cut short. */
    public final boolean wrap(RtcpReader reader) {
        return wrap(reader.buffer(), reader.offset(), reader.length());
    }

    /** Shows one packet without padding; false when it is of another kind or cut short. */
    public final boolean wrap(byte[] buffer, int offset, int length) {
        boolean known = length >= RtcpReader.HEADER_LENGTH
                && NetworkOrder.inside(buffer, offset, length)
                && u8(buffer, offset) >> 6 == 2
                && u8(buffer, offset + 1) == packetType
                && (format < 0 || (u8(buffer, offset) & 0x1F) == format);
        this.buffer = known ? buffer : NOTHING;
        this.offset = known ? offset : 0;
        this.length = known ? length : 0;
        if (known && parse()) {
            return true;
        }
        this.buffer = NOTHING;
        this.offset = 0;
        this.length = 0;
        reset();
        return false;
    }

    /** Checks the wrapped bytes and notes what the accessors need. */
    abstract boolean parse();

    /** Forgets what {@link #parse} noted. */
    abstract void reset();

    final byte[] buffer() {
        return buffer;
    }

    final int offset() {
        return offset;
    }

    final int length() {
        return length;
    }

    final int count() {
        return u8(buffer, offset) & 0x1F;
    }

    /** The ssrc behind the header: of who sent the packet. 0 in a packet that ends before it. */
    public final long senderSsrc() {
        return length < SENDER_END ? 0 : u32(buffer, offset + RtcpReader.HEADER_LENGTH);
    }

    /** Writes the common header for a packet of {@code length} bytes, a multiple of 4. */
    static void putHeader(byte[] buffer, int offset, int packetType, int count, int length) {
        buffer[offset] = (byte) (0x80 | (count & 0x1F));
        buffer[offset + 1] = (byte) packetType;
        putU16(buffer, offset + 2, length / 4 - 1);
    }
}
