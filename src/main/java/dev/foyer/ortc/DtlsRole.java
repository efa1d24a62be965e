package dev.foyer.ortc;

import java.util.Locale;

/** Who opens the DTLS handshake; {@code AUTO} means that the remote side may be either and is taken as client. */
public enum DtlsRole {
    AUTO,
    CLIENT,
    SERVER;

    /** The role as it stands in JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
