package dev.foyer.protocol.rtcp;

import static dev.foyer.protocol.rtp.NetworkOrder.putU32;
import static dev.foyer.protocol.rtp.NetworkOrder.u32;

import java.util.Objects;

/**
 * Goodbye (RFC 3550 section 6.6); a reason is neither read nor written.
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|    SC   |   PT=BYE=203  |             length            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                     SSRC/CSRC (0 to 31)                       |
 * </pre>
 */
public final class Goodbye extends RtcpPacket {
    private int sourceCount;

    /** A goodbye of nobody. */
    public Goodbye() {
        super(RtcpType.GOODBYE, -1);
    }

    @Override
    boolean parse() {
        sourceCount = count();
        return RtcpReader.HEADER_LENGTH + 4 * sourceCount <= length();
    }

    @Override
    void reset() {
        sourceCount = 0;
    }

    /** Number of sources that leave, 0 to 31. */
    public int sourceCount() {
        return sourceCount;
    }

    /** A source that leaves, by its index below {@link #sourceCount}. */
    public long ssrc(int index) {
        Objects.checkIndex(index, sourceCount);
        return u32(buffer(), offset() + RtcpReader.HEADER_LENGTH + 4 * index);
    }

    /** Writes a goodbye of one source and returns its length, 8. */
    public static int write(byte[] buffer, int offset, long ssrc) {
        putHeader(buffer, offset, RtcpType.GOODBYE, 1, 8);
        putU32(buffer, offset + 4, ssrc);
        return 8;
    }
}
