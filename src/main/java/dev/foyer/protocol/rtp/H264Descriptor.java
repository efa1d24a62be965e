package dev.foyer.protocol.rtp;

import static dev.foyer.protocol.rtp.NetworkOrder.u16;
import static dev.foyer.protocol.rtp.NetworkOrder.u8;

import dev.foyer.protocol.HotPath;

/**
 * H.264 payloads: single NAL unit, STAP-A and FU-A (RFC 6184 sections 5.6 to 5.8).
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+   STAP-A (24): | size (16) | NAL unit | size | NAL unit | ...
 * |F|NRI|  Type   |
 * +-+-+-+-+-+-+-+-+   FU-A (28):   |S|E|R|  Type   | rest of a NAL unit
 * </pre>
 *
 * <p>A key frame starts with a sequence parameter set (7), or with the first slice of an IDR picture (5) from an encoder
 * that keeps its parameter sets in the signaling. A slice is a picture's first when {@code first_mb_in_slice}, the
 * Exp-Golomb number that opens its header, is 0: a single 1 bit.
 */
@HotPath
public final class H264Descriptor implements PayloadDescriptor {
    private static final int SLICE = 1;
    private static final int IDR_SLICE = 5;
    private static final int SEQUENCE_PARAMETER_SET = 7;
    private static final int LAST_SINGLE_TYPE = 23;
    private static final int STAP_A = 24;
    private static final int FU_A = 28;

    private boolean keyFrame;
    private boolean startsFrame;

    /** A descriptor of no packet. */
    public H264Descriptor() {}

    @Override
    public boolean parse(RtpPacket packet) {
        keyFrame = false;
        startsFrame = false;
        byte[] buffer = packet.buffer();
        int payload = packet.payloadOffset();
        int end = payload + packet.payloadLength();
        if (payload == end) {
            return false;
        }
        int type = u8(buffer, payload) & 0x1F;
        if (type == STAP_A) {
            return parseAggregate(buffer, payload + 1, end);
        }
        if (type == FU_A) {
            if (payload + 2 > end) {
                return false;
            }
            int header = u8(buffer, payload + 1);
            if ((header & 0x80) != 0) {
                see(header & 0x1F, buffer, payload + 2, end);
            }
            return true;
        }
        if (type == 0 || type > LAST_SINGLE_TYPE) {
            return false;
        }
        see(type, buffer, payload + 1, end);
        return true;
    }

    private boolean parseAggregate(byte[] buffer, int from, int end) {
        int position = from;
        while (position + 2 < end) {
            int size = u16(buffer, position);
            int unit = position + 2;
            if (size == 0 || unit + size > end) {
                return position > from;
            }
            see(u8(buffer, unit) & 0x1F, buffer, unit + 1, unit + size);
            position = unit + size;
        }
        return position > from;
    }

    /** Notes a NAL unit whose bytes behind its header begin at {@code body}. */
    private void see(int type, byte[] buffer, int body, int end) {
        boolean firstSlice = body < end && (buffer[body] & 0x80) != 0;
        if (type == SEQUENCE_PARAMETER_SET || (type == IDR_SLICE && firstSlice)) {
            keyFrame = true;
            startsFrame = true;
        } else if (type == SLICE && firstSlice) {
            startsFrame = true;
        }
    }

    @Override
    public boolean isKeyFrame() {
        return keyFrame;
    }

    @Override
    public boolean startsFrame() {
        return startsFrame;
    }
}
