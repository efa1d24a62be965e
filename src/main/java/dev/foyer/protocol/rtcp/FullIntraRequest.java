package dev.foyer.protocol.rtcp;

import static dev.foyer.protocol.rtp.NetworkOrder.putU32;
import static dev.foyer.protocol.rtp.NetworkOrder.u32;
import static dev.foyer.protocol.rtp.NetworkOrder.u8;

import dev.foyer.protocol.HotPath;
import java.util.Objects;

/**
 * Full intra request (RFC 5104 section 4.3.1). The ssrc of the media source in the header is unused; each entry names
 * its own.
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|  FMT=4  |     PT=206    |             length            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                  SSRC of packet sender                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                  SSRC of media source = 0                     |
 * +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 * |                              SSRC                             |  entry
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * | Seq nr.       |    Reserved                                   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
@HotPath
public final class FullIntraRequest extends RtcpPacket {
    private static final int HEADER = 12;
    private static final int ENTRY = 8;

    /** Bytes of a packet with one entry. */
    public static final int LENGTH = HEADER + ENTRY;

    private int entryCount;

    /** A request without entries. */
    public FullIntraRequest() {
        super(RtcpType.PAYLOAD_FEEDBACK, RtcpType.FORMAT_FIR);
    }

    @Override
    boolean parse() {
        entryCount = (length() - HEADER) / ENTRY;
        return length() >= LENGTH;
    }

    @Override
    void reset() {
        entryCount = 0;
    }

    /** Number of entries, at least 1. */
    public int entryCount() {
        return entryCount;
    }

    /** The stream that must send a key frame. */
    public long ssrc(int index) {
        Objects.checkIndex(index, entryCount);
        return u32(buffer(), offset() + HEADER + ENTRY * index);
    }

    /** Command number, 0 to 255: an equal one is a repetition of the same request. */
    public int sequenceNumber(int index) {
        Objects.checkIndex(index, entryCount);
        return u8(buffer(), offset() + HEADER + ENTRY * index + 4);
    }

    /** Writes a request with one entry and returns {@link #LENGTH}. */
    public static int write(byte[] buffer, int offset, long senderSsrc, long ssrc, int sequenceNumber) {
        putHeader(buffer, offset, RtcpType.PAYLOAD_FEEDBACK, RtcpType.FORMAT_FIR, LENGTH);
        putU32(buffer, offset + 4, senderSsrc);
        putU32(buffer, offset + 8, 0);
        putU32(buffer, offset + 12, ssrc);
        putU32(buffer, offset + 16, (long) (sequenceNumber & 0xFF) << 24);
        return LENGTH;
    }
}
