package dev.foyer.protocol.sdp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A restriction identifier (RFC 8851).
 *
 * @param id letters, digits, {@code -} and {@code _}
 * @param send whether the writer sends it, else receives
 * @param restrictions such as {@code max-width}, in their order
 */
public record Rid(String id, boolean send, Map<String, String> restrictions) {
    public Rid {
        restrictions = Collections.unmodifiableMap(new LinkedHashMap<>(restrictions));
    }
}
