package dev.foyer.protocol.rtcp;

import static dev.foyer.protocol.rtp.NetworkOrder.putU32;
import static dev.foyer.protocol.rtp.NetworkOrder.u32;

import dev.foyer.protocol.HotPath;

/**
 * Picture loss indication (RFC 4585 section 6.3.1):
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|  FMT=1  |     PT=206    |            length=2           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                  SSRC of packet sender                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                  SSRC of media source                         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
@HotPath
public final class PictureLossIndication extends RtcpPacket {
    /** Bytes of the packet. */
    public static final int LENGTH = 12;

    /** An indication of zeros. */
    public PictureLossIndication() {
        super(RtcpType.PAYLOAD_FEEDBACK, RtcpType.FORMAT_PLI);
    }

    @Override
    boolean parse() {
        return length() >= LENGTH;
    }

    @Override
    void reset() {}

    /** The stream whose picture was lost. */
    public long mediaSsrc() {
        return u32(buffer(), offset() + 8);
    }

    /** Writes the packet and returns {@link #LENGTH}. */
    public static int write(byte[] buffer, int offset, long senderSsrc, long mediaSsrc) {
        putHeader(buffer, offset, RtcpType.PAYLOAD_FEEDBACK, RtcpType.FORMAT_PLI, LENGTH);
        putU32(buffer, offset + 4, senderSsrc);
        putU32(buffer, offset + 8, mediaSsrc);
        return LENGTH;
    }
}
