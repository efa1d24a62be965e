package dev.foyer.protocol.dtls;

/** Where a {@link DtlsSession} leaves its datagrams. Called on the owner's executor. */
@FunctionalInterface
public interface DtlsOutput {
    /** Sends a datagram of at most {@link DtlsSession#MAX_DATAGRAM_SENT} bytes. The bytes are borrowed until return. */
    void send(byte[] buffer, int offset, int length);
}
