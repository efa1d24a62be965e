package dev.foyer.protocol.sdp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who opens the DTLS association (RFC 8842, RFC 4145). */
public enum Setup {
    /** Either; only in an offer. */
    ACTPASS,
    /** The writer opens it. */
    ACTIVE,
    /** The writer waits. */
    PASSIVE,
    /** Nobody for now. */
    HOLDCONN;

    static @Nullable Setup parse(String name) {
        return switch (name) {
            case "actpass" -> ACTPASS;
            case "active" -> ACTIVE;
            case "passive" -> PASSIVE;
            case "holdconn" -> HOLDCONN;
            default -> null;
        };
    }

    /** The attribute's value. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
