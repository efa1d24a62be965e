package dev.foyer.protocol.rtcp;

import static dev.foyer.protocol.rtp.NetworkOrder.putU32;
import static dev.foyer.protocol.rtp.NetworkOrder.u32;
import static dev.foyer.protocol.rtp.NetworkOrder.u8;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Source description (RFC 3550 section 6.5), of which only CNAME is read and written:
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|    SC   |  PT=SDES=202  |             length            |
 * +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 * |                           SSRC/CSRC_1                         |  chunk, up to 31
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |    CNAME=1    |     length    | text ...                      |  items, ended by a
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+  zero and aligned
 * </pre>
 */
public final class SourceDescription extends RtcpPacket {
    private static final int CNAME = 1;
    private static final int LONGEST_ITEM = 255;

    /** A description without chunks. */
    public SourceDescription() {
        super(RtcpType.SOURCE_DESCRIPTION, -1);
    }

    @Override
    boolean parse() {
        return true;
    }

    @Override
    void reset() {}

    /** Number of chunks that the header claims, 0 to 31. */
    public int chunkCount() {
        return length() == 0 ? 0 : count();
    }

    /** The canonical name given for an ssrc, or null when there is none. Allocates. */
    public @Nullable String cname(long ssrc) {
        int end = offset() + length();
        int position = offset() + RtcpReader.HEADER_LENGTH;
        for (int chunk = chunkCount(); chunk > 0 && position + 4 <= end; chunk--) {
            boolean wanted = u32(buffer(), position) == ssrc;
            position += 4;
            while (position < end && u8(buffer(), position) != 0) {
                if (position + 2 > end || position + 2 + u8(buffer(), position + 1) > end) {
                    return null;
                }
                int itemLength = u8(buffer(), position + 1);
                if (wanted && u8(buffer(), position) == CNAME) {
                    return new String(buffer(), position + 2, itemLength, StandardCharsets.UTF_8);
                }
                position += 2 + itemLength;
            }
            // At least one zero ends the items and fills the word.
            position += 4 - (position - offset()) % 4;
        }
        return null;
    }

    /** Bytes of a description with one chunk and a CNAME of this many bytes. */
    public static int length(byte[] cname) {
        int items = 2 + Math.min(cname.length, LONGEST_ITEM);
        return 8 + items + (4 - items % 4);
    }

    /**
     * Writes one chunk with a CNAME.
     *
     * @param cname UTF-8; cut at 255 bytes
     * @return the length
     */
    public static int write(byte[] buffer, int offset, long ssrc, byte[] cname) {
        int length = length(cname);
        int text = Math.min(cname.length, LONGEST_ITEM);
        putHeader(buffer, offset, RtcpType.SOURCE_DESCRIPTION, 1, length);
        putU32(buffer, offset + 4, ssrc);
        buffer[offset + 8] = CNAME;
        buffer[offset + 9] = (byte) text;
        System.arraycopy(cname, 0, buffer, offset + 10, text);
        Arrays.fill(buffer, offset + 10 + text, offset + length, (byte) 0);
        return length;
    }
}
