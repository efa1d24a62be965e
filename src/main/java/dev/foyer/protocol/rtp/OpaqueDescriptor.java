package dev.foyer.protocol.rtp;

import dev.foyer.protocol.HotPath;

/** For payloads that a decoder can start with anywhere: Opus, RED (RFC 2198), and codecs that are only passed on. */
@HotPath
public final class OpaqueDescriptor implements PayloadDescriptor {
    /** A descriptor without state. */
    public OpaqueDescriptor() {}

    @Override
    public boolean parse(RtpPacket packet) {
        return true;
    }

    @Override
    public boolean isKeyFrame() {
        return true;
    }

    @Override
    public boolean startsFrame() {
        return true;
    }
}
