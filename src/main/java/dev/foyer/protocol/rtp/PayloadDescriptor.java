package dev.foyer.protocol.rtp;

import dev.foyer.protocol.HotPath;
import java.util.Locale;

/**
 * What a forwarding server reads from a payload: whether a decoder can start here, which layer it belongs to, and the
 * numbers that must stay continuous for the receiver. One object for each received stream: it is parsed once for a
 * packet and read by all consumers of it, and it may remember something of earlier packets.
 *
 * <p>After a failed {@link #parse} the accessors have their neutral values: no key frame, layers 0, numbers -1.
 */
@HotPath
public sealed interface PayloadDescriptor
        permits Av1Descriptor, H264Descriptor, OpaqueDescriptor, Vp8Descriptor, Vp9Descriptor {
    /** Reads the packet's payload, and its header extensions where the codec has some; false when they make no sense. */
    boolean parse(RtpPacket packet);

    /** Whether the packet is the first one of a key frame, so that a decoder can start with it. */
    boolean isKeyFrame();

    /** Whether the packet is the first one of a frame, as far as the payload tells. */
    boolean startsFrame();

    /** 0 for the base layer or when the codec does not say. */
    default int spatialLayer() {
        return 0;
    }

    /** 0 for the base layer or when the codec does not say. */
    default int temporalLayer() {
        return 0;
    }

    /** Whether a receiver of lower temporal layers only can go on with this frame. */
    default boolean isTemporalSwitchPoint() {
        return false;
    }

    /** Number of the frame on its own circle, or -1. */
    default int pictureId() {
        return -1;
    }

    /** Width of {@link #pictureId}: 7, 15 or 16 bits, 0 without one. */
    default int pictureIdBits() {
        return 0;
    }

    /**
     * Whether the picture ids of frames that are left out must be closed up for the receiver. Not where frames name
     * their references by the distance of such numbers.
     */
    default boolean closesPictureIdGaps() {
        return false;
    }

    /** Number of the last frame of temporal layer 0, 0 to 255, or -1. */
    default int temporalLayer0Index() {
        return -1;
    }

    /**
     * Writes new numbers into a copy of the packet that was parsed last, in the width that they have there.
     *
     * @param payloadOffset index of the copy's payload
     * @param dependencyDescriptorOffset index of the copy's dependency descriptor, or -1
     * @param pictureId ignored when the packet has none
     * @param temporalLayer0Index ignored when the packet has none
     */
    default void rewrite(
            byte[] copy, int payloadOffset, int dependencyDescriptorOffset, int pictureId, int temporalLayer0Index) {}

    /**
     * A new descriptor for a codec; the opaque one for audio and for what is not known.
     *
     * @param mimeType such as {@code video/VP8}, in any case
     * @param dependencyDescriptorId the producer's id of the extension, 0 without it
     */
    static PayloadDescriptor of(String mimeType, int dependencyDescriptorId) {
        return switch (mimeType.toLowerCase(Locale.ROOT)) {
            case "video/vp8" -> new Vp8Descriptor();
            case "video/vp9" -> new Vp9Descriptor();
            case "video/h264" -> new H264Descriptor();
            case "video/av1" -> new Av1Descriptor(dependencyDescriptorId);
            default -> new OpaqueDescriptor();
        };
    }
}
