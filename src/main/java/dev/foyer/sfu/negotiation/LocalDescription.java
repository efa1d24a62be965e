package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.DtlsRole;
import dev.foyer.ortc.TransportParameters;
import dev.foyer.protocol.sdp.Setup;
import java.util.List;

/**
 * A description of the server's, offer or answer. It is an ICE-lite agent's and complete: there is nothing to trickle.
 *
 * @param sessionId the same for the life of the connection, 0 to 2^63-1
 * @param version grows by one with each description of the connection
 * @param transport the server's end
 * @param setup the server's DTLS role
 * @param bundled whether the sections are named as a bundle
 * @param sections in order
 */
public record LocalDescription(
        long sessionId,
        long version,
        TransportParameters transport,
        Setup setup,
        boolean bundled,
        List<LocalSection> sections) {
    public LocalDescription {
        sections = List.copyOf(sections);
    }

    /**
     * An answer.
     *
     * @param offer the client's
     * @param sections one for each of the offer's, in its order
     */
    public static LocalDescription answer(
            long sessionId,
            long version,
            TransportParameters transport,
            RemoteDescription offer,
            List<LocalSection> sections) {
        if (sections.size() != offer.sections().size()) {
            throw new IllegalArgumentException("an answer has as many sections as its offer");
        }
        RemoteTransport remote = offer.transport();
        boolean clientWaits = remote != null && remote.dtlsParameters().role() == DtlsRole.SERVER;
        return new LocalDescription(
                sessionId, version, transport, clientWaits ? Setup.ACTIVE : Setup.PASSIVE, offer.bundled(), sections);
    }

    /**
     * An offer.
     *
     * @param sections all of the connection, in the order of earlier descriptions, new ones last
     */
    public static LocalDescription offer(
            long sessionId, long version, TransportParameters transport, List<LocalSection> sections) {
        return new LocalDescription(sessionId, version, transport, Setup.ACTPASS, true, sections);
    }

    /** The description as SDP text, lines ending in CRLF. */
    public String toSdp() {
        return new DescriptionWriter(this).write().toSdp();
    }
}
