package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtcpParameters;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpCodecCapability;
import dev.foyer.ortc.RtpCodecParameters;
import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.ortc.RtpHeaderExtension;
import dev.foyer.ortc.RtpHeaderExtensionParameters;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.protocol.sdp.Direction;
import dev.foyer.protocol.sdp.HeaderExtension;
import dev.foyer.protocol.sdp.MediaDescription;
import dev.foyer.protocol.sdp.Msid;
import dev.foyer.protocol.sdp.SsrcDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one section of a client's description against the router's capabilities. */
final class SectionReader {
    private static final int MAX_CNAME = 255;
    private static final int MAX_MSID = 256;
    private static final RtpCapabilities NOTHING = new RtpCapabilities(List.of(), List.of());

    private final MediaDescription media;
    private final RtpCapabilities router;
    private final BundleExtensions bundle;

    SectionReader(MediaDescription media, RtpCapabilities router, BundleExtensions bundle) {
        this.media = media;
        this.router = router;
        this.bundle = bundle;
    }

    /**
     * @param madeUpMid the mid of a section without one
     */
    RemoteSection read(String madeUpMid) throws NegotiationException {
        MediaKind kind = kind();
        RtpCapabilities capabilities = kind == null || media.rejected() ? NOTHING : capabilities(kind);
        SentEncodings encodings = SentEncodings.of(media.rtp(), has(capabilities, RouterHeaderExtension.RTP_STREAM_ID));
        boolean sends = media.direction().sends() && !media.rejected();
        String mid = media.mid();
        return new RemoteSection(
                media.line(),
                mid == null ? madeUpMid : mid,
                mid != null,
                media.rejected(),
                kind,
                sends,
                media.direction().receives() && !media.rejected(),
                capabilities,
                encodings.rids(),
                options(),
                sends && !capabilities.codecs().isEmpty() ? sent(capabilities, encodings.encodings()) : null);
    }

    private RtpOptions options() {
        Set<Integer> directed = media.rtp().headerExtensions().stream()
                .filter(extension -> extension.direction() != Direction.SENDRECV)
                .map(HeaderExtension::id)
                .collect(Collectors.toSet());
        return new RtpOptions(media.rtp().extmapAllowMixed(), media.rtp().reducedSize(), directed);
    }

    /** Null also for RTP without DTLS. */
    private @Nullable MediaKind kind() {
        if (!media.line().protocol().contains("RTP/SAVP")) {
            return null;
        }
        return switch (media.line().media()) {
            case "audio" -> MediaKind.AUDIO;
            case "video" -> MediaKind.VIDEO;
            default -> null;
        };
    }

    private RtpCapabilities capabilities(MediaKind kind) throws NegotiationException {
        List<RtpHeaderExtension> extensions = new ArrayList<>();
        for (RtpHeaderExtension known : router.headerExtensions()) {
            if (known.kind() == kind) {
                RtpHeaderExtension common = common(known);
                if (common != null) {
                    extensions.add(common);
                }
            }
        }
        List<RtpCodecCapability> codecs = SectionCodecs.common(kind, media.rtp().formats(), router.codecs());
        return CapabilitiesValidator.validate(new RtpCapabilities(codecs, extensions));
    }

    /** The client's number for an extension of the router's, and the directions that both allow; null without one. */
    private @Nullable RtpHeaderExtension common(RtpHeaderExtension known) {
        Direction routers = Direction.parse(known.direction());
        for (HeaderExtension offered : media.rtp().headerExtensions()) {
            if (offered.uri().equals(known.uri())
                    && bundle.usable(offered, media.rtp().extmapAllowMixed())) {
                Direction clients = offered.direction().reversed();
                Direction both = Direction.of(
                        (routers == null || routers.sends()) && clients.sends(),
                        (routers == null || routers.receives()) && clients.receives());
                return both == Direction.INACTIVE
                        ? null
                        : new RtpHeaderExtension(known.kind(), known.uri(), offered.id(), false, both.toString());
            }
        }
        return null;
    }

    private RtpParameters sent(RtpCapabilities capabilities, List<RtpEncodingParameters> encodings) {
        List<RtpHeaderExtensionParameters> extensions = new ArrayList<>();
        for (RtpHeaderExtension extension : capabilities.headerExtensions()) {
            if (extension.direction().equals("sendrecv")
                    || extension.direction().equals("recvonly")) {
                extensions.add(
                        new RtpHeaderExtensionParameters(extension.uri(), extension.preferredId(), false, Map.of()));
            }
        }
        List<RtpCodecParameters> codecs = BandwidthFeedback.choose(SectionCodecs.first(capabilities), extensions);
        return new RtpParameters(
                media.mid(),
                codecs,
                extensions,
                encodings,
                new RtcpParameters(cname(), media.rtp().reducedSize()),
                msid());
    }

    private @Nullable String cname() {
        for (SsrcDescription source : media.rtp().ssrcs()) {
            String cname = source.cname();
            if (cname != null && cname.length() <= MAX_CNAME) {
                return cname;
            }
        }
        return null;
    }

    private @Nullable String msid() {
        Msid found = media.rtp().msids().isEmpty() ? null : media.rtp().msids().getFirst();
        for (SsrcDescription source : media.rtp().ssrcs()) {
            found = found == null ? source.msid() : found;
        }
        if (found == null) {
            return null;
        }
        // A stream without a track id is allowed (RFC 8830 section 2); the section's name is one as good.
        String track = found.track() == null ? media.mid() : found.track();
        String msid = found.stream() + " " + track;
        return track == null || msid.length() > MAX_MSID ? null : msid;
    }

    private static boolean has(RtpCapabilities capabilities, RouterHeaderExtension wanted) {
        return capabilities.headerExtensions().stream()
                .anyMatch(extension -> extension.uri().equals(wanted.uri())
                        && !extension.direction().equals("sendonly"));
    }
}
