package dev.foyer.sfu;

import dev.foyer.ortc.DtlsFingerprint;
import dev.foyer.ortc.IceParameters;
import dev.foyer.sfu.negotiation.RemoteTransport;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the descriptions of one client say of its end of the transport, from the first one on. */
final class RemotePeer {
    private final WebRtcTransport transport;
    private @Nullable RemoteTransport known;

    RemotePeer(WebRtcTransport transport) {
        this.transport = transport;
    }

    /** Whether a description has told of it. */
    boolean isKnown() {
        return known != null;
    }

    /**
     * Checks what a description says; null says nothing.
     *
     * @throws RefusedException when no fingerprint can be verified, or when it is another client's than before: a new
     *     certificate needs a new connection
     */
    void check(@Nullable RemoteTransport next) {
        if (next == null) {
            return;
        }
        RemoteTransport before = known;
        if (before == null) {
            WebRtcTransport.verifiable(next.dtlsParameters());
        } else if (!fingerprints(before).equals(fingerprints(next))) {
            throw new RefusedException(RefusalReason.INVALID_PARAMETERS, "Another DTLS fingerprint than before");
        }
    }

    /**
     * Takes what was checked: the first time it lets the handshake begin.
     *
     * @return whether it asks for an ICE restart (RFC 8839 section 4.4.3)
     */
    boolean take(@Nullable RemoteTransport next) {
        if (next == null) {
            return false;
        }
        RemoteTransport before = known;
        known = next;
        if (before == null) {
            transport.connect(next.dtlsParameters());
            return false;
        }
        IceParameters credentials = before.iceParameters();
        return !credentials.usernameFragment().equals(next.iceParameters().usernameFragment())
                || !credentials.password().equals(next.iceParameters().password());
    }

    private static Set<List<String>> fingerprints(RemoteTransport remote) {
        Set<List<String>> fingerprints = new HashSet<>();
        for (DtlsFingerprint fingerprint : remote.dtlsParameters().fingerprints()) {
            fingerprints.add(List.of(
                    fingerprint.algorithm().toLowerCase(Locale.ROOT),
                    fingerprint.value().toUpperCase(Locale.ROOT)));
        }
        return fingerprints;
    }
}
