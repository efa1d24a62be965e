package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtcpFeedback;
import dev.foyer.ortc.RtpCodecCapability;
import dev.foyer.ortc.RtpCodecParameters;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks single codecs and fills what may be left out. */
final class CodecValidator {
    private static final int MAX_CLOCK_RATE = 1_000_000;

    private CodecValidator() {}

    /** Checks a capability; the kind becomes that of the MIME type. */
    static RtpCodecCapability validate(RtpCodecCapability codec) throws NegotiationException {
        MediaKind kind = check(codec.mimeType(), codec.clockRate(), codec.parameters(), codec.rtcpFeedback());
        if (codec.preferredPayloadType() != null) {
            Bounds.payloadType(codec.preferredPayloadType());
        }
        return new RtpCodecCapability(
                kind,
                codec.mimeType(),
                codec.preferredPayloadType(),
                codec.clockRate(),
                channels(kind, codec.channels(), Codec.isRtx(codec.mimeType())),
                codec.parameters(),
                codec.rtcpFeedback());
    }

    /** Checks a codec in use, which must be of the given kind. */
    static RtpCodecParameters validate(MediaKind expected, RtpCodecParameters codec) throws NegotiationException {
        MediaKind kind = check(codec.mimeType(), codec.clockRate(), codec.parameters(), codec.rtcpFeedback());
        Bounds.require(kind == expected, codec.mimeType() + " is not " + expected);
        Bounds.payloadType(codec.payloadType());
        return new RtpCodecParameters(
                codec.mimeType(),
                codec.payloadType(),
                codec.clockRate(),
                channels(kind, codec.channels(), Codec.isRtx(codec.mimeType())),
                codec.parameters(),
                codec.rtcpFeedback());
    }

    private static MediaKind check(
            @Nullable String mimeType, int clockRate, Map<String, Object> parameters, List<RtcpFeedback> feedback)
            throws NegotiationException {
        Bounds.token(mimeType, 64, "mimeType");
        MediaKind kind = mimeType == null ? null : Codec.kind(mimeType);
        if (mimeType == null || kind == null) {
            throw NegotiationException.invalid("invalid mimeType " + mimeType);
        }
        Bounds.require(clockRate > 0 && clockRate <= MAX_CLOCK_RATE, "invalid clockRate " + clockRate);
        Bounds.formatParameters(parameters);
        if (Codec.isRtx(mimeType)) {
            Bounds.payloadType(FormatParameters.integer(parameters, FormatParameters.APT, -1));
        }
        Bounds.size(feedback, Bounds.MAX_FEEDBACK, "rtcpFeedback");
        for (RtcpFeedback message : feedback) {
            Bounds.token(message.type(), 32, "rtcpFeedback type");
            Bounds.optionalToken(message.parameter(), 32, "rtcpFeedback parameter");
        }
        return kind;
    }

    private static @Nullable Integer channels(MediaKind kind, @Nullable Integer channels, boolean rtx)
            throws NegotiationException {
        if (kind == MediaKind.VIDEO || rtx) {
            return null;
        }
        if (channels == null) {
            return 1;
        }
        Bounds.require(channels > 0 && channels <= Bounds.MAX_CHANNELS, "invalid channels " + channels);
        return channels;
    }
}
