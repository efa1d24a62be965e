package dev.foyer.protocol.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * A certificate fingerprint (RFC 8122 section 5).
 *
 * @param algorithm {@code sha-1}, {@code sha-224}, {@code sha-256}, {@code sha-384} or {@code sha-512}; kept in lower case
 * @param value hexadecimal bytes separated by colons; kept in upper case
 */
public record CertificateFingerprint(String algorithm, String value) {
    /** Those that can be verified, from SDP's name to the JDK's. */
    private static final Map<String, String> DIGESTS = Map.of(
            "sha-1", "SHA-1",
            "sha-224", "SHA-224",
            "sha-256", "SHA-256",
            "sha-384", "SHA-384",
            "sha-512", "SHA-512");

    private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();

    /** Accepts either case. */
    public CertificateFingerprint {
        algorithm = algorithm.toLowerCase(Locale.ROOT);
        value = value.toUpperCase(Locale.ROOT);
    }

    /**
     * Computes the fingerprint of a certificate.
     *
     * @param der the certificate in DER
     * @throws IllegalArgumentException if the algorithm is not one of the above
     */
    public static CertificateFingerprint of(String algorithm, byte[] der) {
        String digest = DIGESTS.get(algorithm.toLowerCase(Locale.ROOT));
        if (digest == null) {
            throw new IllegalArgumentException("unknown fingerprint algorithm");
        }
        try {
            return new CertificateFingerprint(
                    algorithm, HEX.formatHex(MessageDigest.getInstance(digest).digest(der)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether {@link #of} knows the algorithm; a fingerprint of another one never matches. */
    public boolean isVerifiable() {
        return DIGESTS.containsKey(algorithm);
    }

    /** Whether this is the fingerprint of a certificate in DER. */
    boolean matches(byte[] der) {
        return isVerifiable() && of(algorithm, der).equals(this);
    }
}
