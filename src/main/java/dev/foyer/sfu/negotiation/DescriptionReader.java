package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.DtlsFingerprint;
import dev.foyer.ortc.DtlsParameters;
import dev.foyer.ortc.DtlsRole;
import dev.foyer.ortc.IceParameters;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.protocol.sdp.MediaDescription;
import dev.foyer.protocol.sdp.SdpException;
import dev.foyer.protocol.sdp.SessionDescription;
import dev.foyer.protocol.sdp.Setup;
import dev.foyer.protocol.sdp.TransportDescription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a client's description, offer or answer. */
final class DescriptionReader {
    private static final int MAX_MID = 32;

    private final SessionDescription session;
    private final RtpCapabilities router;

    DescriptionReader(String sdp, RtpCapabilities router) throws NegotiationException {
        try {
            session = SessionDescription.parse(sdp);
        } catch (SdpException e) {
            throw NegotiationException.invalid("SDP: " + e.getMessage());
        }
        this.router = router;
    }

    RemoteDescription read() throws NegotiationException {
        if (session.iceLite()) {
            throw NegotiationException.unsupported("ICE-lite on both sides finds no path");
        }
        List<RemoteSection> sections = new ArrayList<>();
        List<MediaDescription> accepted = new ArrayList<>();
        BundleExtensions extensions = BundleExtensions.of(session.media());
        for (int i = 0; i < session.media().size(); i++) {
            MediaDescription media = session.media().get(i);
            Bounds.optionalToken(media.mid(), MAX_MID, "mid");
            RemoteSection section = new SectionReader(media, router, extensions).read("-" + i);
            sections.add(section);
            if (section.acceptable()) {
                accepted.add(media);
            }
        }
        List<String> bundle = bundle(accepted);
        for (MediaDescription media : accepted) {
            if (!media.rtp().rtcpMux()) {
                throw NegotiationException.unsupported("a section has no rtcp-mux");
            }
        }
        return new RemoteDescription(
                session.origin().sessionId(),
                accepted.isEmpty() ? null : transport(tagged(bundle, accepted)),
                !bundle.isEmpty(),
                sections);
    }

    /** The bundle that holds all sections; empty for a single section outside of any. */
    private List<String> bundle(List<MediaDescription> accepted) throws NegotiationException {
        for (List<String> bundle : session.bundles()) {
            Set<String> mids = new HashSet<>(bundle);
            if (accepted.stream().allMatch(media -> media.mid() != null && mids.contains(media.mid()))) {
                return bundle;
            }
        }
        if (accepted.size() > 1) {
            throw NegotiationException.unsupported("the sections are not bundled on one transport");
        }
        return List.of();
    }

    /**
     * The section whose transport is that of the bundle: the first one of the group that lives and says one (RFC 9143
     * section 7.2). Under a policy that is not max-bundle the others may have been offered other credentials.
     */
    private static MediaDescription tagged(List<String> bundle, List<MediaDescription> accepted) {
        Map<String, MediaDescription> byMid = new HashMap<>();
        for (MediaDescription media : accepted) {
            if (media.mid() != null && media.transport().usernameFragment() != null) {
                byMid.put(media.mid(), media);
            }
        }
        for (String mid : bundle) {
            MediaDescription media = byMid.get(mid);
            if (media != null) {
                return media;
            }
        }
        return accepted.getFirst();
    }

    private static RemoteTransport transport(MediaDescription media) throws NegotiationException {
        TransportDescription transport = media.transport();
        String usernameFragment = transport.usernameFragment();
        String password = transport.password();
        if (usernameFragment == null || password == null) {
            throw NegotiationException.invalid("ice-ufrag or ice-pwd is missing");
        }
        Bounds.require(!transport.fingerprints().isEmpty(), "the DTLS fingerprint is missing");
        List<DtlsFingerprint> fingerprints = transport.fingerprints().stream()
                .map(fingerprint -> new DtlsFingerprint(fingerprint.algorithm(), fingerprint.value()))
                .toList();
        return new RemoteTransport(
                new IceParameters(usernameFragment, password, false),
                new DtlsParameters(role(transport.setup()), fingerprints));
    }

    private static DtlsRole role(@Nullable Setup setup) throws NegotiationException {
        return switch (setup) {
            case null -> DtlsRole.AUTO;
            case ACTPASS -> DtlsRole.AUTO;
            case ACTIVE -> DtlsRole.CLIENT;
            case PASSIVE -> DtlsRole.SERVER;
            case HOLDCONN -> throw NegotiationException.unsupported("setup:holdconn opens no connection");
        };
    }
}
