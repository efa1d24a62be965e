package dev.foyer.sfu.stream;

import static dev.foyer.protocol.rtp.NetworkOrder.putU16;
import static dev.foyer.protocol.rtp.NetworkOrder.u16;

import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.rtp.RtpPacket;

/**
 * Retransmission payload format (RFC 4588 section 4):
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                RTP header with ssrc and payload type of RTX   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |            OSN                |                               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+  original payload             |
 * </pre>
 */
@HotPath
public final class RtxPacket {
    /** Bytes of the original sequence number. */
    public static final int OVERHEAD = 2;

    private RtxPacket() {}

    /**
     * Turns a retransmission back into the original, in place: the header moves two bytes towards the payload.
     *
     * @param packet shows the retransmission, then the original
     * @return false, and nothing is changed, when there is no original in it (padding only)
     */
    public static boolean unwrap(RtpPacket packet, int payloadType, long ssrc) {
        if (packet.payloadLength() <= OVERHEAD) {
            return false;
        }
        byte[] buffer = packet.buffer();
        int offset = packet.offset();
        int length = packet.length();
        int original = u16(buffer, packet.payloadOffset());
        System.arraycopy(buffer, offset, buffer, offset + OVERHEAD, packet.headerLength());
        if (!packet.wrap(buffer, offset + OVERHEAD, length - OVERHEAD)) {
            return false;
        }
        packet.payloadType(payloadType);
        packet.sequenceNumber(original);
        packet.ssrc(ssrc);
        return true;
    }

    /**
     * Turns a packet into its retransmission, in place: the payload moves two bytes back.
     *
     * @param packet shows the original, then the retransmission; its array has two bytes behind it
     * @return the length of the retransmission, 0 when the array has no room for it
     */
    public static int wrap(RtpPacket packet, int payloadType, long ssrc, int sequenceNumber) {
        byte[] buffer = packet.buffer();
        int offset = packet.offset();
        int length = packet.length() + OVERHEAD;
        int payload = packet.payloadOffset();
        if (offset + length > buffer.length) {
            return 0;
        }
        int original = packet.sequenceNumber();
        System.arraycopy(buffer, payload, buffer, payload + OVERHEAD, packet.length() - packet.headerLength());
        putU16(buffer, payload, original);
        if (!packet.wrap(buffer, offset, length)) {
            return 0;
        }
        packet.payloadType(payloadType);
        packet.sequenceNumber(sequenceNumber);
        packet.ssrc(ssrc);
        return length;
    }
}
