package dev.foyer.ortc;

import java.util.List;

/**
 * DTLS parameters of one side of a transport.
 *
 * @param role the side's own role
 * @param fingerprints of its certificate, at least one
 */
public record DtlsParameters(DtlsRole role, List<DtlsFingerprint> fingerprints) {
    public DtlsParameters {
        fingerprints = List.copyOf(fingerprints);
    }
}
