/**
 * SRTP and SRTCP (RFC 3711, RFC 7714) over jitsi-srtp: {@link dev.foyer.protocol.srtp.SrtpSession} protects and
 * unprotects in place with the keys that a DTLS handshake exported (RFC 5764).
 */
@org.jspecify.annotations.NullMarked
package dev.foyer.protocol.srtp;
