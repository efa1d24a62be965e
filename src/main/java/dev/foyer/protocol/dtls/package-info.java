/**
 * DTLS 1.2 for WebRTC (RFC 5764, RFC 8827) over BouncyCastle: {@link dev.foyer.protocol.dtls.DtlsSession} shakes hands
 * in either role, compares the peer's certificate with the signaled fingerprints and exports the SRTP keys.
 */
@org.jspecify.annotations.NullMarked
package dev.foyer.protocol.dtls;
