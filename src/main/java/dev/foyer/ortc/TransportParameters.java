package dev.foyer.ortc;

import java.util.List;

/**
 * What a client needs to connect to a transport of the server.
 *
 * @param id transport id
 * @param iceParameters the server's ICE credentials
 * @param iceCandidates the server's addresses
 * @param dtlsParameters the server's certificate; role {@code auto}
 */
public record TransportParameters(
        String id, IceParameters iceParameters, List<IceCandidate> iceCandidates, DtlsParameters dtlsParameters) {
    public TransportParameters {
        iceCandidates = List.copyOf(iceCandidates);
    }
}
