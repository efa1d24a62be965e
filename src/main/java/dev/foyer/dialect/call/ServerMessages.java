package dev.foyer.dialect.call;

import dev.foyer.dialect.Event;

/** What the server tells a client that is not about a room. */
final class ServerMessages {
    private ServerMessages() {}

    /**
     * The client's token ends soon.
     *
     * @param expiresAt when it is disconnected unless it renews the token; milliseconds since 1970
     */
    @Event("tokenExpiring")
    record TokenExpiring(long expiresAt) {}
}
