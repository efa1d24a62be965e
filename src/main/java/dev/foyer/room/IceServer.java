package dev.foyer.room;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A STUN or TURN server that clients may use, as {@code RTCIceServer} of the W3C names it.
 *
 * @param urls at least one {@code stun:}, {@code turn:} or {@code turns:} URL
 * @param username for TURN, else null
 * @param credential for TURN, else null; a secret, never logged
 */
public record IceServer(
        List<String> urls,
        @Nullable String username,
        @Nullable String credential) {
    public IceServer {
        urls = List.copyOf(urls);
    }

    /** Leaves the credential out. */
    @Override
    public String toString() {
        return "IceServer[urls=" + urls + "]";
    }
}
