package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.DtlsParameters;
import dev.foyer.ortc.IceParameters;

/**
 * The client's end of the transport that its sections share. The client's candidates are of no use to an ICE-lite
 * agent.
 *
 * @param iceParameters the client's credentials (RFC 8839 section 5.4)
 * @param dtlsParameters the client's fingerprints and its own role: {@code auto} when it offers both
 */
public record RemoteTransport(IceParameters iceParameters, DtlsParameters dtlsParameters) {

    /** Whether this, coming after another, asks for an ICE restart (RFC 8839 section 4.4.3): both ends take new credentials. */
    public boolean restartsIce(RemoteTransport earlier) {
        return !iceParameters.equals(earlier.iceParameters);
    }
}
