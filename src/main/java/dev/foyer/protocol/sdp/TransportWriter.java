package dev.foyer.protocol.sdp;

/** Writes ICE and DTLS attributes. */
final class TransportWriter {
    private TransportWriter() {}

    static void write(TransportDescription transport, StringBuilder text) {
        credentials(transport, text);
        for (Fingerprint fingerprint : transport.fingerprints()) {
            attribute(text, "fingerprint:" + fingerprint.algorithm() + " " + fingerprint.value());
        }
        if (transport.setup() != null) {
            attribute(text, "setup:" + transport.setup());
        }
        candidates(transport, text);
    }

    static void credentials(TransportDescription transport, StringBuilder text) {
        if (transport.usernameFragment() != null) {
            attribute(text, "ice-ufrag:" + transport.usernameFragment());
        }
        if (transport.password() != null) {
            attribute(text, "ice-pwd:" + transport.password());
        }
        if (!transport.iceOptions().isEmpty()) {
            attribute(text, "ice-options:" + String.join(" ", transport.iceOptions()));
        }
    }

    static void candidates(TransportDescription transport, StringBuilder text) {
        for (Candidate candidate : transport.candidates()) {
            attribute(
                    text,
                    "candidate:" + candidate.foundation() + " " + candidate.component() + " " + candidate.protocol()
                            + " " + candidate.priority() + " " + candidate.address() + " " + candidate.port() + " typ "
                            + candidate.type()
                            + (candidate.tcpType() == null ? "" : " tcptype " + candidate.tcpType()));
        }
        if (transport.endOfCandidates()) {
            attribute(text, "end-of-candidates");
        }
    }

    private static void attribute(StringBuilder text, String attribute) {
        text.append("a=").append(attribute).append("\r\n");
    }
}
