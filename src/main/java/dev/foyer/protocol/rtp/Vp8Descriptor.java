package dev.foyer.protocol.rtp;

import static dev.foyer.protocol.rtp.NetworkOrder.putU16;
import static dev.foyer.protocol.rtp.NetworkOrder.u16;
import static dev.foyer.protocol.rtp.NetworkOrder.u8;

import dev.foyer.protocol.HotPath;

/**
 * VP8 payload descriptor and the first bits of the payload header (RFC 7741 sections 4.2 and 4.3):
 *
 * <pre>
 *       0 1 2 3 4 5 6 7
 *      +-+-+-+-+-+-+-+-+
 *      |X|R|N|S|R| PID |  S: start of the partition PID
 *      +-+-+-+-+-+-+-+-+
 * X:   |I|L|T|K| RSV   |
 *      +-+-+-+-+-+-+-+-+
 * I:   |M| PictureID   |
 *      +-+-+-+-+-+-+-+-+
 * M:   |   PictureID   |
 *      +-+-+-+-+-+-+-+-+
 * L:   |   TL0PICIDX   |
 *      +-+-+-+-+-+-+-+-+
 * T/K: |TID|Y| KEYIDX  |
 *      +-+-+-+-+-+-+-+-+
 *      |Size0|H| VER |P|  payload header, only where S=1 and PID=0; P=0 is a key frame
 *      +-+-+-+-+-+-+-+-+
 * </pre>
 */
@HotPath
public final class Vp8Descriptor implements PayloadDescriptor {
    private int length;
    private boolean startsFrame;
    private boolean keyFrame;
    private boolean switchPoint;
    private int temporalLayer;
    private int pictureId;
    private int pictureIdBits;
    private int pictureIdAt;
    private int temporalLayer0Index;
    private int temporalLayer0IndexAt;

    /** A descriptor of no packet. */
    public Vp8Descriptor() {
        reset();
    }

    private void reset() {
        length = 0;
        startsFrame = false;
        keyFrame = false;
        switchPoint = false;
        temporalLayer = 0;
        pictureId = -1;
        pictureIdBits = 0;
        pictureIdAt = 0;
        temporalLayer0Index = -1;
        temporalLayer0IndexAt = 0;
    }

    @Override
    public boolean parse(RtpPacket packet) {
        reset();
        int end = packet.payloadLength();
        if (end > 0 && parseFields(packet.buffer(), packet.payloadOffset(), end)) {
            return true;
        }
        reset();
        return false;
    }

    private boolean parseFields(byte[] buffer, int payload, int end) {
        int first = u8(buffer, payload);
        int position = 1;
        if ((first & 0x80) != 0) {
            if (position >= end) {
                return false;
            }
            int flags = u8(buffer, payload + position++);
            if ((flags & 0x80) != 0) {
                if (position >= end) {
                    return false;
                }
                boolean wide = (u8(buffer, payload + position) & 0x80) != 0;
                if (wide && position + 1 >= end) {
                    return false;
                }
                pictureIdAt = position;
                pictureIdBits = wide ? 15 : 7;
                pictureId = wide ? u16(buffer, payload + position) & 0x7FFF : u8(buffer, payload + position);
                position += wide ? 2 : 1;
            }
            if ((flags & 0x40) != 0) {
                if (position >= end) {
                    return false;
                }
                temporalLayer0IndexAt = position;
                temporalLayer0Index = u8(buffer, payload + position++);
            }
            if ((flags & 0x30) != 0) {
                if (position >= end) {
                    return false;
                }
                int layer = u8(buffer, payload + position++);
                if ((flags & 0x20) != 0) {
                    temporalLayer = layer >> 6;
                    switchPoint = (layer & 0x20) != 0;
                }
            }
        }
        if (position >= end) {
            return false;
        }
        length = position;
        startsFrame = (first & 0x17) == 0x10;
        keyFrame = startsFrame && (u8(buffer, payload + position) & 0x01) == 0;
        return true;
    }

    /** Bytes of the descriptor; the VP8 payload follows. */
    public int length() {
        return length;
    }

    @Override
    public boolean isKeyFrame() {
        return keyFrame;
    }

    @Override
    public boolean startsFrame() {
        return startsFrame;
    }

    @Override
    public int temporalLayer() {
        return temporalLayer;
    }

    @Override
    public boolean isTemporalSwitchPoint() {
        return switchPoint;
    }

    @Override
    public int pictureId() {
        return pictureId;
    }

    @Override
    public int pictureIdBits() {
        return pictureIdBits;
    }

    @Override
    public boolean closesPictureIdGaps() {
        return true;
    }

    @Override
    public int temporalLayer0Index() {
        return temporalLayer0Index;
    }

    @Override
    public void rewrite(
            byte[] copy, int payloadOffset, int dependencyDescriptorOffset, int pictureId, int temporalLayer0Index) {
        if (pictureIdBits == 15) {
            putU16(copy, payloadOffset + pictureIdAt, 0x8000 | pictureId);
        } else if (pictureIdBits == 7) {
            copy[payloadOffset + pictureIdAt] = (byte) (pictureId & 0x7F);
        }
        if (temporalLayer0IndexAt > 0) {
            copy[payloadOffset + temporalLayer0IndexAt] = (byte) temporalLayer0Index;
        }
    }
}
