package dev.foyer.protocol.dtls;

/** Our own role in a handshake. */
public enum DtlsRole {
    CLIENT,
    SERVER
}
