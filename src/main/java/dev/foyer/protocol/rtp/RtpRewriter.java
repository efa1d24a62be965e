package dev.foyer.protocol.rtp;

import static dev.foyer.protocol.rtp.NetworkOrder.putU16;
import static dev.foyer.protocol.rtp.NetworkOrder.putU24;
import static dev.foyer.protocol.rtp.NetworkOrder.putU32;

import dev.foyer.protocol.HotPath;

/**
 * Copies a packet to a consumer's array in one pass with a new payload type, ssrc, sequence number and timestamp and
 * with the header extensions of its {@link HeaderExtensionTable}. CSRCs, marker and payload stay; padding goes.
 *
 * <p>The extensions that the server writes come first: MID, abs-send-time, transport-wide sequence number. The last two
 * are left zero; their places are told, so that they can be stamped when the packet really leaves. The packet takes the
 * two-byte form only when an id above 14 or a value of 0 or more than 16 bytes asks for it.
 */
@HotPath
public final class RtpRewriter {
    /** What the destination must offer beyond the length of the source. */
    public static final int SPARE = 64;

    private final HeaderExtensionTable table;
    private int midOffset = -1;
    private int absSendTimeOffset = -1;
    private int transportWideSequenceOffset = -1;
    private int dependencyDescriptorOffset = -1;
    private int dependencyDescriptorLength;
    private int payloadOffset;

    private byte[] destination = {};
    private int position;
    private boolean twoByteForm;
    private boolean full;

    /** A rewriter for one consumer. */
    public RtpRewriter(HeaderExtensionTable table) {
        this.table = table;
    }

    /**
     * Writes the packet to {@code destination[offset ..)}.
     *
     * @return its length, or 0 when the destination has no room for it
     */
    public int rewrite(
            RtpPacket source,
            int payloadType,
            long ssrc,
            int sequenceNumber,
            long timestamp,
            byte[] destination,
            int offset) {
        this.destination = destination;
        full = false;
        int csrcBytes = 4 * source.csrcCount();
        int payloadLength = source.payloadLength();
        int fixed = RtpPacket.FIXED_HEADER_LENGTH + csrcBytes;
        if (!NetworkOrder.inside(destination, offset, fixed + 4 + payloadLength)) {
            forget();
            return 0;
        }
        if (csrcBytes > 0) {
            System.arraycopy(
                    source.buffer(),
                    source.offset() + RtpPacket.FIXED_HEADER_LENGTH,
                    destination,
                    offset + RtpPacket.FIXED_HEADER_LENGTH,
                    csrcBytes);
        }
        position = offset + fixed;
        boolean extended = writeExtensions(source);
        if (full || !NetworkOrder.inside(destination, position, payloadLength)) {
            forget();
            return 0;
        }
        System.arraycopy(source.buffer(), source.payloadOffset(), destination, position, payloadLength);
        destination[offset] = (byte) (0x80 | (extended ? 0x10 : 0) | source.csrcCount());
        destination[offset + 1] = (byte) ((source.marker() ? 0x80 : 0) | (payloadType & 0x7F));
        putU16(destination, offset + 2, sequenceNumber);
        putU32(destination, offset + 4, timestamp);
        putU32(destination, offset + 8, ssrc);
        payloadOffset = position;
        return position + payloadLength - offset;
    }

    /** Writes the extension block at the position; without any element it takes no room. */
    private boolean writeExtensions(RtpPacket source) {
        forget();
        int block = position;
        int elements = block + 4;
        position = elements;
        twoByteForm = table.needsTwoByteForm() || keepsOddLengths(source);
        if (table.midId() != 0) {
            byte[] mid = table.mid();
            midOffset = append(table.midId(), mid, 0, mid.length);
        }
        if (table.absSendTimeId() != 0) {
            absSendTimeOffset = reserve(table.absSendTimeId(), 3);
            if (absSendTimeOffset >= 0) {
                putU24(destination, absSendTimeOffset, 0);
            }
        }
        if (table.transportWideSequenceId() != 0) {
            transportWideSequenceOffset = reserve(table.transportWideSequenceId(), 2);
            if (transportWideSequenceOffset >= 0) {
                putU16(destination, transportWideSequenceOffset, 0);
            }
        }
        HeaderExtensionReader extensions = source.extensions();
        while (extensions.next()) {
            int id = table.target(extensions.id());
            if (id == 0) {
                continue;
            }
            int at = append(id, source.buffer(), extensions.offset(), extensions.length());
            if (id == table.dependencyDescriptorId()) {
                dependencyDescriptorOffset = at;
                dependencyDescriptorLength = extensions.length();
            }
        }
        if (full || position == elements) {
            position = block;
            return false;
        }
        while ((position - elements) % 4 != 0) {
            if (position == destination.length) {
                full = true;
                return false;
            }
            destination[position++] = 0;
        }
        putU16(
                destination,
                block,
                twoByteForm ? HeaderExtensionReader.TWO_BYTE_PROFILE : HeaderExtensionReader.ONE_BYTE_PROFILE);
        putU16(destination, block + 2, (position - elements) / 4);
        return true;
    }

    /** Whether a kept element has a length that only the two-byte form can say. */
    private boolean keepsOddLengths(RtpPacket source) {
        HeaderExtensionReader extensions = source.extensions();
        if (!extensions.isTwoByteForm()) {
            return false;
        }
        while (extensions.next()) {
            if (table.target(extensions.id()) != 0 && (extensions.length() == 0 || extensions.length() > 16)) {
                return true;
            }
        }
        return false;
    }

    private int append(int id, byte[] value, int offset, int length) {
        int at = reserve(id, length);
        if (at >= 0) {
            System.arraycopy(value, offset, destination, at, length);
        }
        return at;
    }

    /** Writes the element's header and steps over its value; -1 when there is no room. */
    private int reserve(int id, int length) {
        int header = twoByteForm ? 2 : 1;
        if (full || !NetworkOrder.inside(destination, position, header + length)) {
            full = true;
            return -1;
        }
        if (twoByteForm) {
            destination[position] = (byte) id;
            destination[position + 1] = (byte) length;
        } else {
            destination[position] = (byte) (id << 4 | (length - 1));
        }
        int at = position + header;
        position = at + length;
        return at;
    }

    private void forget() {
        midOffset = -1;
        absSendTimeOffset = -1;
        transportWideSequenceOffset = -1;
        dependencyDescriptorOffset = -1;
        dependencyDescriptorLength = 0;
        payloadOffset = -1;
    }

    /** Index in the destination of the last packet's MID value, -1 without one. */
    public int midOffset() {
        return midOffset;
    }

    /** Index in the destination of the 3 reserved bytes, -1 without them. */
    public int absSendTimeOffset() {
        return absSendTimeOffset;
    }

    /** Index in the destination of the 2 reserved bytes, -1 without them. */
    public int transportWideSequenceOffset() {
        return transportWideSequenceOffset;
    }

    /** Index in the destination of the dependency descriptor, -1 without one. */
    public int dependencyDescriptorOffset() {
        return dependencyDescriptorOffset;
    }

    /** Bytes of the dependency descriptor, 0 without one. */
    public int dependencyDescriptorLength() {
        return dependencyDescriptorLength;
    }

    /** Index in the destination of the last packet's first payload byte, -1 when it was not written. */
    public int payloadOffset() {
        return payloadOffset;
    }

    /** The 24 bit abs-send-time value of a monotonic time: seconds in 6.18 fixed point, wrapping every 64 s. */
    public static int absSendTime(long nowNanos) {
        long seconds = Math.floorDiv(nowNanos, 1_000_000_000L);
        long fraction = Math.floorMod(nowNanos, 1_000_000_000L);
        return (int) ((seconds & 0x3F) << 18 | (fraction << 18) / 1_000_000_000L);
    }
}
