package dev.foyer.protocol.rtp;

import static dev.foyer.protocol.rtp.NetworkOrder.putU16;
import static dev.foyer.protocol.rtp.NetworkOrder.u16;
import static dev.foyer.protocol.rtp.NetworkOrder.u8;

import dev.foyer.protocol.HotPath;

/**
 * VP9 payload descriptor (RFC 9628 section 4.2):
 *
 * <pre>
 *       0 1 2 3 4 5 6 7
 *      +-+-+-+-+-+-+-+-+
 *      |I|P|L|F|B|E|V|Z|
 *      +-+-+-+-+-+-+-+-+
 * I:   |M| PICTURE ID  |  M: 15 bits
 *      +-+-+-+-+-+-+-+-+
 * L:   | TID |U| SID |D|
 *      +-+-+-+-+-+-+-+-+
 * L:   |   TL0PICIDX   |  only with F=0
 *      +-+-+-+-+-+-+-+-+
 * P,F: | P_DIFF      |N|  up to 3 times
 *      +-+-+-+-+-+-+-+-+
 * V:   | N_S |Y|G|-|-|-|  scalability structure
 *      +-+-+-+-+-+-+-+-+
 * Y:   | WIDTH, HEIGHT |  4 bytes, N_S + 1 times
 *      +-+-+-+-+-+-+-+-+
 * G:   |      N_G      |
 *      +-+-+-+-+-+-+-+-+
 * N_G: | TID |U| R |-|-|  R bytes of P_DIFF behind each
 *      +-+-+-+-+-+-+-+-+
 * </pre>
 */
@HotPath
public final class Vp9Descriptor implements PayloadDescriptor {
    private int length;
    private boolean interPredicted;
    private boolean startsFrame;
    private boolean switchPoint;
    private int spatialLayer;
    private int temporalLayer;
    private int pictureId;
    private int pictureIdBits;
    private int pictureIdAt;
    private int temporalLayer0Index;
    private int temporalLayer0IndexAt;
    private int position;

    /** A descriptor of no packet. */
    public Vp9Descriptor() {
        reset();
    }

    private void reset() {
        length = 0;
        interPredicted = true;
        startsFrame = false;
        switchPoint = false;
        spatialLayer = 0;
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
        int flags = u8(buffer, payload);
        boolean flexible = (flags & 0x10) != 0;
        position = 1;
        if ((flags & 0x80) != 0 && !parsePictureId(buffer, payload, end)) {
            return false;
        }
        if ((flags & 0x20) != 0 && !parseLayers(buffer, payload, end, flexible)) {
            return false;
        }
        if (flexible && (flags & 0x40) != 0 && !skipReferences(buffer, payload, end)) {
            return false;
        }
        if ((flags & 0x02) != 0 && !skipStructure(buffer, payload, end)) {
            return false;
        }
        if (position >= end) {
            return false;
        }
        length = position;
        interPredicted = (flags & 0x40) != 0;
        startsFrame = (flags & 0x08) != 0;
        return true;
    }

    private boolean parsePictureId(byte[] buffer, int payload, int end) {
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
        return true;
    }

    private boolean parseLayers(byte[] buffer, int payload, int end, boolean flexible) {
        if (position + (flexible ? 0 : 1) >= end) {
            return false;
        }
        int layers = u8(buffer, payload + position++);
        temporalLayer = layers >> 5;
        switchPoint = (layers & 0x10) != 0;
        spatialLayer = (layers >> 1) & 0x07;
        if (!flexible) {
            temporalLayer0IndexAt = position;
            temporalLayer0Index = u8(buffer, payload + position++);
        }
        return true;
    }

    private boolean skipReferences(byte[] buffer, int payload, int end) {
        for (int i = 0; i < 3; i++) {
            if (position >= end) {
                return false;
            }
            if ((u8(buffer, payload + position++) & 0x01) == 0) {
                return true;
            }
        }
        return true;
    }

    private boolean skipStructure(byte[] buffer, int payload, int end) {
        if (position >= end) {
            return false;
        }
        int structure = u8(buffer, payload + position++);
        if ((structure & 0x10) != 0) {
            position += 4 * ((structure >> 5) + 1);
        }
        if ((structure & 0x08) == 0) {
            return position <= end;
        }
        if (position >= end) {
            return false;
        }
        int pictures = u8(buffer, payload + position++);
        for (int i = 0; i < pictures; i++) {
            if (position >= end) {
                return false;
            }
            position += 1 + ((u8(buffer, payload + position) >> 2) & 0x03);
        }
        return position <= end;
    }

    /** Bytes of the descriptor; the VP9 payload follows. */
    public int length() {
        return length;
    }

    @Override
    public boolean isKeyFrame() {
        return startsFrame && !interPredicted && spatialLayer == 0;
    }

    /** Start of a layer frame (the B bit). */
    @Override
    public boolean startsFrame() {
        return startsFrame;
    }

    @Override
    public int spatialLayer() {
        return spatialLayer;
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
