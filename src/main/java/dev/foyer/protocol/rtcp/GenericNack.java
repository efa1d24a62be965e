package dev.foyer.protocol.rtcp;

import static dev.foyer.protocol.rtp.NetworkOrder.putU16;
import static dev.foyer.protocol.rtp.NetworkOrder.putU32;
import static dev.foyer.protocol.rtp.NetworkOrder.u16;
import static dev.foyer.protocol.rtp.NetworkOrder.u32;

import dev.foyer.protocol.HotPath;
import java.util.Objects;

/**
 * Generic NACK (RFC 4585 section 6.2.1). Bit i of the mask, counted from the lowest, is packet PID + i + 1.
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|  FMT=1  |     PT=205    |             length            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                  SSRC of packet sender                        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                  SSRC of media source                         |
 * +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 * |            PID                |             BLP               |  item
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
@HotPath
public final class GenericNack extends RtcpPacket {
    /** Bytes before the items. */
    public static final int HEADER_LENGTH = 12;
    /** Bytes of one item, which names up to 17 packets. */
    public static final int ITEM_LENGTH = 4;

    private int itemCount;

    /** A NACK without items. */
    public GenericNack() {
        super(RtcpType.TRANSPORT_FEEDBACK, RtcpType.FORMAT_NACK);
    }

    @Override
    boolean parse() {
        itemCount = (length() - HEADER_LENGTH) / ITEM_LENGTH;
        return length() >= HEADER_LENGTH + ITEM_LENGTH;
    }

    @Override
    void reset() {
        itemCount = 0;
    }

    /** The stream that misses packets. */
    public long mediaSsrc() {
        return u32(buffer(), offset() + 8);
    }

    /** Number of items, at least 1. */
    public int itemCount() {
        return itemCount;
    }

    /** First missing sequence number of an item. */
    public int packetId(int index) {
        Objects.checkIndex(index, itemCount);
        return u16(buffer(), offset() + HEADER_LENGTH + ITEM_LENGTH * index);
    }

    /** Mask of the 16 numbers behind {@link #packetId}. */
    public int lostMask(int index) {
        Objects.checkIndex(index, itemCount);
        return u16(buffer(), offset() + HEADER_LENGTH + ITEM_LENGTH * index + 2);
    }

    /**
     * Copies the missing sequence numbers in the order of the items, as many as the array holds.
     *
     * @return how many were copied
     */
    public int copySequenceNumbers(int[] destination) {
        int copied = 0;
        for (int item = 0; item < itemCount; item++) {
            int packetId = packetId(item);
            // The packet id itself becomes bit 0.
            int mask = lostMask(item) << 1 | 1;
            for (int bit = 0; mask != 0 && copied < destination.length; bit++, mask >>>= 1) {
                if ((mask & 1) != 0) {
                    destination[copied++] = (packetId + bit) & 0xFFFF;
                }
            }
        }
        return copied;
    }

    /** The longest packet that {@link #write} makes of this many numbers. */
    public static int maximumLength(int sequenceNumberCount) {
        return HEADER_LENGTH + ITEM_LENGTH * sequenceNumberCount;
    }

    /**
     * Writes a NACK for {@code sequenceNumbers[0 .. count)}, ascending on the circle, in as few items as that order
     * allows.
     *
     * @param count 1 or more
     * @return the length, at most {@link #maximumLength}
     */
    public static int write(
            byte[] buffer, int offset, long senderSsrc, long mediaSsrc, int[] sequenceNumbers, int count) {
        int position = offset + HEADER_LENGTH;
        int index = 0;
        while (index < count) {
            int packetId = sequenceNumbers[index++];
            int mask = 0;
            while (index < count) {
                int bit = ((sequenceNumbers[index] - packetId) & 0xFFFF) - 1;
                if (bit < 0 || bit > 15) {
                    break;
                }
                mask |= 1 << bit;
                index++;
            }
            putU16(buffer, position, packetId);
            putU16(buffer, position + 2, mask);
            position += ITEM_LENGTH;
        }
        putHeader(buffer, offset, RtcpType.TRANSPORT_FEEDBACK, RtcpType.FORMAT_NACK, position - offset);
        putU32(buffer, offset + 4, senderSsrc);
        putU32(buffer, offset + 8, mediaSsrc);
        return position - offset;
    }
}
