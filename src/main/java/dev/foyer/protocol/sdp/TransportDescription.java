package dev.foyer.protocol.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a description says of ICE and DTLS.
 *
 * @param usernameFragment ICE user name (RFC 8839 section 5.4), or null
 * @param password ICE password, or null; a secret
 * @param iceOptions such as {@code trickle}
 * @param fingerprints of the certificates that may be shown (RFC 8122)
 * @param setup DTLS role (RFC 8842), or null
 * @param candidates in their order
 * @param endOfCandidates whether no more will come (RFC 8840)
 */
public record TransportDescription(
        @Nullable String usernameFragment,
        @Nullable String password,
        List<String> iceOptions,
        List<Fingerprint> fingerprints,
        @Nullable Setup setup,
        List<Candidate> candidates,
        boolean endOfCandidates) {
    /** Says nothing. */
    public static final TransportDescription NONE =
            new TransportDescription(null, null, List.of(), List.of(), null, List.of(), false);

    public TransportDescription {
        iceOptions = List.copyOf(iceOptions);
        fingerprints = List.copyOf(fingerprints);
        candidates = List.copyOf(candidates);
    }

    /** This with what it leaves open taken from the session's part (RFC 8866 section 5.13). */
    TransportDescription orElse(TransportDescription session) {
        boolean ownCredentials = usernameFragment != null || password != null;
        return new TransportDescription(
                ownCredentials ? usernameFragment : session.usernameFragment,
                ownCredentials ? password : session.password,
                iceOptions.isEmpty() ? session.iceOptions : iceOptions,
                fingerprints.isEmpty() ? session.fingerprints : fingerprints,
                setup == null ? session.setup : setup,
                candidates,
                endOfCandidates || session.endOfCandidates);
    }

    /** Leaves the password and addresses out. */
    @Override
    public String toString() {
        return "TransportDescription[usernameFragment=" + usernameFragment + ", setup=" + setup + ", candidates="
                + candidates.size() + "]";
    }
}
