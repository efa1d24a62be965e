package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.IceCandidate;
import dev.foyer.ortc.RtpCodecParameters;
import dev.foyer.ortc.RtpHeaderExtension;
import dev.foyer.ortc.RtpHeaderExtensionParameters;
import dev.foyer.ortc.TransportParameters;
import dev.foyer.protocol.sdp.Candidate;
import dev.foyer.protocol.sdp.Direction;
import dev.foyer.protocol.sdp.Feedback;
import dev.foyer.protocol.sdp.Fingerprint;
import dev.foyer.protocol.sdp.HeaderExtension;
import dev.foyer.protocol.sdp.MediaDescription;
import dev.foyer.protocol.sdp.MediaLine;
import dev.foyer.protocol.sdp.Msid;
import dev.foyer.protocol.sdp.Origin;
import dev.foyer.protocol.sdp.PayloadFormat;
import dev.foyer.protocol.sdp.Rid;
import dev.foyer.protocol.sdp.RtpDescription;
import dev.foyer.protocol.sdp.SessionDescription;
import dev.foyer.protocol.sdp.Simulcast;
import dev.foyer.protocol.sdp.SsrcDescription;
import dev.foyer.protocol.sdp.SsrcGroup;
import dev.foyer.protocol.sdp.TransportDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns the server's description into records of SDP. */
final class DescriptionWriter {
    /** Limits of the client's own decoder, which the server does not share. */
    private static final Set<String> NOT_OURS = Set.of("max-fs", "max-fr");

    private static final int DISCARD_PORT = 9;

    private final LocalDescription description;

    DescriptionWriter(LocalDescription description) {
        this.description = description;
    }

    SessionDescription write() {
        List<String> bundle = new ArrayList<>();
        List<MediaDescription> media = new ArrayList<>();
        boolean tagged = true;
        for (LocalSection section : description.sections()) {
            if (section.rejected()) {
                media.add(rejected(section));
            } else {
                media.add(media(section, tagged));
                tagged = false;
                bundle.add(section.mid());
            }
        }
        return new SessionDescription(
                new Origin("-", Long.toString(description.sessionId()), Long.toString(description.version())),
                true,
                description.bundled() && !bundle.isEmpty() ? List.of(bundle) : List.of(),
                media);
    }

    private static MediaDescription rejected(LocalSection section) {
        MediaLine line = section.line();
        return new MediaDescription(
                new MediaLine(line.media(), 0, line.protocol(), line.formats()),
                section.named() ? section.mid() : null,
                false,
                Direction.INACTIVE,
                TransportDescription.NONE,
                RtpDescription.NONE,
                null);
    }

    /**
     * @param tagged whether the section speaks for the bundle: candidates stand in that one only (RFC 9143 section 9)
     */
    private MediaDescription media(LocalSection section, boolean tagged) {
        RtpDescription rtp = rtp(section);
        MediaLine line = section.line();
        List<String> formats = rtp.formats().stream()
                .map(format -> Integer.toString(format.payloadType()))
                .toList();
        return new MediaDescription(
                new MediaLine(line.media(), tagged ? port() : DISCARD_PORT, line.protocol(), formats),
                section.named() ? section.mid() : null,
                false,
                section.direction(),
                transport(tagged),
                rtp,
                null);
    }

    private int port() {
        for (IceCandidate candidate : description.transport().iceCandidates()) {
            if (candidate.protocol().equals("udp")) {
                return candidate.port();
            }
        }
        return DISCARD_PORT;
    }

    private TransportDescription transport(boolean tagged) {
        TransportParameters own = description.transport();
        List<Candidate> candidates = tagged
                ? own.iceCandidates().stream().map(DescriptionWriter::candidate).toList()
                : List.of();
        return new TransportDescription(
                own.iceParameters().usernameFragment(),
                own.iceParameters().password(),
                List.of(),
                own.dtlsParameters().fingerprints().stream()
                        .map(fingerprint -> new Fingerprint(fingerprint.algorithm(), fingerprint.value()))
                        .toList(),
                description.setup(),
                candidates,
                tagged);
    }

    private static Candidate candidate(IceCandidate candidate) {
        return new Candidate(
                candidate.foundation(),
                1,
                candidate.protocol(),
                candidate.priority(),
                candidate.address(),
                candidate.port(),
                candidate.type(),
                candidate.tcpType());
    }

    private static RtpDescription rtp(LocalSection section) {
        List<HeaderExtension> extensions = extensions(section);
        List<PayloadFormat> formats = formats(section, extensions);
        LocalTrack track = section.track();
        boolean rtx = formats.stream().anyMatch(format -> format.encodingName().equalsIgnoreCase("rtx"));
        return new RtpDescription(
                formats,
                extensions,
                section.options().extmapAllowMixed(),
                true,
                section.options().reducedSize(),
                track == null ? List.of() : List.of(new Msid(track.streamId(), track.trackId())),
                track == null ? List.of() : sources(track, rtx),
                track == null || !rtx || track.rtxSsrc() == 0
                        ? List.of()
                        : List.of(new SsrcGroup("FID", List.of(track.ssrc(), track.rtxSsrc()))),
                section.rids().stream()
                        .map(rid -> new Rid(rid, false, Map.of()))
                        .toList(),
                simulcast(section.rids()));
    }

    /** Those that can be used in the directions in which the section's media flows. */
    private static List<HeaderExtension> extensions(LocalSection section) {
        Direction flow = section.direction();
        boolean idle = flow == Direction.INACTIVE;
        List<HeaderExtension> extensions = new ArrayList<>();
        for (RtpHeaderExtension extension : section.capabilities().headerExtensions()) {
            Direction direction = Direction.parse(extension.direction());
            boolean used = direction == null
                    || idle
                    || (direction.sends() && flow.sends())
                    || (direction.receives() && flow.receives());
            if (used) {
                boolean directed = section.options().directedExtensions().contains(extension.preferredId());
                extensions.add(new HeaderExtension(
                        extension.preferredId(),
                        directed && direction != null ? direction : Direction.SENDRECV,
                        extension.uri()));
            }
        }
        return extensions;
    }

    private static List<PayloadFormat> formats(LocalSection section, List<HeaderExtension> extensions) {
        List<RtpCodecParameters> codecs = BandwidthFeedback.choose(
                section.capabilities().codecs().stream()
                        .map(SectionCodecs::inUse)
                        .toList(),
                extensions.stream()
                        .map(extension ->
                                new RtpHeaderExtensionParameters(extension.uri(), extension.id(), false, Map.of()))
                        .toList());
        return codecs.stream().map(DescriptionWriter::format).toList();
    }

    private static PayloadFormat format(RtpCodecParameters codec) {
        Map<String, String> parameters = new TreeMap<>();
        codec.parameters().forEach((name, value) -> {
            if (!NOT_OURS.contains(name)) {
                parameters.put(name, value.toString());
            }
        });
        Integer channels = codec.channels();
        return new PayloadFormat(
                codec.payloadType(),
                codec.mimeType().substring(codec.mimeType().indexOf('/') + 1),
                codec.clockRate(),
                channels == null ? 1 : channels,
                parameters,
                codec.rtcpFeedback().stream()
                        .map(message -> new Feedback(message.type(), message.parameter()))
                        .toList());
    }

    /** The ssrc lines also repeat the msid in its older form: stacks of before RFC 8830 read no other. */
    private static List<SsrcDescription> sources(LocalTrack track, boolean rtx) {
        Msid msid = new Msid(track.streamId(), track.trackId());
        SsrcDescription media = new SsrcDescription(track.ssrc(), track.cname(), msid);
        return rtx && track.rtxSsrc() != 0
                ? List.of(media, new SsrcDescription(track.rtxSsrc(), track.cname(), msid))
                : List.of(media);
    }

    private static @Nullable Simulcast simulcast(List<String> rids) {
        return rids.isEmpty()
                ? null
                : new Simulcast(
                        List.of(),
                        rids.stream()
                                .map(rid -> List.of(new Simulcast.Alternative(rid, false)))
                                .toList());
    }
}
