package dev.foyer.ortc;

import java.util.Map;

/**
 * A header extension as used in a stream.
 *
 * @param uri its URI
 * @param id 1 to 14 in the one-byte form, up to 255 in the two-byte form (RFC 8285)
 * @param encrypt whether it is encrypted (RFC 6904); always false from Foyer
 * @param parameters extension parameters, usually empty
 */
public record RtpHeaderExtensionParameters(String uri, int id, boolean encrypt, Map<String, Object> parameters) {
    public RtpHeaderExtensionParameters {
        parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
    }
}
