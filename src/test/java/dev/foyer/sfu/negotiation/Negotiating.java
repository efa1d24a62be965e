package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.DtlsFingerprint;
import dev.foyer.ortc.DtlsParameters;
import dev.foyer.ortc.DtlsRole;
import dev.foyer.ortc.IceCandidate;
import dev.foyer.ortc.IceParameters;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpCodecCapability;
import dev.foyer.ortc.RtpHeaderExtension;
import dev.foyer.ortc.TransportParameters;
import dev.foyer.protocol.sdp.ClientSdp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The server's side of tests of descriptions. */
final class Negotiating {
    static final RtpCapabilities ROUTER = RouterCapabilities.defaults();

    static final TransportParameters TRANSPORT = new TransportParameters(
            "transport",
            new IceParameters("serverfragment", "p".repeat(32), true),
            List.of(
                    new IceCandidate("tcp", 1_000, "192.0.2.1", "192.0.2.1", "tcp", 4001, "host", "passive"),
                    new IceCandidate("udp", 2_113_937_151L, "192.0.2.1", "192.0.2.1", "udp", 4000, "host", null)),
            new DtlsParameters(DtlsRole.AUTO, List.of(new DtlsFingerprint("sha-256", "AB:CD:EF"))));

    private Negotiating() {}

    static RemoteDescription offer(String name) throws NegotiationException {
        return RemoteDescription.offer(ClientSdp.read(name), ROUTER);
    }

    static LocalTrack track(MediaKind kind) {
        return kind == MediaKind.AUDIO
                ? new LocalTrack("ada", "microphone", "cname", 1000, 0)
                : new LocalTrack("ada", "camera", "cname", 2000, 2001);
    }

    /** Takes and gives all that an offer has room for. */
    static LocalDescription answer(RemoteDescription offer) {
        List<LocalSection> sections = new ArrayList<>();
        for (RemoteSection section : offer.sections()) {
            MediaKind kind = section.kind();
            sections.add(LocalSection.answering(section, true, kind == null ? null : track(kind)));
        }
        return LocalDescription.answer(7, 1, TRANSPORT, offer, sections);
    }

    /** Payload types and codecs, such as {@code 96 vp8, 97 rtx}. */
    static String codecs(RtpCapabilities capabilities) {
        List<String> codecs = new ArrayList<>();
        for (RtpCodecCapability codec : capabilities.codecs()) {
            String name = codec.mimeType().substring(codec.mimeType().indexOf('/') + 1);
            codecs.add(codec.preferredPayloadType() + " " + name.toLowerCase(Locale.ROOT));
        }
        return String.join(", ", codecs);
    }

    /** Ids and last words of extensions, such as {@code 4 mid, 3 audio-level}. */
    static String extensions(RtpCapabilities capabilities) {
        List<String> extensions = new ArrayList<>();
        for (RtpHeaderExtension extension : capabilities.headerExtensions()) {
            String name = extension
                    .uri()
                    .substring(1
                            + Math.max(
                                    extension.uri().lastIndexOf('/'),
                                    extension.uri().lastIndexOf(':')));
            extensions.add(extension.preferredId() + " " + name);
        }
        return String.join(", ", extensions);
    }
}
