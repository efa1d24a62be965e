package dev.foyer.protocol.rtcp;

import static dev.foyer.protocol.rtp.NetworkOrder.putU24;
import static dev.foyer.protocol.rtp.NetworkOrder.putU32;
import static dev.foyer.protocol.rtp.NetworkOrder.u24;
import static dev.foyer.protocol.rtp.NetworkOrder.u32;
import static dev.foyer.protocol.rtp.NetworkOrder.u8;

import dev.foyer.protocol.HotPath;
import java.util.Objects;

/**
 * Receiver estimated maximum bitrate (draft-alvestrand-rmcat-remb-03 section 2.2). The bitrate is mantissa times 2 to
 * the exponent.
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P| FMT=15  |     PT=206    |             length            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                  SSRC of packet sender                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                  SSRC of media source = 0                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Unique identifier 'R' 'E' 'M' 'B'                            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Num SSRC     | BR Exp    |  BR Mantissa (18 bits)            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |   SSRC feedback ...                                           |
 * </pre>
 */
@HotPath
public final class ReceiverEstimatedMaximumBitrate extends RtcpPacket {
    private static final int HEADER = 20;
    private static final long IDENTIFIER = 0x52454D42L;
    private static final int MANTISSA_BITS = 18;

    private int ssrcCount;

    /** A bitrate of zero for no streams. */
    public ReceiverEstimatedMaximumBitrate() {
        super(RtcpType.PAYLOAD_FEEDBACK, RtcpType.FORMAT_APPLICATION);
    }

    @Override
    boolean parse() {
        if (length() < HEADER || u32(buffer(), offset() + 12) != IDENTIFIER) {
            return false;
        }
        ssrcCount = u8(buffer(), offset() + 16);
        return HEADER + 4 * ssrcCount <= length();
    }

    @Override
    void reset() {
        ssrcCount = 0;
    }

    /** Bits per second; {@link Long#MAX_VALUE} when it exceeds a long. */
    public long bitrateBps() {
        int bits = u24(buffer(), offset() + 17);
        int exponent = bits >> MANTISSA_BITS;
        long mantissa = bits & 0x3_FFFF;
        if (exponent > Long.numberOfLeadingZeros(mantissa) - 1) {
            return mantissa == 0 ? 0 : Long.MAX_VALUE;
        }
        return mantissa << exponent;
    }

    /** Number of streams that the bitrate is for. */
    public int ssrcCount() {
        return ssrcCount;
    }

    /** A stream that the bitrate is for, by its index below {@link #ssrcCount}. */
    public long ssrc(int index) {
        Objects.checkIndex(index, ssrcCount);
        return u32(buffer(), offset() + HEADER + 4 * index);
    }

    /**
     * Writes an estimate for {@code ssrcs[0 .. count)}, rounded down to what 18 bits can say.
     *
     * @param bitrateBps 0 or more
     * @param count 0 to 255
     * @return the length
     */
    public static int write(byte[] buffer, int offset, long senderSsrc, long bitrateBps, long[] ssrcs, int count) {
        int length = HEADER + 4 * count;
        int exponent = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(bitrateBps) - MANTISSA_BITS);
        putHeader(buffer, offset, RtcpType.PAYLOAD_FEEDBACK, RtcpType.FORMAT_APPLICATION, length);
        putU32(buffer, offset + 4, senderSsrc);
        putU32(buffer, offset + 8, 0);
        putU32(buffer, offset + 12, IDENTIFIER);
        buffer[offset + 16] = (byte) count;
        putU24(buffer, offset + 17, exponent << MANTISSA_BITS | (int) (bitrateBps >>> exponent));
        for (int i = 0; i < count; i++) {
            putU32(buffer, offset + HEADER + 4 * i, ssrcs[i]);
        }
        return length;
    }
}
