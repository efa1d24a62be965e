package dev.foyer.protocol.sdp;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Collects the ICE and DTLS attributes of a section, of the session or of a fragment. */
final class TransportReader {
    private static final int MAX_CANDIDATES = 256;
    private static final int MAX_FINGERPRINTS = 16;
    private static final int MAX_OPTIONS = 16;
    private static final int MAX_FINGERPRINT_LENGTH = 3 * 64 - 1;

    private final List<String> iceOptions = new ArrayList<>();
    private final List<Fingerprint> fingerprints = new ArrayList<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private @Nullable String usernameFragment;
    private @Nullable String password;
    private @Nullable Setup setup;
    private boolean endOfCandidates;

    /** Takes an attribute; false when it is not about the transport. */
    boolean take(String name, LineReader line) throws SdpException {
        Fields fields = line.attributeFields();
        switch (name) {
            case "ice-ufrag" -> usernameFragment = iceCharacters(line, fields.token("ICE user name"), 4);
            case "ice-pwd" -> password = iceCharacters(line, fields.token("ICE password"), 22);
            case "ice-options" -> {
                while (fields.hasNext()) {
                    line.check(iceOptions.size() < MAX_OPTIONS, "has too many ICE options");
                    iceOptions.add(fields.token("ICE option"));
                }
            }
            case "fingerprint" -> {
                line.check(fingerprints.size() < MAX_FINGERPRINTS, "is one fingerprint too many");
                fingerprints.add(fingerprint(line, fields));
            }
            case "setup" -> {
                setup = Setup.parse(fields.lowerCaseToken("setup role"));
                line.check(setup != null, "has an unknown setup role");
            }
            case "candidate" -> {
                line.check(candidates.size() < MAX_CANDIDATES, "is one candidate too many");
                Candidate candidate = candidate(fields);
                if (candidate != null) {
                    candidates.add(candidate);
                }
            }
            case "end-of-candidates" -> endOfCandidates = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    TransportDescription read() {
        return new TransportDescription(
                usernameFragment, password, iceOptions, fingerprints, setup, candidates, endOfCandidates);
    }

    /** RFC 8839 section 5.4: letters, digits, plus and slash. Some clients' passwords also have other characters. */
    private static String iceCharacters(LineReader line, String text, int min) throws SdpException {
        line.check(text.length() >= min, "is shorter than " + min + " characters");
        return text;
    }

    private static Fingerprint fingerprint(LineReader line, Fields fields) throws SdpException {
        String algorithm = fields.lowerCaseToken("hash function");
        String value = fields.token("fingerprint").toUpperCase(Locale.ROOT);
        boolean valid = value.length() % 3 == 2 && value.length() <= MAX_FINGERPRINT_LENGTH;
        for (int i = 0; i < value.length() && valid; i++) {
            char character = value.charAt(i);
            valid = i % 3 == 2 ? character == ':' : HexFormat.isHexDigit(character);
        }
        line.check(valid, "has no valid fingerprint");
        return new Fingerprint(algorithm, value);
    }

    /**
     * RFC 8839 section 5.1. Null for a candidate of an unknown shape, which the RFC wants passed over: there may be
     * others.
     */
    private static @Nullable Candidate candidate(Fields fields) {
        try {
            String foundation = fields.token("foundation");
            int component = (int) fields.number("component", 1, 256);
            String protocol = fields.lowerCaseToken("protocol");
            long priority = fields.number("priority", 0, 0xffff_ffffL);
            String address = fields.token("address");
            int port = (int) fields.number("port", 0, 65_535);
            String type = null;
            String tcpType = null;
            while (fields.hasNext()) {
                String name = fields.token("extension");
                String value = fields.token("extension value");
                if (name.equals("typ")) {
                    type = value;
                } else if (name.equals("tcptype")) {
                    tcpType = value;
                }
            }
            return type == null
                    ? null
                    : new Candidate(foundation, component, protocol, priority, address, port, type, tcpType);
        } catch (SdpException _) {
            return null;
        }
    }
}
