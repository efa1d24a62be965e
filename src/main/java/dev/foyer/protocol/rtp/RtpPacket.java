package dev.foyer.protocol.rtp;

import static dev.foyer.protocol.rtp.NetworkOrder.putU16;
import static dev.foyer.protocol.rtp.NetworkOrder.putU32;
import static dev.foyer.protocol.rtp.NetworkOrder.u16;
import static dev.foyer.protocol.rtp.NetworkOrder.u32;
import static dev.foyer.protocol.rtp.NetworkOrder.u8;

import dev.foyer.protocol.HotPath;

/**
 * Flyweight over one RTP packet (RFC 3550 section 5.1):
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                           timestamp                           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           synchronization source (SSRC) identifier            |
 * +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 * |            contributing source (CSRC) identifiers             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |      defined by profile       |           length              |  when X
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                        header extension                       |
 * </pre>
 *
 * <p>{@link #wrap} checks the whole header, so that the accessors cannot leave the packet afterwards. The array is
 * borrowed: the owner of the flyweight decides how long it stays valid, and the setters write through to it.
 * All offsets that come out are indices of the wrapped array. Before the first and after a failed {@code wrap} the
 * flyweight shows an empty packet of its own.
 */
@HotPath
public final class RtpPacket {
    /** Bytes of the header without CSRCs and extensions. */
    public static final int FIXED_HEADER_LENGTH = 12;

    private static final int MARKER_BIT = 0x80;

    private final byte[] nothing = new byte[FIXED_HEADER_LENGTH];
    private final HeaderExtensionReader extensions = new HeaderExtensionReader();

    private byte[] buffer = nothing;
    private int offset;
    private int length;
    private int headerLength;
    private int paddingLength;
    private int extensionProfile;
    private int extensionOffset;
    private int extensionLength;

    /** An empty packet; {@link #wrap} makes it show another. */
    public RtpPacket() {
        clear();
    }

    /**
     * Shows the packet in {@code buffer[offset .. offset + length)}.
     *
     * @return false when the bytes are no valid RTP packet; the flyweight is then empty
     */
    public boolean wrap(byte[] buffer, int offset, int length) {
        clear();
        if (length < FIXED_HEADER_LENGTH || !NetworkOrder.inside(buffer, offset, length)) {
            return false;
        }
        int first = u8(buffer, offset);
        if (first >> 6 != 2) {
            return false;
        }
        int header = FIXED_HEADER_LENGTH + 4 * (first & 0x0F);
        int profile = 0;
        int extensionBytes = 0;
        if ((first & 0x10) != 0) {
            if (header + 4 > length) {
                return false;
            }
            profile = u16(buffer, offset + header);
            extensionBytes = 4 * u16(buffer, offset + header + 2);
            header += 4;
        }
        if (header + extensionBytes > length) {
            return false;
        }
        int padding = 0;
        if ((first & 0x20) != 0) {
            padding = u8(buffer, offset + length - 1);
            if (padding == 0 || header + extensionBytes + padding > length) {
                return false;
            }
        }
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        this.headerLength = header + extensionBytes;
        this.paddingLength = padding;
        this.extensionProfile = profile;
        this.extensionOffset = offset + header;
        this.extensionLength = extensionBytes;
        return true;
    }

    /** Lets go of the array: the flyweight becomes an empty packet. */
    public void clear() {
        buffer = nothing;
        nothing[0] = (byte) 0x80;
        offset = 0;
        length = FIXED_HEADER_LENGTH;
        headerLength = FIXED_HEADER_LENGTH;
        paddingLength = 0;
        extensionProfile = 0;
        extensionOffset = FIXED_HEADER_LENGTH;
        extensionLength = 0;
    }

    /**
     * Whether a datagram is RTP rather than RTCP when both share a port (RFC 5761 section 4): version 2 and a second
     * byte outside 192 to 223.
     */
    public static boolean looksLikeRtp(byte[] buffer, int offset, int length) {
        if (length < FIXED_HEADER_LENGTH || u8(buffer, offset) >> 6 != 2) {
            return false;
        }
        int second = u8(buffer, offset + 1);
        return second < 192 || second > 223;
    }

    /** The wrapped array. */
    public byte[] buffer() {
        return buffer;
    }

    /** Index of the first byte. */
    public int offset() {
        return offset;
    }

    /** Bytes of the whole packet, padding included. */
    public int length() {
        return length;
    }

    /** Always 2. */
    public int version() {
        return u8(buffer, offset) >> 6;
    }

    /** Whether the packet ends in padding. */
    public boolean hasPadding() {
        return paddingLength > 0;
    }

    /** Bytes of padding, its count byte included; 0 to 255. */
    public int paddingLength() {
        return paddingLength;
    }

    /** Whether there is a header extension block, of whatever profile. */
    public boolean hasExtension() {
        return (u8(buffer, offset) & 0x10) != 0;
    }

    /** The marker bit: for video the last packet of a frame, for audio the first of a talk spurt. */
    public boolean marker() {
        return (u8(buffer, offset + 1) & MARKER_BIT) != 0;
    }

    /** 0 to 127. */
    public int payloadType() {
        return u8(buffer, offset + 1) & 0x7F;
    }

    /** 0 to 65535. */
    public int sequenceNumber() {
        return u16(buffer, offset + 2);
    }

    /** 0 to 2^32 - 1, in units of the codec's clock. */
    public long timestamp() {
        return u32(buffer, offset + 4);
    }

    /** 0 to 2^32 - 1. */
    public long ssrc() {
        return u32(buffer, offset + 8);
    }

    /** Number of contributing sources, 0 to 15. */
    public int csrcCount() {
        return u8(buffer, offset) & 0x0F;
    }

    /**
     * A contributing source.
     *
     * @throws IndexOutOfBoundsException when {@code index} is not below {@link #csrcCount}
     */
    public long csrc(int index) {
        if (index < 0 || index >= csrcCount()) {
            throw new IndexOutOfBoundsException(index);
        }
        return u32(buffer, offset + FIXED_HEADER_LENGTH + 4 * index);
    }

    /** Bytes before the payload. */
    public int headerLength() {
        return headerLength;
    }

    /** Index of the first payload byte. */
    public int payloadOffset() {
        return offset + headerLength;
    }

    /** Bytes of payload without padding; 0 for a packet of padding only. */
    public int payloadLength() {
        return length - headerLength - paddingLength;
    }

    /** The 16 bits "defined by profile" of the extension block, 0 without one. */
    public int extensionProfile() {
        return extensionProfile;
    }

    /** Index of the first byte behind the extension block's own 4 byte header. */
    public int extensionOffset() {
        return extensionOffset;
    }

    /** Bytes of extension elements with their padding. */
    public int extensionLength() {
        return extensionLength;
    }

    /**
     * The packet's header extension elements, from the first. The reader belongs to this flyweight: a second call
     * starts it over.
     */
    public HeaderExtensionReader extensions() {
        return extensions.wrap(buffer, extensionOffset, extensionLength, extensionProfile);
    }

    /** Writes the marker bit. */
    public void marker(boolean marker) {
        int type = payloadType();
        buffer[offset + 1] = (byte) (marker ? type | MARKER_BIT : type);
    }

    /** Writes the low 7 bits and leaves the marker alone. */
    public void payloadType(int payloadType) {
        buffer[offset + 1] = (byte) ((u8(buffer, offset + 1) & MARKER_BIT) | (payloadType & 0x7F));
    }

    /** Writes the low 16 bits. */
    public void sequenceNumber(int sequenceNumber) {
        putU16(buffer, offset + 2, sequenceNumber);
    }

    /** Writes the low 32 bits. */
    public void timestamp(long timestamp) {
        putU32(buffer, offset + 4, timestamp);
    }

    /** Writes the low 32 bits. */
    public void ssrc(long ssrc) {
        putU32(buffer, offset + 8, ssrc);
    }

    @Override
    public String toString() {
        return "RtpPacket[payloadType=" + payloadType() + ", sequenceNumber=" + sequenceNumber() + ", timestamp="
                + timestamp() + ", ssrc=" + ssrc() + ", marker=" + marker() + ", payloadLength=" + payloadLength()
                + "]";
    }
}
