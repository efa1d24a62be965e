package dev.foyer.limit;

import java.util.Locale;

/** What is limited by how much of it is open at a time. */
public enum OpenKind {
    /** TCP connections of an address, whatever they carry. */
    HTTP_CONNECTIONS(LimitScope.ADDRESS),
    /** Socket.IO connections of an address. */
    CONNECTIONS(LimitScope.ADDRESS),
    /** Socket.IO sockets of a user, those included that wait for the return of a lost client. */
    SOCKETS(LimitScope.IDENTITY);

    private final LimitScope scope;

    OpenKind(LimitScope scope) {
        this.scope = scope;
    }

    /** Whose are counted. */
    public LimitScope scope() {
        return scope;
    }

    /** As metrics name it. */
    @Override
    public String toString() {
        return "open_" + name().toLowerCase(Locale.ROOT);
    }
}
