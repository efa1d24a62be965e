package dev.foyer.protocol.rtp;

import static dev.foyer.protocol.rtp.NetworkOrder.u8;

import dev.foyer.protocol.HotPath;

/**
 * AV1 packets: by the dependency descriptor where the packet has one, else by the aggregation header (AV1 RTP payload
 * format section 4.4).
 *
 * <pre>
 *  0 1 2 3 4 5 6 7
 * +-+-+-+-+-+-+-+-+
 * |Z|Y| W |N|-|-|-|  Z: begins within an OBU; N: first packet of a coded video sequence
 * +-+-+-+-+-+-+-+-+
 * </pre>
 */
@HotPath
public final class Av1Descriptor implements PayloadDescriptor {
    private final int dependencyDescriptorId;
    private final DependencyDescriptor descriptor = new DependencyDescriptor();
    private boolean keyFrame;
    private boolean startsFrame;
    private boolean described;

    /**
     * A descriptor of no packet.
     *
     * @param dependencyDescriptorId the producer's id of the header extension, 0 without it
     */
    public Av1Descriptor(int dependencyDescriptorId) {
        this.dependencyDescriptorId = dependencyDescriptorId;
    }

    @Override
    public boolean parse(RtpPacket packet) {
        keyFrame = false;
        startsFrame = false;
        described = false;
        descriptor.clear();
        if (packet.payloadLength() == 0) {
            return false;
        }
        int aggregation = u8(packet.buffer(), packet.payloadOffset());
        HeaderExtensionReader extensions = packet.extensions();
        if (dependencyDescriptorId != 0 && extensions.find(dependencyDescriptorId)) {
            if (!descriptor.parse(packet.buffer(), extensions.offset(), extensions.length())) {
                return false;
            }
            described = true;
            startsFrame = descriptor.startsFrame();
            keyFrame = startsFrame && descriptor.structurePresent();
            return true;
        }
        startsFrame = (aggregation & 0x80) == 0;
        keyFrame = startsFrame && (aggregation & 0x08) != 0;
        return true;
    }

    @Override
    public boolean isKeyFrame() {
        return keyFrame;
    }

    /** Exact with a dependency descriptor; without one it means that the packet begins with a new OBU. */
    @Override
    public boolean startsFrame() {
        return startsFrame;
    }

    @Override
    public int spatialLayer() {
        return described ? descriptor.spatialLayer() : 0;
    }

    @Override
    public int temporalLayer() {
        return described ? descriptor.temporalLayer() : 0;
    }

    /** The descriptor's frame number. */
    @Override
    public int pictureId() {
        return descriptor.frameNumber();
    }

    @Override
    public int pictureIdBits() {
        return described ? 16 : 0;
    }

    @Override
    public void rewrite(
            byte[] copy, int payloadOffset, int dependencyDescriptorOffset, int pictureId, int temporalLayer0Index) {
        if (described && dependencyDescriptorOffset >= 0) {
            DependencyDescriptor.frameNumber(copy, dependencyDescriptorOffset, pictureId);
        }
    }
}
